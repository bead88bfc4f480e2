import { afterEach, describe, expect, test } from '@jest/globals';
import type { Value } from '../../../src/contract';
import { distribution } from '../test-edge';
import { cacheable, EdgeBench } from './edge-bench';

const bench = new EdgeBench();
afterEach(() => bench.stop());

const restrictions = (RestrictionType: string, Locations: Value) => ({
  Restrictions: { GeoRestriction: { RestrictionType, Locations } },
});

const from = (country: string) => ({ 'x-local-viewer-country': country });

describe('a geographic restriction', () => {
  test.each([
    ['whitelist', ['DE', 'FR'], [200, 200, 403]],
    ['blacklist', ['FR'], [200, 403, 200]],
    ['none', [], [200, 200, 200]],
  ])('of kind %s lets in by country', async (kind, countries, expected) => {
    const edge = await bench.start(cacheable, {}, restrictions(kind, countries));
    const answers = [await edge.get('/a'), await edge.get('/a', from('FR')), await edge.get('/a', from('US'))];
    expect(answers.map(({ status }) => status)).toEqual(expected);
  });

  test('refuses every path, cached or not, before any function or origin', async () => {
    const edge = await bench.start(cacheable, {}, restrictions('whitelist', ['DE']));
    await edge.get('/a');
    const { status, body } = await edge.get('/a', from('FR'));
    expect([status, body.toString()]).toEqual([403, expect.stringContaining('block access from your country')]);
    expect((await edge.get('/b', from('FR'), 'HEAD')).status).toBe(403);
    expect(edge.origin.asked).toHaveLength(1);
    expect((await edge.get('/a')).status).toBe(200);
  });

  test('may have a page of the distribution', async () => {
    const rule = { ErrorCode: 403, ResponsePagePath: '/blocked.html', ResponseCode: 404 };
    const config = { ...restrictions('blacklist', ['FR']), CustomErrorResponses: [rule] };
    const edge = await bench.start(cacheable, {}, config);
    const { status, body } = await edge.get('/a', from('FR'));
    expect([status, body.toString()]).toEqual([404, 'body of /blocked.html']);
  });

  test.each<[string, string, Value, string]>([
    ['a country in lower case', 'whitelist', ['de'], 'Locations: de was given'],
    ['a list without a country', 'blacklist', [], 'a blacklist needs one or more'],
    ['countries where none is restricted', 'none', ['DE'], 'none takes no countries'],
  ])('refuses %s', async (_, kind, countries, sentence) => {
    await expect(bench.start(cacheable, {}, restrictions(kind, countries))).rejects.toThrow(sentence);
  });
});

describe('a function', () => {
  const code = `function handler(event) {
    const country = event.request.headers['cloudfront-viewer-country'];
    return { statusCode: 200, body: country === undefined ? 'unknown' : country.value };
  }`;

  test.each([
    ['no policy names it', undefined, 'unknown'],
    ['the cache policy names it', 'CachePolicyId', 'FR'],
    ['the origin request policy names it', 'OriginRequestPolicyId', 'FR'],
  ])('sees the country of the viewer when %s', async (_, key, seen) => {
    const edge = bench.make(cacheable);
    const HeadersConfig = { HeaderBehavior: 'whitelist', Headers: ['CloudFront-Viewer-Country'] };
    const policies = {
      CachePolicyId: await edge.cachePolicy([0, 0, 9], { HeadersConfig }),
      OriginRequestPolicyId: (
        await edge.create('OriginRequestPolicy', {
          OriginRequestPolicyConfig: {
            Name: 'n',
            QueryStringsConfig: { QueryStringBehavior: 'none' },
            HeadersConfig,
            CookiesConfig: { CookieBehavior: 'none' },
          },
        })
      ).ref,
    };
    const { ref: FunctionARN } = await edge.create('Function', {
      Name: 'f',
      FunctionCode: code,
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    });
    const behavior = { FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN }] };
    const named = Object.entries(policies).filter(([name]) => name === key);
    await edge.start(distribution({ ...behavior, ...Object.fromEntries(named) }));
    expect((await edge.get('/a', from('FR'))).body.toString()).toBe(seen);
  });

  test('is refused a policy with a header about the viewer that is not known', async () => {
    const edge = bench.make(cacheable);
    const headers = (name: string) => ({ HeadersConfig: { HeaderBehavior: 'whitelist', Headers: [name] } });
    await expect(edge.cachePolicy([0, 0, 9], headers('CloudFront-Viewer-City'))).rejects.toThrow(
      'The header cloudfront-viewer-city is not modelled',
    );
    await expect(edge.cachePolicy([0, 0, 9], headers('CloudFront-Viewer-Address'))).rejects.toThrow(
      'only an origin request policy takes it',
    );
  });
});
