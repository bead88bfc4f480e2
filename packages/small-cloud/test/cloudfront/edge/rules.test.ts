import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { invalidates, pathProblem } from '../../../src/services/cloudfront/control/invalidations';
import { pathPattern } from '../../../src/services/cloudfront/control/path-pattern';
import { type CachePolicy, select } from '../../../src/services/cloudfront/control/policies';
import {
  cacheKey,
  cacheUri,
  encodings,
  selectedCookies,
  selectedQuery,
} from '../../../src/services/cloudfront/edge/cache-key';
import { compressedEtag, compression } from '../../../src/services/cloudfront/edge/compression';
import { errorLifetime, lifetime } from '../../../src/services/cloudfront/edge/ttl';
import { byteRange, isUnchanged } from '../../../src/services/cloudfront/edge/viewer-response';

describe('a path pattern', () => {
  test.each([
    ['/out/v1/*.m3u8', '/out/v1/g/c/e/index.m3u8', true],
    ['/out/v1/*.m3u8', '/out/v1/g/c/e/index.M3U8', false],
    ['/out/v1/*.m3u8', '/out/v1/.m3u8', true],
    ['/out/v1/*.m3u8', '/out/v2/index.m3u8', false],
    ['out/*', '/out/a', true],
    ['*.mpd', '/a/b.mpd', true],
    ['/a?c/*', '/abc/d', true],
    ['/a?c/*', '/ac/d', false],
    ['/a*/b*/c', '/a1/2/b3/c', true],
    ['/a*/b*/c', '/a1/2/b3/c/d', false],
    ['/a.b', '/axb', false],
    ['/aa*aa', '/aaa', false],
  ])('%s, for %s: %s', (pattern, path, expected) => {
    expect(pathPattern(pattern)(path)).toBe(expected);
  });
});

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('the lifetime of a response', () => {
  const date = (seconds: number) => new Date(NOW + seconds * 1000).toUTCString();
  const expires = (seconds: number) => ({ date: date(0), expires: date(seconds) });
  const control = (value: string) => ({ 'cache-control': value });
  test.each<[string, IncomingHttpHeaders, [number, number, number], number]>([
    ['max-age', control('max-age=30'), [0, 60, 100], 30],
    ['max-age, up to the maximum', control('max-age=300'), [0, 60, 100], 100],
    ['max-age, down to the minimum', control('max-age=1'), [5, 60, 100], 5],
    ['s-maxage before max-age', control('max-age=30, s-maxage=40'), [0, 60, 100], 40],
    ['max-age before Expires', { ...control('max-age=30'), ...expires(50) }, [0, 60, 100], 30],
    ['Expires', expires(50), [0, 60, 100], 50],
    ['Expires, up to the maximum', expires(500), [0, 60, 100], 100],
    ['Expires in the past', expires(-5), [0, 60, 100], 0],
    ['Expires in the past, down to the minimum', expires(-5), [2, 60, 100], 2],
    ['an Expires that is no date', { expires: '0' }, [0, 60, 100], 0],
    ['the default', {}, [0, 60, 100], 60],
    ['the default, whatever else Cache-Control says', control('public'), [0, 60, 100], 60],
    ['no-cache', control('no-cache, max-age=30'), [0, 60, 100], 0],
    ['no-cache, for the minimum', control('no-cache'), [3, 60, 100], 3],
    ['private, for the minimum', control('private'), [3, 60, 100], 3],
    ['no-store', control('no-store'), [0, 60, 100], 0],
    ['Vary: *', { vary: '*' }, [0, 60, 100], 0],
    ['nothing at all where caching is off', control('max-age=30'), [0, 0, 0], 0],
  ])('is that of %s', (_, headers, [minTtl, defaultTtl, maxTtl], seconds) => {
    expect(lifetime(headers, { minTtl, defaultTtl, maxTtl }).seconds).toBe(seconds);
  });

  test.each([
    ['no-cache', 0, true],
    ['max-age=0', 0, true],
    ['no-store', 0, false],
    ['private', 0, false],
    ['private', 1, true],
  ])('with %s and a minimum of %d is kept for revalidation: %s', (value, minTtl, store) => {
    expect(lifetime(control(value), { minTtl, defaultTtl: 5, maxTtl: 5 }).store).toBe(store);
  });

  test.each([
    [404, undefined, 10, 10],
    [404, 'max-age=60', 10, 60],
    [404, 'max-age=1', 10, 10],
    [404, 'no-store', 10, 10],
    [503, undefined, 1, 1],
    [404, undefined, 0, 0],
    [403, undefined, 10, 0],
    [403, 'max-age=3', 10, 10],
    [401, 'max-age=30', 10, 0],
  ])('of an error %d with %s and a minimum of %d is %d', (status, value, minimum, seconds) => {
    const headers = value === undefined ? {} : control(value);
    expect(errorLifetime(status, headers, minimum)).toEqual({ seconds, store: seconds > 0 });
  });
});

