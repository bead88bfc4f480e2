import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_FILE_HEADER = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
/** Lambda's limit. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const UNZIPPED_LIMIT_BYTES = 262_144_000;

/**
 * Unpacks a ZIP archive into a folder. Reads stored and deflated entries, the two kinds that packaging tools write.
 *
 * @throws Error for a file that is not such an archive, an entry outside the folder, and more than 250 MB unzipped.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3.7, 4.3.12 and 4.3.16
 */
export function unzip(archive: Buffer, folder: string): void {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || archive.readUInt32LE(end) !== END_OF_CENTRAL_DIRECTORY) throw new Error('not a ZIP archive');
  let at = archive.readUInt32LE(end + 16);
  let room = UNZIPPED_LIMIT_BYTES;
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== CENTRAL_FILE_HEADER) throw new Error('the ZIP archive is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (!name.endsWith('/')) {
      const file = resolve(folder, name);
      if (relative(folder, file).startsWith('..')) throw new Error(`the ZIP archive leaves its folder: ${name}`);
      const unpacked = contents(archive, at, name, room);
      room -= unpacked.length;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, unpacked, { mode: fileMode(archive, at) });
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

/** @param room - the most bytes that the entry may have. The size in the archive may be false. */
function contents(archive: Buffer, header: number, name: string, room: number): Buffer {
  const method = archive.readUInt16LE(header + 10);
  const size = archive.readUInt32LE(header + 20);
  const local = archive.readUInt32LE(header + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + size);
  if (method === STORED) return packed.length > room ? tooLarge() : packed;
  if (method === DEFLATED) return inflated(packed, room);
  throw new Error(`the ZIP archive packs ${name} by method ${method}; stored and deflated entries can be read`);
}

function inflated(packed: Buffer, room: number): Buffer {
  try {
    // zlib would treat 0 as its default.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    if (Object(error).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge();
    throw error;
  }
}

function tooLarge(): never {
  throw new Error(`Unzipped size must be smaller than ${UNZIPPED_LIMIT_BYTES} bytes`);
}

/** Unix permissions, when the archive has them. */
function fileMode(archive: Buffer, header: number): number {
  const mode = archive.readUInt16LE(header + 40) & 0o777;
  return mode === 0 ? 0o644 : mode;
}
