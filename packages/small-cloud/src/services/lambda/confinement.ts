import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files that one function may use. */
export interface Confines {
  /** The folder of its code, which it may read. */
  readonly taskRoot: string;
  /** A folder of its own, which it may read and write: Lambda's `/tmp`. */
  readonly temporary: string;
  /** Further files and folders that it may read: the runtime, and the packages that Lambda brings along. */
  readonly readable: readonly string[];
}

/**
 * Arguments for Node.js that keep a function to its own files: it reads no others, writes into its temporary folder
 * only, and starts no process, no worker and no native code. The network is open to it, as in Lambda.
 *
 * Node's permission model has had two names; the warning that it is an experiment is not the function's.
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

/** Where the temporary files of a function are: beside its code, so that its folder goes with the run. */
export function temporaryFolder(taskRoot: string): string {
  return join(dirname(taskRoot), 'tmp', taskRoot.slice(dirname(taskRoot).length + 1));
}

/** A path, and where it leads: modules are looked at under their real names, and some systems' `/tmp` is a link. */
function granted(flag: string, path: string): readonly string[] {
  return [...new Set([path, realpathSync(path)])].map((one) => `${flag}=${one}`);
}