const NONE = select('none');
const policy = (parts: Partial<CachePolicy> = {}): CachePolicy => ({
  ...{ minTtl: 0, defaultTtl: 0, maxTtl: 1, query: NONE, headers: NONE, cookies: NONE, gzip: false, brotli: false },
  ...parts,
});

describe('a cache key', () => {
  const request = { method: 'GET', path: '/a', query: 'b=2&a=1&_HLS_msn=7', headers: {}, ip: '' };
  const key = (parts: Partial<CachePolicy>, headers: IncomingHttpHeaders = {}) => {
    const asked = { ...request, headers };
    return cacheKey(asked, policy(parts), cacheUri(asked, policy(parts)));
  };

  test('holds of the headers those that the policy names, in any case', () => {
    const headers = select('whitelist', ['Origin'], true);
    expect(key({ headers }, { origin: 'http://x' })).not.toBe(key({ headers }, { origin: 'http://y' }));
    expect(key({ headers }, { origin: 'x', referer: 'a' })).toBe(key({ headers }, { origin: 'x', referer: 'b' }));
  });

  test('holds cookies only where the policy does', () => {
    const cookies = select('whitelist', ['session']);
    expect(key({ cookies }, { cookie: 'session=1; x=1' })).toBe(key({ cookies }, { cookie: 'x=2; session=1' }));
    expect(key({ cookies }, { cookie: 'session=1' })).not.toBe(key({ cookies }, { cookie: 'session=2' }));
    expect(key({}, { cookie: 'session=1' })).toBe(key({}, {}));
  });

  test('holds the encodings only where the policy does', () => {
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

  test('of two policies is what either takes', () => {
    expect(selectedQuery('a=1&b=2&c=3', select('whitelist', ['c']), select('whitelist', ['a']))).toBe('a=1&c=3');
  });

  test('looks at the name behind percent-encoding', () => {
    expect(selectedQuery('aws%2Ex=1&y=2', select('whitelist', ['aws.x']))).toBe('aws%2Ex=1');
  });

  test('of cookies keeps their order', () => {
    expect(selectedCookies('a=1; b=2;c=3', select('allExcept', ['b']))).toBe('a=1; c=3');
    expect(selectedCookies('a=1', select('whitelist', ['b']))).toBeUndefined();
  });

  test('refuses a header that only CloudFront could fill in', () => {
    expect(() => select('whitelist', ['CloudFront-Viewer-Country'], true)).toThrow('CloudFront-Viewer-Country');
  });
});

describe('compression', () => {
  test.each([
    ['gzip, deflate, br', true, true, 'br,gzip'],
    ['gzip, deflate, br', true, false, 'gzip'],
    ['gzip;q=0, br', true, true, 'br'],
    ['gzip', false, true, undefined],
    ['identity', true, true, undefined],
    ['zstd, x-gzip', true, true, undefined],
  ])('of Accept-Encoding %s with gzip %s and brotli %s takes %s', (header, gzip, brotli, expected) => {
    expect(encodings(header, { gzip, brotli })).toBe(expected);
  });

  const headers = { 'content-type': 'application/vnd.apple.mpegurl', 'content-length': '2000' };
  test.each<[string, number, IncomingHttpHeaders, 'br,gzip' | 'gzip' | undefined, string | undefined]>([
    ['a manifest', 200, headers, 'gzip', 'gzip'],
    ['brotli before gzip', 200, headers, 'br,gzip', 'br'],
    ['a type with parameters', 200, { ...headers, 'content-type': 'text/html; charset=utf-8' }, 'gzip', 'gzip'],
    ['no video', 200, { ...headers, 'content-type': 'video/mp4' }, 'gzip', undefined],
    ['1,000 bytes', 200, { ...headers, 'content-length': '1000' }, 'gzip', 'gzip'],
    ['not 999 bytes', 200, { ...headers, 'content-length': '999' }, 'gzip', undefined],
    ['10,000,000 bytes', 200, { ...headers, 'content-length': '10000000' }, 'gzip', 'gzip'],
    ['not 10,000,001 bytes', 200, { ...headers, 'content-length': '10000001' }, 'gzip', undefined],
    ['nothing of unknown length', 200, { 'content-type': 'text/css' }, 'gzip', undefined],
    ['nothing twice', 200, { ...headers, 'content-encoding': 'gzip' }, 'gzip', undefined],
    ['no part', 206, headers, 'gzip', undefined],
    ['a 404', 404, headers, 'gzip', 'gzip'],
    ['nothing that nobody asked for', 200, headers, undefined, undefined],
  ])('takes %s', (_, status, received, accepted, expected) => {
    expect(compression(status, received, accepted)).toBe(expected);
  });

  test.each([
    ['"a"', 'W/"a"'],
    ['W/"a"', 'W/"a"'],
    ['a', undefined],
    [undefined, undefined],
  ])('makes of the tag %s the tag %s', (etag, expected) => {
    expect(compressedEtag(etag)).toBe(expected);
  });
});

describe('a viewer', () => {
  test.each<[string, IncomingHttpHeaders, boolean]>([
    ['the same tag', { 'if-none-match': '"a"' }, true],
    ['a weak one', { 'if-none-match': 'W/"a"' }, true],
    ['one of several', { 'if-none-match': '"x", "a"' }, true],
    ['any', { 'if-none-match': '*' }, true],
    ['another tag', { 'if-none-match': '"b"' }, false],
    [
      'another tag and the same date',
      { 'if-none-match': '"b"', 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
      false,
    ],
    ['the same date', { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, true],
    ['an older date', { 'if-modified-since': 'Wed, 31 Dec 2025 00:00:00 GMT' }, false],
    ['neither', {}, false],
  ])('with %s has the object already: %3$s', (_, headers, expected) => {
    expect(isUnchanged({ headers }, { etag: '"a"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' })).toBe(expected);
  });

  test.each<[string | undefined, unknown]>([
    ['bytes=0-3', { first: 0, last: 3 }],
    ['bytes=6-', { first: 6, last: 9 }],
    ['bytes=-4', { first: 6, last: 9 }],
    ['bytes=-40', { first: 0, last: 9 }],
    ['bytes=8-99', { first: 8, last: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,4-5', undefined],
    ['items=0-1', undefined],
    [undefined, undefined],
  ])('with Range %s of ten bytes gets %j', (range, expected) => {
    expect(byteRange({ headers: { range } }, {}, 10)).toEqual(expected);
  });

  test('with an If-Range that no longer holds gets the whole', () => {
    const ask = (condition: string) =>
      byteRange({ headers: { range: 'bytes=0-1', 'if-range': condition } }, { etag: '"a"' }, 10);
    expect([ask('"a"'), ask('"b"')]).toEqual([{ first: 0, last: 1 }, undefined]);
  });
});

describe('an invalidation path', () => {
  test.each([
    ['/*', '/a?b=1', true],
    ['/a', '/a', true],
    ['/a', '/a?b=1', false],
    ['/a*', '/a?b=1', true],
    ['/a?b=1', '/a?b=1', true],
    ['/A', '/a', false],
    ['/dir/*', '/dir', false],
  ])('%s names %s: %s', (path, uri, expected) => {
    expect(invalidates(path, uri)).toBe(expected);
  });

  test.each(['a', '/a*b', `/${'a'.repeat(4000)}`])('refuses %.10s', (path) => {
    expect(pathProblem(path)).toBeDefined();
  });
});
