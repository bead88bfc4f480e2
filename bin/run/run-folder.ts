import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUN_FOLDER } from 'small-cloud';

/** Space for a run: the synthesized app, its functions and their content take about 30 MB before the first frame. */
const NEEDED_MEGABYTES = 100;

/**
 * Makes the folder of a run, readable only by its user.
 *
 * @param temporary - the folder for temporary files.
 * @param freeMegabytes - tells the free space of a folder.
 * @throws Error that says why the folder cannot be made, and what to do.
 */
export function runFolder(temporary = tmpdir(), freeMegabytes = freeMegabytesOf): string {
  let folder: string;
  try {
    folder = mkdtempSync(join(temporary, RUN_FOLDER));
  } catch (error) {
    throw unusable(temporary, error instanceof Error ? error.message : String(error));
  }
  const free = freeMegabytes(folder);
  if (free >= NEEDED_MEGABYTES) return folder;
  rmSync(folder, { recursive: true, force: true });
  throw unusable(temporary, `${Math.floor(free)} MB are free in it, and ${NEEDED_MEGABYTES} MB are needed`);
}

function freeMegabytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return (bavail * bsize) / 1_000_000;
}

function unusable(temporary: string, why: string): Error {
  return new Error(`TMPDIR: ${temporary} cannot be used (${why}); free some space, or set TMPDIR to another folder.`);
}
