import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A viewer's connection as `node:http` sees it, for the time of one request or for good: whatever node writes goes to
 * the socket, and what comes from the socket is pushed in. Released, it ends without the socket.
 */
export class Passage extends Duplex {
  /** How many requests node has read from it. */
  requests = 0;
  private released = false;

  constructor(private readonly socket: Socket) {
    super({ decodeStrings: false });
  }

  /** Passes bytes of the viewer on, and holds the viewer back while node reads no more. */
  pass(chunk: Buffer): void {
    if (!this.push(chunk)) this.socket.pause();
  }

  /** Lets the socket go on without node. */
  release(): void {
    this.released = true;
    this.socket.resume();
    this.destroy();
  }

  /** Node sets the time that a connection may be idle. */
  setTimeout(milliseconds: number): this {
    this.socket.setTimeout(milliseconds);
    return this;
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.write(chunk, encoding, done);
  }

  override _writev(
    chunks: readonly { readonly chunk: Buffer | string; readonly encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.socket.cork();
    chunks.forEach(({ chunk, encoding }, index) => {
      this.socket.write(chunk, encoding, index === chunks.length - 1 ? done : undefined);
    });
    this.socket.uncork();
  }

  override _final(done: () => void): void {
    this.socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.released) this.socket.destroy();
    done(error);
  }
}
