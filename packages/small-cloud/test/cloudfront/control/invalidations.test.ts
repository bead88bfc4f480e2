import { describe, expect, test } from '@jest/globals';
import { invalidates, pathProblem } from '../../../src/services/cloudfront/control/invalidations';

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
