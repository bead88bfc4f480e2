import { join } from 'node:path';

/** Where the files of a folder of this function's bundle are: beside its code. */
export function bundledFolder(name: string): string {
  return join(__dirname, name);
}
