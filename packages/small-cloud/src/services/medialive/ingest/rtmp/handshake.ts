import { randomBytes } from 'node:crypto';
import { RtmpError } from './rtmp-error';

const VERSION = 3;
const HELLO_BYTES = 1536;

/**
 * The server's part of the plain handshake: C0 and C1 in, S0, S1 and S2 out, C2 in.
 *
 * @see https://rtmp.veriskope.com/pdf/rtmp_specification_1.0.pdf section 5.2
 */
export class Handshake {
  private got = Buffer.alloc(0);
  private answered = false;

  /**
   * Takes bytes until the handshake is over.
   *
   * @returns the answer to send, and, once the handshake is over, the bytes behind it.
   * @throws RtmpError when the bytes do not begin as RTMP does.
   */
  read(bytes: Buffer): { readonly answer?: Buffer; readonly rest?: Buffer } {
    this.got = Buffer.concat([this.got, bytes]);
    if (this.got.length > 0 && this.got[0] !== VERSION) {
      throw new RtmpError('it does not speak RTMP');
    }
    const over = this.got.length >= 1 + 2 * HELLO_BYTES;
    const rest = over ? { rest: this.got.subarray(1 + 2 * HELLO_BYTES) } : {};
    if (this.answered || this.got.length < 1 + HELLO_BYTES) return rest;
    this.answered = true;
    // Zeros in place of a version: a server that claims none is not asked for a digest.
    const hello = Buffer.concat([Buffer.alloc(8), randomBytes(HELLO_BYTES - 8)]);
    const echo = this.got.subarray(1, 1 + HELLO_BYTES);
    return { answer: Buffer.concat([Buffer.from([VERSION]), hello, echo]), ...rest };
  }
}
