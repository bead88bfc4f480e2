/** One ISO base media file format box; `data` is the whole box, header included. */
export interface Box {
  readonly type: string;
  readonly data: Buffer;
}

const HEADER_BYTES = 8;
/** More than any fragment of a live encoder. Bytes with a longer box are not a CMAF track. */
const LONGEST_BOX_BYTES = 64 * 1024 * 1024;

/**
 * Cuts a stream of bytes, as it arrives, into top-level boxes.
 *
 * The packager rewrites `tfdt` in place and passes on the rest as it is. A demuxer would extract the samples, and every
 * box around them would have to be written again.
 *
 * @see ISO/IEC 14496-12, 4.2
 */
export class BoxSplitter {
  private chunks: Buffer[] = [];
  private bytes = 0;

  /**
   * Returns the boxes that `chunk` completes.
   *
   * @throws Error when the bytes are not boxes.
   */
  push(chunk: Buffer): readonly Box[] {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    const boxes: Box[] = [];
    for (;;) {
      const size = this.nextSize();
      if (size === undefined || this.bytes < size) return boxes;
      const all = this.joined();
      // A copy, so that a kept box does not keep the whole network buffer alive.
      boxes.push({ type: boxType(all, 0), data: Buffer.from(all.subarray(0, size)) });
      this.chunks = [all.subarray(size)];
      this.bytes -= size;
    }
  }

  private nextSize(): number | undefined {
    if (this.bytes < HEADER_BYTES) return undefined;
    const first = this.chunks[0];
    const head = first && first.length >= HEADER_BYTES ? first : this.joined();
    const size = head.readUInt32BE(0);
    if (size < HEADER_BYTES || size > LONGEST_BOX_BYTES) {
      throw new Error(
        `not a CMAF track: a box of type '${boxType(head, 0)}' declares ${size} bytes; ${HEADER_BYTES} to ${LONGEST_BOX_BYTES} are accepted`,
      );
    }
    return size;
  }

  private joined(): Buffer {
    if (this.chunks.length !== 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }
}

/** Lists the boxes in `data` from `offset` on; `offset` skips the fields before the first child. */
export function boxesIn(data: Buffer, offset: number): readonly Box[] {
  const boxes: Box[] = [];
  for (let at = offset; at + HEADER_BYTES <= data.length; ) {
    const size = data.readUInt32BE(at);
    if (size < HEADER_BYTES || at + size > data.length) {
      throw new Error(`box '${boxType(data, at)}' of ${size} bytes does not fit into the box around it`);
    }
    boxes.push({ type: boxType(data, at), data: data.subarray(at, at + size) });
    at += size;
  }
  return boxes;
}

/**
 * Finds the box at a path of types (`['mdia', 'mdhd']`) through plain containers, as a view into `data`.
 *
 * @throws Error with the path of a missing box.
 */
export function boxAt(data: Buffer, path: readonly string[]): Buffer {
  return path.reduce((around, type) => {
    const found = boxesIn(around, HEADER_BYTES).find((box) => box.type === type);
    if (!found) throw new Error(`box '${path.join('/')}' is missing from '${boxType(data, 0)}'`);
    return found.data;
  }, data);
}

function boxType(data: Buffer, offset: number): string {
  return data.toString('latin1', offset + 4, offset + 8);
}
