import { open } from 'node:fs/promises';

/** Bytes of a fragment, in memory or on the disk. */
export interface KeptBytes {
  readonly length: number;
  /** Reads the bytes; undefined when they have been removed from the disk. */
  read(): Promise<Buffer | undefined>;
}

/** A place in a file. */
interface DiskPlace {
  readonly file: string;
  readonly offset: number;
}

/** Bytes that begin in memory and may be moved to a file. */
export class MovableBytes implements KeptBytes {
  readonly length: number;
  private kept: Buffer | DiskPlace;

  constructor(bytes: Buffer) {
    this.kept = bytes;
    this.length = bytes.length;
  }

  /** The bytes while they are in memory; undefined once they are on the disk. */
  get inMemory(): Buffer | undefined {
    return Buffer.isBuffer(this.kept) ? this.kept : undefined;
  }

  /** Forgets the bytes in memory, because a file has them. */
  moveTo(file: string, offset: number): void {
    this.kept = { file, offset };
  }

  async read(): Promise<Buffer | undefined> {
    const { kept, length } = this;
    if (Buffer.isBuffer(kept)) return kept;
    try {
      const file = await open(kept.file, 'r');
      try {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, kept.offset);
        return bytesRead === length ? buffer : undefined;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
