import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unzip } from '../../src/services/lambda/unzip';
import { zipOf } from './zip-of';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'unzip-')), 'inside');
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

describe('a zip archive', () => {
  test('is unpacked with its folders, whether deflated or stored', () => {
    unzip(zipOf({ 'index.js': 'one', 'lib/deep/two.js': 'two', 'lib/': '' }), folder);
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe('one');
    expect(readFileSync(join(folder, 'lib/deep/two.js'), 'utf8')).toBe('two');
  });

  test('refuses to leave its folder', () => {
    expect(() => unzip(zipOf({ '../outside.js': '' }), folder)).toThrow('leaves its folder: ../outside.js');
    expect(existsSync(join(folder, '../outside.js'))).toBe(false);
  });

  test('refuses a file that is not an archive', () => {
    expect(() => unzip(Buffer.from('hello'), folder)).toThrow('not a ZIP archive');
  });
});
