import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { confinement } from '../../src/services/lambda/confinement';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'confinement-')));
const inside = (name: string) => join(folder, name);
for (const name of ['code', 'tmp', 'packages']) mkdirSync(inside(name));
symlinkSync(inside('packages'), inside('link'));
const confines = { taskRoot: inside('code'), temporary: inside('tmp'), readable: [inside('link')] };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the confinement of a function', () => {
  test.each([
    ['20.0', ['--experimental-permission'], ['--experimental-permission']],
    [
      '20.11',
      ['--experimental-permission', '--disable-warning'],
      ['--experimental-permission', '--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning'],
    ],
    ['24', ['--permission', '--experimental-permission'], ['--permission']],
    ['25', ['--permission', '--allow-net'], ['--permission', '--allow-net']],
  ])('is in the words of Node.js %s', (_, known, words) => {
    expect(confinement(confines, new Set(known)).filter((one) => !one.startsWith('--allow-fs'))).toEqual(words);
  });

  test('grants a path and its real path, and writing in the temporary folder only', () => {
    expect(confinement(confines).filter((one) => one.startsWith('--allow-fs'))).toEqual([
      `--allow-fs-read=${inside('code')}`,
      `--allow-fs-read=${inside('tmp')}`,
      `--allow-fs-read=${inside('link')}`,
      `--allow-fs-read=${inside('packages')}`,
      `--allow-fs-write=${inside('tmp')}`,
    ]);
  });
});
