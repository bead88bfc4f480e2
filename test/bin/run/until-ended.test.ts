import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Screen } from 'small-cloud';

const ROOT = resolve(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'ended-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `begin` of a script as a command does, and sends a signal once the script has said "ready". */
async function ended(begin: string, signal: NodeJS.Signals | undefined, log = '') {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const script = join(temporary, '..', `${temporary.split('/').pop()}.ts`);
  writeFileSync(
    script,
    `import { untilEnded } from ${JSON.stringify(join(ROOT, 'bin', 'run', 'until-ended'))};
     import { synthesizeTo } from ${JSON.stringify(join(ROOT, 'bin', 'live-streaming', 'assembly'))};
     untilEnded(${JSON.stringify(log)} || undefined, async ({ folder, screen, owns }) => { ${begin} });`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (text.includes('ready') && signal !== undefined) child.kill(signal);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, left: readdirSync(temporary).filter((name) => name.startsWith('live-streaming-')) };
}

describe('a run that is stopped', () => {
  test('while it synthesizes ends at once, says nothing of it, and leaves no folder behind', async () => {
    const { code, said, left } = await ended(
      `const synthesis = synthesizeTo(folder, undefined, owns); screen.say('ready'); await synthesis;`,
      'SIGINT',
    );
    expect({ code, said, left }).toEqual({ code: 0, said: 'ready\n', left: [] });
  });

  test('stops what it starts meanwhile', async () => {
    const stopped = join(folder, 'stopped');
    const { code, left } = await ended(
      `const { writeFileSync } = await import('node:fs');
       screen.say('ready');
       process.once('SIGINT', () => owns({ stop: async () => writeFileSync(${JSON.stringify(stopped)}, '') }));
       await new Promise(() => setInterval(() => {}, 1000));`,
      'SIGINT',
    );
    expect(existsSync(stopped)).toBe(true);
    expect(left).toEqual([]);
    expect(code).not.toBeNull();
  });
});

describe('a log that cannot be written', () => {
  const out = () => {
    const lines: string[] = [];
    return {
      lines,
      stream: { isTTY: false, write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream,
    };
  };

  test('is said once, and the run goes on without it', () => {
    const { lines, stream } = out();
    const screen = new Screen(stream, join(folder, 'no such folder', 'run.log'));
    screen.tell('encoder', 'first', 'info');
    screen.tell('encoder', 'second', 'warning');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^▲ run: the log cannot be written \(ENOENT.*\); the run goes on without it\n$/);
    expect(lines[1]).toBe('▲ encoder: second\n');
  });

  test('does not keep a run from ending', async () => {
    const { code, said } = await ended(`throw new Error('No.');`, undefined, join(folder, 'no such folder', 'run.log'));
    expect(code).toBe(1);
    expect(said).toMatch(/the log cannot be written[\s\S]*✖ No\./);
  });

  test('is written while it can be', () => {
    const file = join(folder, 'run.log');
    new Screen(out().stream, file).tell('edge', 'hello', 'info');
    expect(readFileSync(file, 'utf8')).toMatch(/edge: hello\n$/);
  });
});
