import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The status with which a judge ends that is not installed. */
const NOT_INSTALLED = 3;

/**
 * Runs a Python file of this folder once.
 *
 * @param input - what it reads.
 * @returns the lines that it prints; undefined where Python, or what the file needs, is not on this machine.
 * @throws Error when it ends in another way.
 */
export function pythonLines(file: string, input = ''): readonly string[] | undefined {
  const { status, stdout, stderr, error } = spawnSync('python3', [join(__dirname, file)], {
    encoding: 'utf8',
    input,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status === NOT_INSTALLED || (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
  if (status === 0) return stdout.trim().split('\n');
  throw new Error(`${file} ended with ${status}: ${stderr}${error?.message ?? ''}`);
}

/**
 * Prints one line that says what a judge that is not here did not look at. Jest keeps the console of the tests to
 * itself, so the line goes to the standard error of the process.
 */
export function tellAbsent(judge: string, notJudged: string): void {
  process.stderr.write(`${judge} is not on this machine: it did not judge ${notJudged}.\n`);
}
