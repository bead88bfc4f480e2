import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { byteRange, isUnchanged } from '../../../src/services/cloudfront/edge/viewer-response';

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

  test('with an outdated If-Range gets the whole object', () => {
    const ask = (condition: string) =>
      byteRange({ headers: { range: 'bytes=0-1', 'if-range': condition } }, { etag: '"a"' }, 10);
    expect([ask('"a"'), ask('"b"')]).toEqual([{ first: 0, last: 1 }, undefined]);
  });
});
