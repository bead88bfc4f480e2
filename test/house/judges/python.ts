import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Exit status of a judge that is not installed. */
const NOT_INSTALLED = 3;

/**
 * Runs a Python file of this folder once.
 *
 * @param input - its standard input.
 * @returns the lines that it prints; undefined where Python, or a package that the file needs, is not installed.
 * @throws Error when it fails.
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
 * Prints one line about the checks that were left out because a judge is not installed. Jest swallows the console of
 * tests, so the line goes to the standard error of the process.
 */
export function tellAbsent(judge: string, notJudged: string): void {
  process.stderr.write(`${judge} is not on this machine: it did not judge ${notJudged}.\n`);
}
