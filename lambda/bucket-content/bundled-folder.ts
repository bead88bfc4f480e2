import { join } from 'node:path';

/** Returns the path of a folder of files in this function's bundle, beside its code. */
export function bundledFolder(name: string): string {
  return join(__dirname, name);
}
