import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { packedNames } from '../../bin/launch/inline-code';

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a launch template carries the page with its licences, and nothing of what is not open in a launch', () => {
  const files = [
    'index.js',
    'licences.txt',
    'site/chat-ABCD1234.js',
    'site/chat.css',
    'site/index.html',
    'site/licences.txt',
    'site/main.js',
    'test-clip/test-clip.mp4',
  ];
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  const carried = ['site/index.html', 'site/licences.txt', 'site/main.js', 'test-clip/test-clip.mp4'];
  expect(packedNames(folder)).toEqual(carried);
});
