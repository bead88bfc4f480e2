import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Amf, amfBytes, amfValues } from '../../../../src/services/medialive/ingest/rtmp/amf0';
import type { Tag } from '../../../../src/services/medialive/ingest/rtmp/flv';
import {
  type Message,
  MessageReader,
  messageBytes,
  TYPE,
} from '../../../../src/services/medialive/ingest/rtmp/messages';

const HELLO = Buffer.concat([Buffer.from([3]), Buffer.alloc(1536)]);

/** A publisher of which every step can be left out. */
export class RtmpClient {
  readonly heard: Message[] = [];
  isClosed = false;
  private readonly reader = new MessageReader();
  private skip = HELLO.length + 1536;
  private transaction = 0;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes) => {
      const rest = bytes.subarray(Math.min(this.skip, bytes.length));
      this.skip -= bytes.length - rest.length;
      if (rest.length > 0) this.heard.push(...this.reader.read(rest));
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      this.isClosed = true;
    });
  }

  static async open(port: number): Promise<RtmpClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RtmpClient(socket);
  }

  /** Sends bytes as they are. */
  send(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  shakeHands(): void {
    this.send(HELLO);
    this.send(Buffer.alloc(1536));
  }

  command(name: string, ...values: readonly Amf[]): void {
    this.transaction += 1;
    const payload = amfBytes(name, this.transaction, ...values);
    this.send(messageBytes(3, { type: TYPE.command, timestamp: 0, streamId: 0, payload }));
  }

  /** Everything up to the permission to send. */
  publish(application: string, streamKey: string): void {
    this.shakeHands();
    this.command('connect', { app: application });
    this.command('createStream', null);
    this.command('publish', null, streamKey, 'live');
  }

  tag({ type, timestamp, data }: Tag): void {
    this.send(messageBytes(4, { type, timestamp, streamId: 1, payload: data }));
  }

  /** The codes that the server has sent so far: `NetStream.Publish.Start`. */
  codes(): readonly string[] {
    return this.heard
      .filter(({ type }) => type === TYPE.command)
      .flatMap(({ payload }) => amfValues(payload))
      .flatMap((value) => {
        const isObject = typeof value === 'object' && value !== null && 'code' in value;
        return isObject && typeof value.code === 'string' ? [value.code] : [];
      });
  }

  close(): void {
    this.socket.destroy();
  }
}
