import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A viewer's socket, lent to `node:http` for one request or for good. Node's writes go to the socket, and the socket's
 * bytes are pushed in. A release ends the loan and keeps the socket open.
 */
export class LentSocket extends Duplex {
  private released = false;

  constructor(private readonly socket: Socket) {
    super({ decodeStrings: false });
  }

  /** Passes on bytes of the viewer, and pauses the socket while node reads none. */
  pass(chunk: Buffer): void {
    if (!this.push(chunk)) this.socket.pause();
  }

  /** Takes the socket back from node. */
  release(): void {
    this.released = true;
    this.socket.resume();
    this.destroy();
  }

  /** Sets the idle time of the connection. Node calls it. */
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
