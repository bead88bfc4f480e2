import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { type CachePolicy, select } from '../../../src/services/cloudfront/control/policies';
import { cacheKey, cacheUri, selectedCookies, selectedQuery } from '../../../src/services/cloudfront/edge/cache-key';

const NONE = select('none');
const EMPTY: CachePolicy = {
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: 1,
  query: NONE,
  headers: NONE,
  cookies: NONE,
  gzip: false,
  brotli: false,
};
const policy = (parts: Partial<CachePolicy> = {}): CachePolicy => ({ ...EMPTY, ...parts });

describe('a cache key', () => {
  const request = { method: 'GET', path: '/a', query: 'b=2&a=1&_HLS_msn=7', headers: {}, ip: '' };
  const key = (parts: Partial<CachePolicy>, headers: IncomingHttpHeaders = {}) => {
    const asked = { ...request, headers };
    return cacheKey(asked, policy(parts), cacheUri(asked, policy(parts)));
  };

  test('contains the headers that the policy names, in any case', () => {
    const headers = select('whitelist', ['Origin'], true);
    expect(key({ headers }, { origin: 'http://x' })).not.toBe(key({ headers }, { origin: 'http://y' }));
    expect(key({ headers }, { origin: 'x', referer: 'a' })).toBe(key({ headers }, { origin: 'x', referer: 'b' }));
  });

  test('contains cookies only when the policy selects them', () => {
    const cookies = select('whitelist', ['session']);
    expect(key({ cookies }, { cookie: 'session=1; x=1' })).toBe(key({ cookies }, { cookie: 'x=2; session=1' }));
    expect(key({ cookies }, { cookie: 'session=1' })).not.toBe(key({ cookies }, { cookie: 'session=2' }));
    expect(key({}, { cookie: 'session=1' })).toBe(key({}, {}));
  });

  test('contains the encodings only when the policy enables them', () => {
    expect(key({ gzip: true }, { 'accept-encoding': 'gzip' })).not.toBe(key({ gzip: true }));
    expect(key({}, { 'accept-encoding': 'gzip' })).toBe(key({}));
  });
});

describe('a selection', () => {
  test.each<[Parameters<typeof select>[0], string[], string]>([
    ['none', [], ''],
    ['all', [], 'b=2&a=1&aws.x=%2C'],
    ['whitelist', ['a', 'aws.x'], 'a=1&aws.x=%2C'],
    ['whitelist', ['A'], ''],
    ['allExcept', ['a'], 'b=2&aws.x=%2C'],
  ])('%s %j of a query string is %s', (kind, names, expected) => {
    expect(selectedQuery('b=2&a=1&aws.x=%2C', select(kind, names))).toBe(expected);
  });

  test('of two policies contains the parameters of either', () => {
    expect(selectedQuery('a=1&b=2&c=3', select('whitelist', ['c']), select('whitelist', ['a']))).toBe('a=1&c=3');
  });

  test('decodes percent-encoded names', () => {
    expect(selectedQuery('aws%2Ex=1&y=2', select('whitelist', ['aws.x']))).toBe('aws%2Ex=1');
  });

  test('of cookies keeps their order', () => {
    expect(selectedCookies('a=1; b=2;c=3', select('allExcept', ['b']))).toBe('a=1; c=3');
    expect(selectedCookies('a=1', select('whitelist', ['b']))).toBeUndefined();
  });

  test('refuses a header of CloudFront that is not modelled', () => {
    expect(() => select('whitelist', ['CloudFront-Viewer-City'], true)).toThrow('cloudfront-viewer-city');
  });
});
