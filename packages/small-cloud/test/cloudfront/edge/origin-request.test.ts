import { afterEach, describe, expect, test } from '@jest/globals';
import { ORIGIN_ACCESS } from '../../../src/contract';
import { CACHING_DISABLED, distribution } from '../test-edge';
import { cacheable, EdgeBench } from './edge-bench';

const bench = new EdgeBench();
afterEach(() => bench.stop());

const allViewer = '216adef6-5c7f-47e4-b989-5492eafa07d3';

describe('a request to the origin', () => {
  test('carries the query strings of the cache key, such as _HLS_msn, and no others', async () => {
    const edge = bench.make(cacheable);
    const CachePolicyId = await edge.cachePolicy([1, 1, 60], {
      QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['_HLS_msn', '_HLS_part'] },
    });
    await edge.start(distribution({ CachePolicyId }));
    expect((await bench.summary('/a.m3u8?utm=x&_HLS_msn=7&_HLS_part=2'))[2]).toBe(
      'body of /a.m3u8?_HLS_msn=7&_HLS_part=2',
    );
    expect((await bench.summary('/a.m3u8?_HLS_msn=7&_HLS_part=2'))[1]).toBe('Hit from cloudfront');
    expect((await bench.summary('/a.m3u8?_HLS_msn=8'))[1]).toBe('Miss from cloudfront');
  });

  test('carries the additions of the origin request policy, outside the cache key', async () => {
    const edge = bench.make(cacheable);
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
    expect((await bench.summary('/a?b=2'))[1]).toBe('Hit from cloudfront');
  });

  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64) Chrome/140', ['true', 'false', 'false', 'false']],
    ['Mozilla/5.0 (Linux; Android 16; Pixel) Chrome/140 Mobile Safari', ['false', 'true', 'false', 'false']],
    ['Mozilla/5.0 (iPad; CPU OS 18) Mobile Safari', ['false', 'true', 'true', 'false']],
    ['Mozilla/5.0 (SMART-TV; Linux; Tizen 9.0)', ['false', 'false', 'false', 'true']],
  ])('carries the class of the device, where a policy names it: %s', async (agent, classes) => {
    const names = ['Desktop', 'Mobile', 'Tablet', 'SmartTV'].map((name) => `CloudFront-Is-${name}-Viewer`);
    const edge = bench.make(cacheable);
    const policy = await edge.create('OriginRequestPolicy', {
      OriginRequestPolicyConfig: {
        Name: 'n',
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: names },
        CookiesConfig: { CookieBehavior: 'none' },
      },
    });
    await edge.start(distribution({ CachePolicyId: CACHING_DISABLED, OriginRequestPolicyId: policy.ref }));
    await edge.get('/a', { 'user-agent': agent, 'cloudfront-is-desktop-viewer': 'forged' });
    const { headers = {} } = edge.origin.asked[0] ?? {};
    expect(names.map((name) => headers[name.toLowerCase()])).toEqual(classes);
  });

  test('carries the country and the address of the viewer, where a policy names them', async () => {
    const edge = bench.make(cacheable);
    const policy = await edge.create('OriginRequestPolicy', {
      OriginRequestPolicyConfig: {
        Name: 'n',
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        HeadersConfig: {
          HeaderBehavior: 'whitelist',
          Headers: ['CloudFront-Viewer-Country', 'CloudFront-Viewer-Address', 'x-viewer-token'],
        },
        CookiesConfig: { CookieBehavior: 'none' },
      },
    });
    await edge.start(distribution({ CachePolicyId: CACHING_DISABLED, OriginRequestPolicyId: policy.ref }));
    const forged = {
      'cloudfront-viewer-country': 'XX',
      'cloudfront-viewer-address': '1.2.3.4:5',
      'x-viewer-token': 't',
    };
    await edge.get('/a', forged);
    await edge.get('/a', { ...forged, 'x-local-viewer-country': 'FR' });
    const headers = edge.origin.asked.map((asked) => asked.headers);
    expect(headers.map((one) => one['cloudfront-viewer-country'])).toEqual(['DE', 'FR']);
    expect(headers[0]?.['cloudfront-viewer-address']).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(headers[0]?.['x-viewer-token']).toBe('t');
  });

  test('carries no header of CloudFront or of the local run that a viewer made up', async () => {
    const edge = await bench.start(cacheable, { OriginRequestPolicyId: allViewer });
    await edge.get('/a', { 'cloudfront-viewer-country': 'XX', 'x-local-viewer-country': 'FR', 'x-other': 'o' });
    const headers = edge.origin.asked[0]?.headers;
    expect(headers).toMatchObject({ 'x-other': 'o' });
    expect(headers).not.toHaveProperty('cloudfront-viewer-country');
    expect(headers).not.toHaveProperty('x-local-viewer-country');
  });

  test('carries the path and the headers of the origin', async () => {
    const edge = await bench.start(
      cacheable,
      {},
      {},
      { OriginPath: '/base', OriginCustomHeaders: [{ HeaderName: 'X-Key', HeaderValue: 's' }] },
    );
    expect((await bench.summary('/a'))[2]).toBe('body of /base/a');
    expect(edge.origin.asked[0]?.headers['x-key']).toBe('s');
  });

  const forged = {
    [ORIGIN_ACCESS.principal]: 'cloudfront.amazonaws.com',
    [ORIGIN_ACCESS.source]: 'forged',
    authorization: 'x',
  };
  test('carries no forged proof of a viewer', async () => {
    const edge = await bench.start(cacheable, { OriginRequestPolicyId: allViewer });
    await edge.get('/a', forged);
    expect(edge.origin.asked[0]?.headers).not.toHaveProperty(ORIGIN_ACCESS.principal);
    expect(edge.origin.asked[0]?.headers).not.toHaveProperty(ORIGIN_ACCESS.source);
  });

  test.each([
    ['always', true],
    ['no-override', false],
    ['never', false],
  ])('with an access control that signs %s replaces a viewer’s Authorization: %s', async (SigningBehavior, signed) => {
    const edge = bench.make(cacheable);
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

  describe('to a function URL', () => {
    const FUNCTION_URL = 'abc.lambda-url.eu-west-1.on.aws';

    async function start(type: string, DomainName: string) {
      const edge = bench.make(cacheable);
      const control = await edge.create('OriginAccessControl', {
        OriginAccessControlConfig: {
          Name: 'n',
          OriginAccessControlOriginType: type,
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      });
      const AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
      const behavior = { AllowedMethods, CachePolicyId: CACHING_DISABLED };
      await edge.start(distribution(behavior, {}, { DomainName, OriginAccessControlId: control.attribute('Id') }));
      edge.cloud.names.register(FUNCTION_URL, `${edge.cloud.names.resolve('origin.example')}/abc`);
      return edge;
    }

    test('carries the proof of the distribution, and the hash of the body that the viewer sent', async () => {
      const edge = await start('lambda', FUNCTION_URL);
      const answer = await edge.get('/api/session', { ...forged, 'x-amz-content-sha256': 'h', 'x-other': 'o' }, 'POST');
      expect(answer.body.toString()).toBe('body of /abc/api/session');
      const headers = edge.origin.asked[0]?.headers;
      expect(headers).toMatchObject({
        host: FUNCTION_URL,
        'x-amz-content-sha256': 'h',
        [ORIGIN_ACCESS.principal]: 'cloudfront.amazonaws.com',
        [ORIGIN_ACCESS.source]: `arn:aws:cloudfront::111122223333:distribution/${edge.id}`,
      });
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('x-other');
    });

    test.each([
      ['s3', FUNCTION_URL],
      ['lambda', 'origin.example'],
    ])('is refused an access control of another type: %s for %s', async (type, domain) => {
      await expect(start(type, domain)).rejects.toThrow(`origins of type ${type} was given for ${domain}`);
    });
  });

  test('to a domain that nobody serves fails with an explanation', async () => {
    const edge = await bench.start(cacheable, {}, {}, { DomainName: 'nowhere.example' });
    const { status, headers, body } = await edge.get('/a');
    expect([status, headers['x-cache']]).toEqual([502, 'Error from cloudfront']);
    expect(body.toString()).toContain('The origin nowhere.example is not served by this local run');
    expect(edge.cloud.told.join()).toContain('nowhere.example');
  });

  test('without an answer in time becomes a 504', async () => {
    const CustomOriginConfig = { OriginProtocolPolicy: 'https-only', OriginReadTimeout: 1 };
    const edge = await bench.start(() => {}, {}, {}, { ConnectionAttempts: 1, CustomOriginConfig });
    expect((await edge.get('/a')).status).toBe(504);
  });

  test('is repeated when a connection breaks', async () => {
    let calls = 0;
    await bench.start((request, response) => (++calls < 3 ? request.destroy() : cacheable(request, response)));
    expect(await bench.summary('/a')).toEqual([200, 'Miss from cloudfront', 'body of /a']);
    expect(calls).toBe(3);
  });
});
