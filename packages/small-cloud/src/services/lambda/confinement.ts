import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files that one function may use. */
export interface Confines {
  /** The folder of its code, which it may read. */
  readonly taskRoot: string;
  /** A folder of its own, which it may read and write: Lambda's `/tmp`. */
  readonly temporary: string;
  /** Further files and folders that it may read: the runtime, and the packages that Lambda provides. */
  readonly readable: readonly string[];
}

/**
 * Makes the arguments for Node.js that confine a function to its own files: it can read no others, write only to its
 * temporary folder, and start no process, worker or native code. The network is open to it, as in Lambda.
 *
 * Node's permission model has had two names. Its warning about experiments is silenced, because the function did not ask.
 *
 * @param known - the flags of this Node.js.
 * @see https://nodejs.org/api/permissions.html
 */
export function confinement(
  { taskRoot, temporary, readable }: Confines,
  known: Pick<ReadonlySet<string>, 'has'> = process.allowedNodeEnvironmentFlags,
): readonly string[] {
  const wanted = ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning', '--allow-net'];
  return [
    known.has('--permission') ? '--permission' : '--experimental-permission',
    ...wanted.filter((flag) => known.has(flag.split('=')[0] ?? '')),
    ...[taskRoot, temporary, ...readable].flatMap((path) => granted('--allow-fs-read', path)),
    ...granted('--allow-fs-write', temporary),
  ];
}

/** The folder of a function's temporary files: beside its code, so that it is removed with the run. */
export function temporaryFolder(taskRoot: string): string {
  return join(dirname(taskRoot), 'tmp', taskRoot.slice(dirname(taskRoot).length + 1));
}

/** Grants a path and its real path, because modules are read by their real names and `/tmp` may be a link. */
function granted(flag: string, path: string): readonly string[] {
  return [...new Set([path, realpathSync(path)])].map((one) => `${flag}=${one}`);
}
