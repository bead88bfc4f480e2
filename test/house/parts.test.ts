import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FIRST_PLAYED_TESTS, LONG_UNIT_TESTS } from '../parts.cjs';

const ROOT = resolve(__dirname, '..', '..');

/** Lists the test files that a part runs; without one, all. */
function filesOf(part = ''): readonly string[] {
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--listTests'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, PART: part, THOROUGH: '' },
    },
  );
  return stdout
    .split('\n')
    .filter((line) => line.endsWith('.test.ts'))
    .map((file) => relative(ROOT, file));
}

describe('the two parts of the test suite', () => {
  test('are together all test files, none of them twice', () => {
    const [first, rest] = [filesOf('first'), filesOf('rest')];
    expect([...first, ...rest].sort()).toEqual([...filesOf()].sort());
    expect(first).toEqual(expect.arrayContaining([...FIRST_PLAYED_TESTS, 'test/house/parts.test.ts']));
    expect(rest).toEqual(expect.arrayContaining([...LONG_UNIT_TESTS, 'test/end-to-end/cdk-deploy.test.ts']));
  });

  test('name only files that exist', () => {
    const named: readonly string[] = [...LONG_UNIT_TESTS, ...FIRST_PLAYED_TESTS];
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
