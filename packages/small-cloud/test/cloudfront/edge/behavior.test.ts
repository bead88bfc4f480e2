import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { CACHING_DISABLED, distribution, SIMPLE_CORS } from '../test-edge';
import { type Answer, cacheable, EdgeBench } from './edge-bench';

const bench = new EdgeBench();
afterEach(() => bench.stop());

describe('a behaviour', () => {
  test('is the first one with a matching pattern', async () => {
    const edge = bench.make(cacheable);
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
    expect((await bench.summary('/out/a.m3u8?x=1'))[2]).toBe('body of /out/a.m3u8?x=1');
    expect((await bench.summary('/out/a.mp4?x=1'))[2]).toBe('body of /out/a.mp4');
    expect((await bench.summary('/other/../out/b.m3u8?x=1'))[2]).toBe('body of /out/b.m3u8?x=1');
    expect((await bench.summary('/'))[2]).toBe('body of /index.html');
    expect((await bench.summary('/dir/'))[2]).toBe('body of /dir/');
  });

  test('refuses methods that it does not allow', async () => {
    const edge = await bench.start(cacheable);
    expect((await edge.get('/a', {}, 'POST', 'x')).status).toBe(403);
    expect((await edge.get('/a', {}, 'OPTIONS')).status).toBe(403);
    expect((await edge.get('/a', {}, 'PROPFIND')).status).toBe(405);
    expect((await edge.get('/a', { 'content-length': '4' }, 'GET', 'body')).status).toBe(403);
    expect(edge.origin.asked).toHaveLength(0);
  });

  const AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'passes on each %s with its body, and shares no answer',
    async (method) => {
      const echo: Answer = (request, response) => {
        const type = request.headers['content-type'] ?? '';
        response.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=60' });
        request.pipe(response);
      };
      const edge = await bench.start(echo, { AllowedMethods });
      for (const text of ['one', 'two', 'two']) {
        const length = String(text.length);
        const answer = await edge.get('/a', { 'content-type': 'text/x', 'content-length': length }, method, text);
        expect([answer.status, answer.body.toString(), answer.headers['content-type']]).toEqual([200, text, 'text/x']);
        expect(answer.headers['x-cache']).toBe('Miss from cloudfront');
      }
      expect(edge.origin.asked.map((asked) => asked.method)).toEqual([method, method, method]);
      expect((await edge.get('/a')).headers['x-cache']).toBe('Miss from cloudfront');
    },
  );

  test('sends a POST without a body as one of no length', async () => {
    const edge = await bench.start(cacheable, { AllowedMethods, CachePolicyId: CACHING_DISABLED });
    await edge.get('/api/session', { 'content-length': '0' }, 'POST');
    await edge.get('/api/session', {}, 'POST');
    expect(edge.origin.asked.map(({ headers }) => headers['content-length'])).toEqual(['0', '0']);
  });

  test.each([
    [{ AllowedMethods: ['GET', 'HEAD', 'POST'] }, 'AllowedMethods: GET, HEAD, POST was given'],
    [{ AllowedMethods, CachedMethods: AllowedMethods }, 'CachedMethods: GET, HEAD, OPTIONS'],
    [{ CachedMethods: ['GET', 'HEAD', 'OPTIONS'] }, 'CachedMethods: OPTIONS was given; AllowedMethods must'],
  ])('refuses other sets of methods: %j', async (behavior, sentence) => {
    await expect(bench.start(cacheable, behavior)).rejects.toThrow(sentence);
  });

  test('adds CORS headers to an object that was cached without them', async () => {
    const edge = await bench.start(cacheable, { ResponseHeadersPolicyId: SIMPLE_CORS });
    expect((await edge.get('/a')).headers).not.toHaveProperty('access-control-allow-origin');
    const answer = await edge.get('/a', { origin: 'http://player.example' });
    expect(answer.headers).toMatchObject({
      'x-amz-cf-pop': 'LOCAL50-C1',
      'x-cache': 'Hit from cloudfront',
      'access-control-allow-origin': '*',
    });
  });

  test.each([
    [405, 'which browsers then refuse'],
    [200, 'which browsers accept'],
  ])('adds its policy’s headers to a preflight that the origin answers with %i, %s', async (status) => {
    const edge = bench.make((_, response) => response.writeHead(status).end());
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

  test('compresses the media types that CloudFront compresses, for viewers who accept it', async () => {
    const manifest = '#EXTM3U\n'.repeat(300);
    const headers = {
      'content-type': 'application/vnd.apple.mpegurl',
      'content-length': manifest.length,
      etag: '"v1"',
    };
    const edge = await bench.start((_, response) => response.writeHead(200, headers).end(manifest), { Compress: true });
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

  test('drops the origin’s cookies unless it forwards cookies', async () => {
    const edge = await bench.start((_, response) =>
      response.writeHead(200, { 'set-cookie': 'a=1', vary: 'Origin, Accept-Encoding' }).end(),
    );
    const { headers } = await edge.get('/a');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers.vary).toBe('Accept-Encoding');
  });
});
