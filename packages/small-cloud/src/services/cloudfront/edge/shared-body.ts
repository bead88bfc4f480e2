import type { Readable } from 'node:stream';

/** A body may be kept in the cache up to this size, in bytes: some seconds of the best rendition many times over. */
export const LARGEST_OBJECT = 32 * 1024 * 1024;

/** While a body is too large to keep, this much of it may wait for its slowest reader, in bytes. */
const WINDOW = 4 * 1024 * 1024;

interface Reader {
  /** Index of the next chunk, counted from the very first. */
  next: number;
  wake: () => void;
}

/**
 * A body that many viewers read while the origin is still sending it. It is kept whole as long as it fits; beyond
 * {@link LARGEST_OBJECT} it only flows, at the pace of its slowest reader, and takes nobody new.
 */
export class SharedBody {
  /** Settles when the last byte has come: true for a whole body that was kept. */
  readonly finished: Promise<boolean>;
  /** Bytes so far. */
  size = 0;
  /** All of it, once it is complete and fits. */
  whole: Buffer | undefined;
  /** Whether it is still to be had from the first byte. */
  kept = true;
  private chunks: Buffer[] = [];
  private dropped = 0;
  private ended = false;
  private failure: Error | undefined;
  private readonly readers = new Set<Reader>();

  /** Let go of at the end: with it go the connection's request, response and headers, several kB. */
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
        if (!this.ended) this.failure ??= error ?? new Error('The origin ended a response before its end.');
        this.wake();
        resolve(this.whole !== undefined);
      };
      source.once('error', fail);
      source.once('close', () => fail());
    });
  }

  /** Everything from the first byte on, as it comes. @throws Error when the origin breaks off. */
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

  /** Lets go of what nobody needs any more, and holds the origin back while readers are behind. */
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

/** One buffer with memory of its own: a small one of Node's pool would keep 8 kB that others have long left. */
function joined(chunks: readonly Buffer[], size: number): Buffer {
  const whole = Buffer.allocUnsafeSlow(size);
  let position = 0;
  for (const chunk of chunks) position += chunk.copy(whole, position);
  return whole;
}
