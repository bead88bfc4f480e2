import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ORIGIN_ACCESS, type Properties } from '../../../src/contract';
import { CACHING_DISABLED, distribution, ORIGIN_CONTROLLED, SIMPLE_CORS, TestEdge } from '../test-edge';

let edge: TestEdge;
afterEach(() => edge.stop());

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const start = (answer: Answer, behavior?: Properties, config?: Properties, origin?: Properties) => {
  edge = new TestEdge(answer);
  return edge.start(distribution(behavior, config, origin));
};
const cacheable: Answer = (request, response) => {
  response.writeHead(200, { 'cache-control': 'max-age=60', 'content-type': 'text/plain', etag: '"v1"' });
  response.end(`body of ${request.url}`);
};
const words = async (path: string, headers?: Record<string, string>, method?: string) => {
  const { status, headers: got, body } = await edge.get(path, headers, method);
  return [status, got['x-cache'], body.toString()];
};

describe('the cache', () => {
  test('asks the origin once, and says where things come from', async () => {
    await start(cacheable);
    expect(await words('/a')).toEqual([200, 'Miss from cloudfront', 'body of /a']);
    await sleep(1050);
    const hit = await edge.get('/a');
    expect(hit.headers).toMatchObject({
      'x-cache': 'Hit from cloudfront',
      age: '1',
      via: expect.stringContaining('CloudFront'),
    });
    expect(edge.origin.asked).toHaveLength(1);
    expect(edge.service.status()).toMatchObject([
      { node: 'edge', state: 'running', detail: '2 requests, 50 % hits, 0.0 MB sent' },
    ]);
  });

  test('makes of 50 requests at once one request to the origin', async () => {
    await start((request, response) => setTimeout(() => cacheable(request, response), 100));
    const answers = await Promise.all(Array.from({ length: 50 }, () => words('/a')));
    expect(new Set(answers.map(([status, , body]) => `${status} ${body}`))).toEqual(new Set(['200 body of /a']));
    expect(edge.origin.asked).toHaveLength(1);
  });

  test('does not share what the origin calls private', async () => {
    let count = 0;
    await start(
      (_, response) => setTimeout(() => response.writeHead(200, { 'cache-control': 'private' }).end(`${++count}`), 50),
      { CachePolicyId: ORIGIN_CONTROLLED },
    );
    const bodies = await Promise.all(Array.from({ length: 3 }, async () => (await words('/a'))[2]));
    expect(bodies.sort()).toEqual(['1', '2', '3']);
  });

  test('does not keep or collapse anything where caching is disabled', async () => {
    await start((request, response) => setTimeout(() => cacheable(request, response), 50), {
      CachePolicyId: CACHING_DISABLED,
    });
    await Promise.all([words('/a'), words('/a')]);
    expect(await words('/a')).toEqual([200, 'Miss from cloudfront', 'body of /a']);
    expect(edge.origin.asked).toHaveLength(3);
  });

  test('asks again by the tag once an object has expired', async () => {
    edge = new TestEdge((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304, { 'cache-control': 'max-age=9' }).end();
      else response.writeHead(200, { 'cache-control': 'max-age=0', etag: '"v1"' }).end('one');
    });
    await edge.start(distribution({ CachePolicyId: await edge.cachePolicy([0, 5, 9]) }));
    expect(await words('/a')).toEqual([200, 'Miss from cloudfront', 'one']);
    expect(await words('/a')).toEqual([200, 'RefreshHit from cloudfront', 'one']);
    expect(await words('/a')).toEqual([200, 'Hit from cloudfront', 'one']);
    expect((await edge.get('/a')).headers['cache-control']).toBe('max-age=9');
  });

  test('serves the expired object while the origin is in trouble', async () => {
    let healthy = true;
    edge = new TestEdge((_, response) => {
      if (healthy) response.writeHead(200, { 'cache-control': 'max-age=0' }).end('good');
      else response.writeHead(503).end('bad');
    });
    await edge.start(distribution({ CachePolicyId: await edge.cachePolicy([0, 5, 9]) }));
    await words('/a');
    healthy = false;
    expect(await words('/a')).toEqual([200, 'Hit from cloudfront', 'good']);
    expect(await words('/b')).toEqual([503, 'Error from cloudfront', 'bad']);
  });

  test('answers HEAD from what GET brought, and asks HEAD for the rest', async () => {
    await start(cacheable);
    await words('/a');
    expect((await edge.get('/a', {}, 'HEAD')).headers).toMatchObject({
      'x-cache': 'Hit from cloudfront',
      'content-length': '10',
    });
    expect(await words('/b', {}, 'HEAD')).toEqual([200, 'Miss from cloudfront', '']);
    expect(await words('/b')).toEqual([200, 'Miss from cloudfront', 'body of /b']);
    expect(edge.origin.asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /a', 'HEAD /b', 'GET /b']);
  });

  test('says 304 to a viewer who has the object', async () => {
    await start(cacheable);
    for (const result of ['Miss', 'Hit']) {
      const { status, headers, body } = await edge.get('/a', { 'if-none-match': '"v1"' });
      expect([status, headers['x-cache'], headers.etag, body.length]).toEqual([
        304,
        `${result} from cloudfront`,
        '"v1"',
        0,
      ]);
    }
    expect(edge.origin.asked[0]?.headers['if-none-match']).toBeUndefined();
  });

  test('gives a range of what it has, and fetches the whole for one', async () => {
    await start((_, response) => response.writeHead(200, { 'content-length': 10 }).end('0123456789'));
    const first = await edge.get('/a', { range: 'bytes=2-4' });
    expect([first.status, first.body.toString(), first.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    expect(first.headers['content-length']).toBe('3');
    const second = await edge.get('/a', { range: 'bytes=-2' });
    expect([second.body.toString(), second.headers['x-cache']]).toEqual(['89', 'Hit from cloudfront']);
    expect((await edge.get('/a', { range: 'bytes=10-' })).status).toBe(416);
    expect(edge.origin.asked.map(({ headers }) => headers.range)).toEqual([undefined]);
  });

  test('passes a range of a file that is too large to keep on to the origin', async () => {
    const size = 40 * 1024 * 1024;
    await start((request, response) => {
      if (request.headers.range === 'bytes=5-9') {
        response.writeHead(206, { 'content-range': `bytes 5-9/${size}`, 'content-length': 5 }).end('56789');
      } else response.writeHead(200, { 'content-length': size }).end();
    });
    const { status, headers, body } = await edge.get('/a', { range: 'bytes=5-9' });
    expect([status, headers['content-range'], body.toString()]).toEqual([206, `bytes 5-9/${size}`, '56789']);
  });
});

describe('a body that the origin is still sending', () => {
  const slow: Answer = (_, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60' });
    response.write('first ');
    setTimeout(() => response.end('last'), 300);
  };

  test('goes to every viewer as it comes, also to one who comes later', async () => {
    let finish = () => {};
    await start((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' }).write('first ');
      finish = () => response.end('last');
    });
    const begun = async () => {
      const { body } = await fetch(`${edge.cloud.names.resolve(edge.domainName)}/part`, {
        headers: { 'accept-encoding': 'identity' },
      });
      const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
      return { reader, first: Buffer.from((await reader.read()).value ?? []).toString() };
    };
    // Each has its first bytes while the origin has not sent the last.
    const viewers = [await begun(), ...(await Promise.all([begun(), begun()]))];
    expect(viewers.map(({ first }) => first)).toEqual(['first ', 'first ', 'first ']);
    finish();
    for (const { reader } of viewers) expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('last');
    expect(edge.origin.asked).toHaveLength(1);
    expect(await words('/part')).toEqual([200, 'Hit from cloudfront', 'first last']);
  });

  test('reaches the others when one viewer leaves', async () => {
    await start(slow);
    const url = `${edge.cloud.names.resolve(edge.domainName)}/part`;
    const leaving = new AbortController();
    const left = fetch(url, { signal: leaving.signal }).then((answer) => answer.text());
    const staying = edge.get('/part');
    await sleep(100);
    leaving.abort();
    await expect(left).rejects.toThrow();
    expect((await staying).body.toString()).toBe('first last');
  });

  test('is not kept, nor taken for whole, when the origin breaks off', async () => {
    await start((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' });
      response.write('half');
      setTimeout(() => response.destroy(), 50);
    });
    await expect(edge.get('/part')).rejects.toThrow();
    await expect(edge.get('/part')).rejects.toThrow();
    expect(edge.origin.asked).toHaveLength(2);
  });
});

describe('a request to the origin', () => {
  test('carries the query strings of the key, such as _HLS_msn, and no others', async () => {
    edge = new TestEdge(cacheable);
    const CachePolicyId = await edge.cachePolicy([1, 1, 60], {
      QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['_HLS_msn', '_HLS_part'] },
    });
    await edge.start(distribution({ CachePolicyId }));
    expect((await words('/a.m3u8?utm=x&_HLS_msn=7&_HLS_part=2'))[2]).toBe('body of /a.m3u8?_HLS_msn=7&_HLS_part=2');
    expect((await words('/a.m3u8?_HLS_msn=7&_HLS_part=2'))[1]).toBe('Hit from cloudfront');
    expect((await words('/a.m3u8?_HLS_msn=8'))[1]).toBe('Miss from cloudfront');
  });

  test('carries what the origin request policy adds, outside the key', async () => {
    edge = new TestEdge(cacheable);
    const policy = await edge.create('OriginRequestPolicy', {
      OriginRequestPolicyConfig: {
        Name: 'n',
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['X-Player'] },
        CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['session'] },
      },
    });
    await edge.start(distribution({ OriginRequestPolicyId: policy.ref }));
    await edge.get('/a?b=1', { 'x-player': 'p', 'x-other': 'o', cookie: 'session=1; x=2', 'user-agent': 'me' });
    expect(edge.origin.asked[0]).toMatchObject({
      url: '/a?b=1',
      headers: { 'x-player': 'p', cookie: 'session=1', 'user-agent': 'Amazon CloudFront', host: 'origin.example' },
    });
    expect(edge.origin.asked[0]?.headers).not.toHaveProperty('x-other');
    expect((await words('/a?b=2'))[1]).toBe('Hit from cloudfront');
  });

  test('carries the path and the headers of the origin', async () => {
    await start(
      cacheable,
      {},
      {},
      { OriginPath: '/base', OriginCustomHeaders: [{ HeaderName: 'X-Key', HeaderValue: 's' }] },
    );
    expect((await words('/a'))[2]).toBe('body of /base/a');
    expect(edge.origin.asked[0]?.headers['x-key']).toBe('s');
  });

  const forged = {
    [ORIGIN_ACCESS.principal]: 'cloudfront.amazonaws.com',
    [ORIGIN_ACCESS.source]: 'forged',
    authorization: 'x',
  };
  const allViewer = '216adef6-5c7f-47e4-b989-5492eafa07d3';

  test('carries no proof that a viewer forged', async () => {
    await start(cacheable, { OriginRequestPolicyId: allViewer });
    await edge.get('/a', forged);
    expect(edge.origin.asked[0]?.headers).not.toHaveProperty(ORIGIN_ACCESS.principal);
    expect(edge.origin.asked[0]?.headers).not.toHaveProperty(ORIGIN_ACCESS.source);
  });

  test.each([
    ['always', true],
    ['no-override', false],
    ['never', false],
  ])('is signed, by an access control that signs %s, over what a viewer sends: %s', async (SigningBehavior, signed) => {
    edge = new TestEdge(cacheable);
    const control = await edge.create('OriginAccessControl', {
      OriginAccessControlConfig: {
        Name: 'n',
        OriginAccessControlOriginType: 'mediapackagev2',
        SigningBehavior,
        SigningProtocol: 'sigv4',
      },
    });
    const origin = { OriginAccessControlId: control.attribute('Id') };
    await edge.start(distribution({ OriginRequestPolicyId: allViewer }, {}, origin));
    await edge.get('/a', forged);
    const headers = edge.origin.asked[0]?.headers;
    const arn = `arn:aws:cloudfront::111122223333:distribution/${edge.id}`;
    expect(headers?.[ORIGIN_ACCESS.source]).toBe(signed ? arn : undefined);
    expect(headers?.authorization).toBe(signed ? undefined : 'x');
  });

  test('to a domain that nobody serves fails with a sentence', async () => {
    await start(cacheable, {}, {}, { DomainName: 'nowhere.example' });
    const { status, headers, body } = await edge.get('/a');
    expect([status, headers['x-cache']]).toEqual([502, 'Error from cloudfront']);
    expect(body.toString()).toContain('The origin nowhere.example is not served by this local run');
    expect(edge.cloud.told.join()).toContain('nowhere.example');
  });

  test('that is not answered in time becomes a 504', async () => {
    const CustomOriginConfig = { OriginProtocolPolicy: 'https-only', OriginReadTimeout: 1 };
    await start(() => {}, {}, {}, { ConnectionAttempts: 1, CustomOriginConfig });
    expect((await edge.get('/a')).status).toBe(504);
  });

  test('is tried again when a connection breaks', async () => {
    let calls = 0;
    await start((request, response) => (++calls < 3 ? request.destroy() : cacheable(request, response)));
    expect(await words('/a')).toEqual([200, 'Miss from cloudfront', 'body of /a']);
    expect(calls).toBe(3);
  });
});

