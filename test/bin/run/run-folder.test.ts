import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runFolder } from '../../../bin/run/run-folder';

let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'run-folder-'));
});

afterEach(() => rmSync(temporary, { recursive: true, force: true }));

describe('the folder of a run', () => {
  test('is for its user alone', () => {
    expect(statSync(runFolder(temporary)).mode & 0o777).toBe(0o700);
  });

  test('is refused in words where none can be made', () => {
    const file = join(temporary, 'file');
    writeFileSync(file, '');
    const rule = 'free some space, or set TMPDIR to another folder.';
    for (const place of [file, join(temporary, 'missing')]) {
      expect(() => runFolder(place)).toThrow(`TMPDIR: ${place} cannot be used (`);
      expect(() => runFolder(place)).toThrow(rule);
    }
  });

  test('is refused in words where there is no room, and leaves nothing behind', () => {
    expect(() => runFolder(temporary, () => 12.7)).toThrow('(12 MB are free in it, and 100 MB are needed)');
    expect(readdirSync(temporary)).toEqual([]);
  });
});
