import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestEdge } from '../test-edge';

/** One response, as received over the connection. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A viewer with one connection, which cuts the bytes of a request anywhere. */
export class RawViewer {
  private received = '';
  private wake = () => {};

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received += chunk.toString('latin1');
      this.wake();
    });
    socket.on('close', () => this.wake());
  }

  static async connect(edge: TestEdge): Promise<RawViewer> {
    const { hostname, port } = new URL(edge.cloud.names.resolve(edge.domainName) ?? '');
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    await once(socket, 'connect');
    return new RawViewer(socket);
  }

  /** Sends bytes as they are. */
  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Waits for the next response with a Content-Length, or without a body. */
  async next(hasBody = true): Promise<RawResponse> {
    for (;;) {
      const end = this.received.indexOf('\r\n\r\n');
      if (end !== -1) {
        const [line = '', ...lines] = this.received.slice(0, end).split('\r\n');
        const headers = Object.fromEntries(
          lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 2)]),
        );
        const status = Number(line.split(' ')[1]);
        const length = hasBody && status !== 304 ? Number(headers['content-length'] ?? 0) : 0;
        const whole = end + 4 + length;
        if (this.received.length >= whole) {
          const body = this.received.slice(end + 4, whole);
          this.received = this.received.slice(whole);
          return { status, headers, body };
        }
      }
      if (this.socket.destroyed) throw new Error(`The connection was closed after ${JSON.stringify(this.received)}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Sends a request in one piece and waits for its response. */
  ask(head: string): Promise<RawResponse> {
    this.send(head);
    return this.next();
  }

  /** Waits until the edge closes the connection. */
  async closed(): Promise<void> {
    if (!this.socket.destroyed) await once(this.socket, 'close');
  }
}

/** Builds a request without a body. */
export function requestHead(path: string, headers: Readonly<Record<string, string>> = {}, version = '1.1'): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/${version}\r\nHost: edge\r\n${lines.join('')}\r\n`;
}
