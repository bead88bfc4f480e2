import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const GUARDIAN = join(__dirname, '..', '..', 'src', 'host', 'guardian.mjs');

let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardian-test-'));
  children = [];
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function started(args: readonly string[], stdin: 'pipe' | 'ignore'): ChildProcess {
  const child = spawn(process.execPath, [...args], { stdio: [stdin, 'ignore', 'pipe'] });
  children.push(child);
  return child;
}

const guardian = () => started([GUARDIAN, folder], 'pipe');
const sleeper = () => started(['-e', 'setInterval(() => {}, 1000)'], 'ignore');

describe('the guardian of a run', () => {
  test('kills the children and removes the folder of a run that died', async () => {
    const [guard, child] = [guardian(), sleeper()];
    guard.stdin?.end(`+${child.pid}\n`);
    const [[code], [, signal]] = await Promise.all([once(guard, 'exit'), once(child, 'exit')]);
    expect([code, signal]).toEqual([0, 'SIGKILL']);
    expect(existsSync(folder)).toBe(false);
  });

  test('reads a message that arrives in pieces', async () => {
    const [guard, child] = [guardian(), sleeper()];
    const [head, tail] = [`+${child.pid}`.slice(0, 2), `+${child.pid}`.slice(2)];
    await new Promise((written) => guard.stdin?.write(head, written));
    guard.stdin?.end(`${tail}\n`);
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
  });

  test('spares children that have been removed from its list, and goes on after one that has ended', async () => {
    const [guard, ended, removed, last] = [guardian(), sleeper(), sleeper(), sleeper()];
    ended.kill('SIGKILL');
    await once(ended, 'exit');
    guard.stdin?.end(`+${ended.pid}\n+${removed.pid}\n-${removed.pid}\n+${last.pid}\n`);
    await Promise.all([once(guard, 'exit'), once(last, 'exit')]);
    expect([removed.exitCode, removed.signalCode]).toEqual([null, null]);
  });

  test('touches nothing after an orderly end', async () => {
    const [guard, child] = [guardian(), sleeper()];
    guard.stdin?.end(`+${child.pid}\nbye\n`);
    const [code] = await once(guard, 'exit');
    expect([code, child.exitCode, child.signalCode]).toEqual([0, null, null]);
    expect(existsSync(folder)).toBe(true);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('cleans up even after %s', async (signal) => {
    const guard = guardian();
    const child = sleeper();
    guard.stdin?.write(`+${child.pid}\n`);
    await installed(guard);
    guard.kill(signal);
    guard.stdin?.end();
    const [code, killed] = await once(guard, 'exit');
    expect([code, killed]).toEqual([0, null]);
    expect(existsSync(folder)).toBe(false);
  });

  test('refuses to start without a folder', async () => {
    const guard = started([GUARDIAN], 'pipe');
    let complaint = '';
    guard.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    await once(guard, 'close');
    expect(complaint).toContain('no folder was given; the temporary folder of the run is needed');
  });
});

/** Waits until a guardian reads its input, and hence has installed its signal handlers. */
async function installed(guard: ChildProcess): Promise<void> {
  // A message larger than the buffer of a pipe is written only once the guardian reads.
  await new Promise((read) => guard.stdin?.write('\n'.repeat(1_000_000), read));
}
