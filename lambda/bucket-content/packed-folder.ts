import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { CONTENT, FILES } from 'packed-files';
import { fromZ85 } from './z85';

let unpacked: string | undefined;

/** Returns the path of a folder of files that are part of the function's code. The first call unpacks them. */
export function bundledFolder(name: string): string {
  unpacked ??= unpack();
  return join(unpacked, name);
}

function unpack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  const content = brotliDecompressSync(fromZ85(CONTENT));
  let offset = 0;
  for (const [path, length] of FILES) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content.subarray(offset, offset + length));
    offset += length;
  }
  return folder;
}
