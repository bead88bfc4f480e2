import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { distribution, TestEdge } from '../test-edge';

let edge: TestEdge;

beforeEach(() => {
  edge = new TestEdge((request, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60' }).end(`${request.headers['x-from'] ?? ''}${request.url}`);
  });
});

afterEach(() => edge.stop());

const make = (type: string, properties: Properties) =>
  edge.cloud.create(edge.service, `AWS::CloudFront::${type}`, type, properties);
const body = async (path: string) => (await edge.get(path)).body.toString();

/** A running distribution that tests can change. */
async function up(properties: Properties) {
  edge.cloud.names.register('origin.example', await edge.origin.start());
  const made = await make('Distribution', properties);
  edge.id = made.ref;
  edge.domainName = made.attribute('DomainName');
  return made;
}

describe('updating a distribution', () => {
  test('takes effect at the running edge, under the same address, and keeps the cache', async () => {
    const made = await up(distribution());
    const address = edge.cloud.names.resolve(edge.domainName);
    await body('/kept');
    await made.update(distribution({}, { DefaultRootObject: 'index.html' }, { OriginPath: '/v2' }));
    expect(await body('/')).toBe('/v2/index.html');
    expect(await body('/kept')).toBe('/kept');
    expect(edge.cloud.names.resolve(edge.domainName)).toBe(address);
    expect(edge.service.status()).toMatchObject([{ detail: expect.stringContaining('3 requests') }]);
  });

  test('changes nothing when the update is refused', async () => {
    const made = await up(distribution());
    await expect(made.update(distribution({}, { Enabled: false }, { OriginPath: '/v2' }))).rejects.toThrow('Enabled');
    expect(await body('/a')).toBe('/a');
  });
});

describe('updating what a distribution refers to', () => {
  test('applies another cache policy', async () => {
    const policy = (QueryStringBehavior: string): Properties => ({
      CachePolicyConfig: {
        Name: 'p',
        MinTTL: 0,
        DefaultTTL: 60,
        MaxTTL: 60,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: false,
          QueryStringsConfig: { QueryStringBehavior },
          HeadersConfig: { HeaderBehavior: 'none' },
          CookiesConfig: { CookieBehavior: 'none' },
        },
      },
    });
    const made = await make('CachePolicy', policy('none'));
    await up(distribution({ CachePolicyId: made.ref }));
    expect([await body('/a?q=1'), await body('/a?q=2')]).toEqual(['/a', '/a']);
    await made.update(policy('all'));
    expect([await body('/a?q=1'), await body('/a?q=2')]).toEqual(['/a?q=1', '/a?q=2']);
  });

  test('applies another function, which keeps its ARN', async () => {
    const code = (path: string): Properties => ({
      Name: 'rewrite',
      FunctionCode: `function handler(event) { event.request.uri = '${path}'; return event.request; }`,
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    });
    const made = await make('Function', code('/one'));
    const FunctionAssociations = [{ EventType: 'viewer-request', FunctionARN: made.ref }];
    await up(distribution({ FunctionAssociations }));
    expect(await body('/')).toBe('/one');
    await made.update(code('/two'));
    expect(await body('/')).toBe('/two');
    expect(edge.service.resources['AWS::CloudFront::Function']?.replacedBy).toEqual(['Name']);
  });

  test('applies another response headers policy', async () => {
    const policy = (Value: string): Properties => ({
      ResponseHeadersPolicyConfig: {
        Name: 'p',
        CustomHeadersConfig: { Items: [{ Header: 'x-stream', Value, Override: true }] },
      },
    });
    const made = await make('ResponseHeadersPolicy', policy('one'));
    await up(distribution({ ResponseHeadersPolicyId: made.ref }));
    expect((await edge.get('/')).headers['x-stream']).toBe('one');
    await made.update(policy('two'));
    expect((await edge.get('/')).headers['x-stream']).toBe('two');
  });
});
