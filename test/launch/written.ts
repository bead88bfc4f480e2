import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LAUNCHES, type LaunchOrigin } from '../../bin/launch/launches';

const ROOT = resolve(__dirname, '..', '..');
/** Everything that a launch template is written from. */
const SOURCES = [
  'assets',
  'bin',
  'lambda',
  'lib',
  'player',
  'LICENSE',
  'cdk.json',
  'package.json',
  'package-lock.json',
];
const KEPT = join(ROOT, 'dist', 'test-launch');

/**
 * File of the launch template of this source. It is written as everybody writes it, by the command in a process of its
 * own, once for each state of the source, because that looks at hundreds of deploy templates.
 *
 * @throws Error with what the command said when it failed.
 */
export function writtenLaunchTemplate(origin: LaunchOrigin): string {
  const folder = join(KEPT, hash(), origin);
  const file = join(folder, LAUNCHES[origin].file);
  if (existsSync(file)) return file;
  mkdirSync(join(folder, '..'), { recursive: true });
  const unfinished = mkdtempSync(join(KEPT, 'unfinished-'));
  const command = ['--import', 'tsx', join(ROOT, 'bin', 'launch-template.ts'), '--origin', origin, '--out', unfinished];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another worker has written the same in the meantime.
    if (!existsSync(file)) throw error;
  }
  return file;
}

function hash(): string {
  const sum = createHash('sha256');
  const add = (path: string) => {
    const full = join(ROOT, path);
    try {
      sum.update(`${path}\0`).update(readFileSync(full)).update('\0');
    } catch {
      for (const name of readdirSync(full).sort()) add(join(path, name));
    }
  };
  for (const path of SOURCES) add(path);
  return sum.digest('hex').slice(0, 16);
}
