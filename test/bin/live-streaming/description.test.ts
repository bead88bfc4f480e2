import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readDescription } from '../../../bin/live-streaming/description';
import { StackNameError, stackName } from '../../../bin/live-streaming/stack-name';

const folder = mkdtempSync(join(tmpdir(), 'description-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a description in JSON', () => {
  test('may begin with a byte order mark, as some editors write it', () => {
    const file = join(folder, 'marked.json');
    writeFileSync(file, '\uFEFF{"channels":[{"name":"main","input":{"kind":"test-clip"}}]}');
    expect(readDescription(file).channels.map(({ name }) => name)).toEqual(['main']);
  });
});

describe('the name of the stack', () => {
  test('is live-streaming where none is given', () => {
    expect(stackName(undefined)).toBe('live-streaming');
    expect(stackName('a'.repeat(128))).toHaveLength(128);
  });

  test.each(['my_stack', '', '1st', 'a'.repeat(129), 42, true])('refuses %p with a sentence', (name) => {
    expect(() => stackName(name)).toThrow(StackNameError);
    expect(() => stackName(name)).toThrow(/^-c stack: .* was given; a letter, then up to 127 letters/);
  });

  test('is said by the app without a stack trace', () => {
    const app = spawnSync(process.execPath, ['--import', 'tsx', 'bin/live-streaming.ts'], {
      cwd: resolve(__dirname, '..', '..', '..'),
      env: { ...process.env, CDK_CONTEXT_JSON: '{"stack":"my_stack"}' },
      encoding: 'utf8',
    });
    expect(app.stderr.trim()).toBe(
      '-c stack: "my_stack" was given; a letter, then up to 127 letters, digits and hyphens are needed',
    );
    expect(app.status).toBe(1);
  });
});
