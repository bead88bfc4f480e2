import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { encodings } from '../../../src/services/cloudfront/edge/cache-key';
import { compressedEtag, compression } from '../../../src/services/cloudfront/edge/compression';

describe('compression', () => {
  test.each([
    ['gzip, deflate, br', true, true, 'br,gzip'],
    ['gzip, deflate, br', true, false, 'gzip'],
    ['gzip;q=0, br', true, true, 'br'],
    ['gzip', false, true, undefined],
    ['identity', true, true, undefined],
    ['zstd, x-gzip', true, true, undefined],
  ])('for Accept-Encoding %s with gzip %s and brotli %s accepts %s', (header, gzip, brotli, expected) => {
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
  ])('converts the tag %s to %s', (etag, expected) => {
    expect(compressedEtag(etag)).toBe(expected);
  });
});
