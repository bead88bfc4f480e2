import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Properties } from '../../src/contract';

/** A connection to a room, with all that came over it. */
export class Participant {
  readonly heard: Properties[] = [];
  /** Code with which the connection was closed. */
  closed: number | undefined;
  private readonly waiting: (() => void)[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.heard.push(JSON.parse(data.toString()));
      for (const look of this.waiting) look();
    });
    socket.on('close', (code) => {
      this.closed = code;
      for (const look of this.waiting) look();
    });
  }

  static async connect(url: string, token: string): Promise<Participant> {
    const socket = new WebSocket(url, token);
    await once(socket, 'open');
    return new Participant(socket);
  }

  /** Sends an action. */
  act(action: string, properties: Properties = {}): void {
    this.socket.send(JSON.stringify({ Action: action, RequestId: 'request', ...properties }));
  }

  say(content: string): void {
    this.act('SEND_MESSAGE', { Content: content });
  }

  sendRaw(text: string): void {
    this.socket.send(text);
  }

  /** Waits until a number of messages came. */
  async until(count: number): Promise<readonly Properties[]> {
    await this.when(() => this.heard.length >= count);
    return this.heard;
  }

  /** Waits until the connection is closed. */
  async untilClosed(): Promise<void> {
    await this.when(() => this.closed !== undefined);
  }

  close(): void {
    this.socket.terminate();
  }

  private when(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => holds() && resolve();
      this.waiting.push(look);
      look();
    });
  }
}
