import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const PREPARED = resolve(__dirname, '..', '..', 'bin', 'prepared.cjs');
const folder = mkdtempSync(join(tmpdir(), 'prepared-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the preparation with only the named programs on the PATH. `apt-get` is a fake that records its arguments. */
function prepared(
  tools: readonly string[],
  programs: readonly string[],
  args: readonly string[],
): { code: number | null; said: string } {
  const path = mkdtempSync(join(folder, 'path-'));
  symlinkSync(process.execPath, join(path, 'node'));
  for (const program of programs) {
    writeFileSync(join(path, program), `#!/bin/sh\necho "${program} $*" >> ${join(path, 'asked')}\nexit 0\n`);
    chmodSync(join(path, program), 0o755);
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PREPARED, ...tools, '--', process.execPath, ...args],
    {
      encoding: 'utf8',
      env: { PATH: path },
    },
  );
  return { code: status, said: `${stdout}${stderr}` };
}

describe('the preparation of a command', () => {
  test('runs the command with its arguments and ends with its exit code', () => {
    expect(prepared([], [], ['-e', 'process.exit(7)'])).toEqual({ code: 7, said: '' });
  });

  test('prints nothing about tools that are present', () => {
    expect(prepared(['ffmpeg'], ['ffmpeg'], ['-e', "console.log('ran')"])).toEqual({ code: 0, said: 'ran\n' });
  });

  test('installs missing tools with apt-get, and prints one line for each step', () => {
    const { code, said } = prepared(['ffmpeg'], ['apt-get', 'sudo'], ['-e', "console.log('ran')"]);
    expect(code).toBe(0);
    expect(said).toMatch(/^Installing: (sudo )?apt-get install -y -qq --no-install-recommends ffmpeg$/m);
    expect(said).toMatch(/ran/);
  });

  test('installs nothing with --no-install, but prints the command to run', () => {
    const { code, said } = prepared(['ffmpeg'], ['apt-get', 'sudo'], ['-e', "console.log('ran')", '--no-install']);
    expect(code).toBe(1);
    expect(said).toMatch(/Not installed yet. Run:\n {2}(sudo )?apt-get update/);
    expect(said).not.toMatch(/ran/);
  });

  test('refuses to continue where nothing can be installed, and names the missing tools', () => {
    const { code, said } = prepared(['ffmpeg'], [], ['-e', '']);
    expect(code).toBe(1);
    expect(said).toMatch(/ffmpeg is missing.*FFMPEG_PATH/);
  });
});

describe('the packages that a command needs', () => {
  /** Lists the install commands in a copy of the project whose packages another tool has installed. */
  const installation = (marks: readonly string[], locks: readonly string[], newer: 'packages' | 'lock file') => {
    const workspace = mkdtempSync(join(folder, 'workspace-'));
    const root = join(workspace, 'project');
    mkdirSync(join(root, 'bin'), { recursive: true });
    copyFileSync(PREPARED, join(root, 'bin', 'prepared.cjs'));
    const files = [...marks, ...locks].map((file) => join(workspace, file));
    for (const file of files) {
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, '');
      const isLock = locks.some((lock) => file.endsWith(lock)) && !marks.some((mark) => file.endsWith(mark));
      const seconds = isLock === (newer === 'lock file') ? 2000 : 1000;
      utimesSync(file, seconds, seconds);
    }
    const script = [
      join(root, 'bin', 'prepared.cjs'),
      '--',
      process.execPath,
      '-e',
      "console.log('ran')",
      '--no-install',
    ];
    const { stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8', env: { PATH: '' } });
    return `${stdout}${stderr}`.trim().replace('Not installed yet. Run:\n  ', '');
  };

  test('are installed by npm when there are none, with the development packages even under NODE_ENV=production', () => {
    expect(installation([], ['project/package-lock.json'], 'packages')).toBe('npm ci --include=dev');
  });

  test.each([
    ['npm', '.package-lock.json', 'package-lock.json', 'npm ci --include=dev'],
    ['pnpm', '.modules.yaml', 'pnpm-lock.yaml', 'pnpm install --frozen-lockfile --prod=false'],
    ['yarn', '.yarn-state.yml', 'yarn.lock', 'yarn install --immutable'],
    ['yarn 1', '.yarn-integrity', 'yarn.lock', 'yarn install --frozen-lockfile --production=false'],
  ])('may be installed by %s, which runs again when its lock file has changed', (_, mark, lock, command) => {
    expect(installation([`project/node_modules/${mark}`], [`project/${lock}`], 'packages')).toBe('ran');
    expect(installation([`project/node_modules/${mark}`], [`project/${lock}`], 'lock file')).toBe(command);
  });

  test('may be in a parent folder, when the project is part of a workspace', () => {
    expect(installation(['node_modules/.package-lock.json'], ['package-lock.json'], 'packages')).toBe('ran');
  });
});
