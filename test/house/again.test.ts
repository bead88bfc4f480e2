import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';

const AGAIN = resolve(__dirname, '..', 'again.cjs');

let folder: string | undefined;

afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

/** Runs test files of these bodies. @returns the exit code, and what was printed */
function run(bodies: readonly string[]): { status: number | null; printed: string } {
  folder = mkdtempSync(join(tmpdir(), 'again-'));
  const mark = JSON.stringify(join(folder, 'mark'));
  for (const [index, body] of bodies.entries()) {
    const text = `const fs = require('node:fs'); const mark = ${mark}; test('one', () => { ${body} });`;
    writeFileSync(join(folder, `file-${index}.test.js`), text);
  }
  const config = JSON.stringify({ rootDir: folder, transform: {} });
  const { status, stdout } = spawnSync(process.execPath, [AGAIN, `--config=${config}`], { encoding: 'utf8' });
  return { status, printed: stdout };
}

const PASSES = '';
const FAILS = `throw new Error('no');`;
const FAILS_ONCE = `if (!fs.existsSync(mark)) { fs.writeFileSync(mark, ''); throw new Error('once'); }`;

describe('the run of tests that measure the machine as well', () => {
  test('passes with a file that passes the second time, and names it', () => {
    const { status, printed } = run([PASSES, FAILS_ONCE]);
    expect(status).toBe(0);
    expect(printed).toMatch(/Passed only the second time: \S*file-1\.test\.js/);
    expect(printed).toContain('tests: 2 passed, 0 failed');
  });

  test('fails with a file that fails twice', () => {
    expect(run([PASSES, FAILS]).status).toBe(1);
  });

  test('does not try again what is broken in many files', () => {
    const { status, printed } = run([FAILS, FAILS, FAILS, FAILS]);
    expect(status).toBe(1);
    expect(printed).not.toContain('Once more');
  });
});