describe('a behaviour', () => {
  test('is the first whose pattern fits', async () => {
    edge = new TestEdge(cacheable);
    const CachePolicyId = await edge.cachePolicy([0, 0, 9], { QueryStringsConfig: { QueryStringBehavior: 'all' } });
    const behavior = { TargetOriginId: 'o', ViewerProtocolPolicy: 'allow-all' };
    await edge.start(
      distribution(
        {},
        {
          CacheBehaviors: [{ ...behavior, PathPattern: '/out/*.m3u8', CachePolicyId }],
          DefaultRootObject: 'index.html',
        },
      ),
    );
    expect((await words('/out/a.m3u8?x=1'))[2]).toBe('body of /out/a.m3u8?x=1');
    expect((await words('/out/a.mp4?x=1'))[2]).toBe('body of /out/a.mp4');
    expect((await words('/other/../out/b.m3u8?x=1'))[2]).toBe('body of /out/b.m3u8?x=1');
    expect((await words('/'))[2]).toBe('body of /index.html');
    expect((await words('/dir/'))[2]).toBe('body of /dir/');
  });

  test('lets in the methods that it allows', async () => {
    await start(cacheable);
    expect((await edge.get('/a', {}, 'POST', 'x')).status).toBe(403);
    expect((await edge.get('/a', {}, 'OPTIONS')).status).toBe(403);
    expect((await edge.get('/a', {}, 'PROPFIND')).status).toBe(405);
    expect((await edge.get('/a', { 'content-length': '4' }, 'GET', 'body')).status).toBe(403);
    expect(edge.origin.asked).toHaveLength(0);
  });

  test('passes on methods that it does not cache, with their body', async () => {
    const AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
    const echo: Answer = (request, response) => {
      response.writeHead(201, { 'content-type': request.headers['content-type'] ?? '' });
      request.pipe(response);
    };
    await start(echo, { AllowedMethods });
    for (const text of ['one', 'two']) {
      const answer = await edge.get('/a', { 'content-type': 'text/x' }, 'POST', text);
      expect([answer.status, answer.body.toString(), answer.headers['content-type']]).toEqual([201, text, 'text/x']);
    }
  });

  test('adds CORS headers to an object that was cached without them', async () => {
    await start(cacheable, { ResponseHeadersPolicyId: SIMPLE_CORS });
    expect((await edge.get('/a')).headers).not.toHaveProperty('access-control-allow-origin');
    const answer = await edge.get('/a', { origin: 'http://player.example' });
    expect(answer.headers).toMatchObject({ 'x-cache': 'Hit from cloudfront', 'access-control-allow-origin': '*' });
  });

  test.each([
    [405, 'which players then refuse'],
    [200, 'which players take'],
  ])('adds its policy’s headers to the preflight that the origin answers with %i, %s', async (status) => {
    edge = new TestEdge((_, response) => response.writeHead(status).end());
    const policy = await edge.create('ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        Name: 'n',
        CorsConfig: {
          AccessControlAllowCredentials: false,
          AccessControlAllowHeaders: { Items: ['*'] },
          AccessControlAllowMethods: { Items: ['GET'] },
          AccessControlAllowOrigins: { Items: ['*'] },
          OriginOverride: true,
        },
      },
    });
    await edge.start(distribution({ AllowedMethods: ['GET', 'HEAD', 'OPTIONS'], ResponseHeadersPolicyId: policy.ref }));
    const preflight = {
      origin: 'http://a',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'cmcd-request',
    };
    const answer = await edge.get('/a', preflight, 'OPTIONS');
    expect([answer.status, answer.headers['access-control-allow-headers']]).toEqual([status, '*']);
    expect(edge.origin.asked.map(({ method }) => method)).toEqual(['OPTIONS']);
  });

  test('compresses what CloudFront compresses, for those who ask', async () => {
    const manifest = '#EXTM3U\n'.repeat(300);
    const headers = {
      'content-type': 'application/vnd.apple.mpegurl',
      'content-length': manifest.length,
      etag: '"v1"',
    };
    await start((_, response) => response.writeHead(200, headers).end(manifest), { Compress: true });
    for (const result of ['Miss', 'Hit']) {
      const brotli = await edge.get('/a', { 'accept-encoding': 'gzip, deflate, br' });
      expect(brotliDecompressSync(brotli.body).toString()).toBe(manifest);
      expect(brotli.headers).toMatchObject({
        'content-encoding': 'br',
        etag: 'W/"v1"',
        vary: 'Accept-Encoding',
        'x-cache': `${result} from cloudfront`,
      });
    }
    expect(gunzipSync((await edge.get('/a', { 'accept-encoding': 'gzip' })).body).toString()).toBe(manifest);
    const plain = await edge.get('/a');
    expect([plain.body.toString(), plain.headers['content-encoding'], plain.headers.etag]).toEqual([
      manifest,
      undefined,
      '"v1"',
    ]);
    expect(edge.origin.asked.map((asked) => asked.headers['accept-encoding'])).toEqual(['br,gzip', 'gzip', 'identity']);
  });

  test('hands on no cookies that it does not forward', async () => {
    await start((_, response) =>
      response.writeHead(200, { 'set-cookie': 'a=1', vary: 'Origin, Accept-Encoding' }).end(),
    );
    const { headers } = await edge.get('/a');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers.vary).toBe('Accept-Encoding');
  });
});

