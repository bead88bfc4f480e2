import { open } from 'node:fs/promises';

/** Reads a range of a file. */
export async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(length);
    await file.read(buffer, 0, length, position);
    return buffer;
  } finally {
    await file.close();
  }
}
