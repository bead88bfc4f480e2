import { describe, expect, test } from '@jest/globals';
import { pathPattern } from '../../../src/services/cloudfront/control/path-pattern';

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