describe('an error', () => {
  test('is remembered for the time that the distribution says', async () => {
    let exists = false;
    const answer: Answer = (request, response) =>
      exists ? cacheable(request, response) : response.writeHead(404).end('none');
    await start(answer, {}, { CustomErrorResponses: [{ ErrorCode: 404, ErrorCachingMinTTL: 1 }] });
    expect(await words('/a')).toEqual([404, 'Error from cloudfront', 'none']);
    exists = true;
    expect((await words('/a'))[0]).toBe(404);
    await sleep(1050);
    expect(await words('/a')).toEqual([200, 'Miss from cloudfront', 'body of /a']);
    expect(edge.origin.asked).toHaveLength(2);
  });

  test('may have a page and a status of its own', async () => {
    const answer: Answer = (request, response) =>
      request.url === '/index.html' ? cacheable(request, response) : response.writeHead(404).end('none');
    const rule = { ErrorCode: 404, ErrorCachingMinTTL: 5, ResponsePagePath: '/index.html', ResponseCode: 200 };
    await start(answer, {}, { CustomErrorResponses: [rule] });
    expect(await words('/some/route')).toEqual([200, 'Miss from cloudfront', 'body of /index.html']);
    expect(await words('/some/route')).toEqual([200, 'Hit from cloudfront', 'body of /index.html']);
  });

  test('stays as it is when its page is missing too', async () => {
    const rule = { ErrorCode: 404, ResponsePagePath: '/missing.html', ResponseCode: 200 };
    await start((_, response) => response.writeHead(404).end('none'), {}, { CustomErrorResponses: [rule] });
    expect(await words('/missing.html')).toEqual([404, 'Error from cloudfront', 'none']);
    expect(await words('/a')).toEqual([404, 'Error from cloudfront', 'none']);
  });
});
