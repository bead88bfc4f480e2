import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { errorLifetime, lifetime } from '../../../src/services/cloudfront/edge/ttl';

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
    [404, 'no-store', 10, 0],
    [501, 'private', 10, 0],
    [405, 'no-store', 10, 10],
    [503, 'no-store', 1, 1],
    [503, undefined, 1, 1],
    [404, undefined, 0, 0],
    [403, undefined, 10, 0],
    [403, 'max-age=3', 10, 10],
    [401, 'max-age=30', 10, 0],
  ])('of the error %d with %s and a minimum of %d s is %d s', (status, value, minimum, seconds) => {
    const headers = value === undefined ? {} : control(value);
    expect(errorLifetime(status, headers, minimum)).toEqual({ seconds, store: seconds > 0 });
  });
});
