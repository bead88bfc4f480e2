import type { Readable } from 'node:stream';

/** Largest body that the cache keeps, in bytes: many times a segment of the best rendition. */
export const LARGEST_OBJECT = 32 * 1024 * 1024;

/** Most bytes of a body that is too large to keep which may wait for its slowest reader. */
const WINDOW = 4 * 1024 * 1024;

interface Reader {
  /** Index of the next chunk, counted from the very first. */
  next: number;
  wake: () => void;
}

/**
 * A body that many viewers read while the origin is still sending it. It is kept whole up to {@link LARGEST_OBJECT}. A
 * larger one is only passed on, at the pace of its slowest reader, and accepts no new readers.
 */
export class SharedBody {
  /** Settles after the last byte: true for a whole body that is kept. */
  readonly finished: Promise<boolean>;
  /** Bytes received so far. */
  size = 0;
  /** The whole body, once it is complete and small enough. */
  whole: Buffer | undefined;
  /** True while the body can be read from its first byte. */
  kept = true;
  private chunks: Buffer[] = [];
  private dropped = 0;
  private ended = false;
  private failure: Error | undefined;
  private readonly readers = new Set<Reader>();

  /** The origin's stream; released at the end, with the connection's request, response and headers (several kB). */
  private source: Readable | undefined;

  constructor(
    source: Readable,
    private readonly largest = LARGEST_OBJECT,
  ) {
    this.source = source;
    this.finished = new Promise((resolve) => {
      source.on('data', (chunk: Buffer) => this.append(chunk));
      source.once('end', () => resolve(this.end()));
      const fail = (error?: Error) => {
        if (!this.ended) {
          this.failure ??= error ?? new Error('The origin closed the connection before the end of its response.');
        }
        this.wake();
        resolve(this.whole !== undefined);
      };
      source.once('error', fail);
      source.once('close', () => fail());
    });
  }

  /** Reads the body from its first byte, as it arrives. @throws Error when the origin breaks off. */
  async *read(): AsyncGenerator<Buffer, void, void> {
    const reader: Reader = { next: this.dropped, wake: () => {} };
    this.readers.add(reader);
    try {
      for (;;) {
        const chunk = this.chunks[reader.next - this.dropped];
        if (chunk !== undefined) {
          reader.next++;
          yield chunk;
          this.trim();
        } else if (this.failure !== undefined) throw this.failure;
        else if (this.ended) return;
        else {
          await new Promise<void>((resolve) => {
            reader.wake = resolve;
          });
        }
      }
    } finally {
      this.readers.delete(reader);
      this.trim();
    }
  }

  private append(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size > this.largest) this.kept = false;
    this.trim();
    this.wake();
  }

  private end(): boolean {
    this.ended = true;
    this.source = undefined;
    if (this.kept) this.whole = joined(this.chunks, this.size);
    this.trim();
    this.wake();
    return this.kept;
  }

  private wake(): void {
    for (const reader of this.readers) reader.wake();
  }

  /** Drops the bytes that no reader needs, and pauses the origin while readers are behind. */
  private trim(): void {
    if (this.ended && this.readers.size === 0) this.chunks = [];
    if (this.kept || this.ended) return;
    if (this.readers.size === 0) {
      this.source?.destroy();
      return;
    }
    const slowest = Math.min(...[...this.readers].map((reader) => reader.next));
    this.chunks.splice(0, slowest - this.dropped);
    this.dropped = Math.max(this.dropped, slowest);
    const waiting = this.chunks.reduce((bytes, chunk) => bytes + chunk.length, 0);
    if (waiting > WINDOW) this.source?.pause();
    else if (this.source?.isPaused()) this.source.resume();
  }
}

/** Joins chunks in memory of their own. A small buffer from Node's pool would keep 8 kB of the pool alive. */
function joined(chunks: readonly Buffer[], size: number): Buffer {
  const whole = Buffer.allocUnsafeSlow(size);
  let position = 0;
  for (const chunk of chunks) position += chunk.copy(whole, position);
  return whole;
}
