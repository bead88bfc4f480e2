import { type Amf, amfBytes, amfValues } from './amf0';
import type { Tag } from './flv';
import { Handshake } from './handshake';
import { type Message, MessageReader, messageBytes, TYPE } from './messages';

/** Refusal of a publisher: the code that the client gets, and the sentence for the screen. */
export interface Refusal {
  readonly code: 'NetConnection.Connect.Rejected' | 'NetStream.Publish.BadName';
  readonly sentence: string;
}

/** Host of a session: it decides about publishers and receives their tags. */
export interface SessionHost {
  /** Sends bytes to the client. */
  send(bytes: Buffer): void;
  /** Decides whether a publisher may connect to an application; undefined when it may. */
  connecting(application: string): Refusal | undefined;
  /** Decides whether a publisher may publish by a stream key; undefined when it may. */
  publishing(streamKey: string): Refusal | undefined;
  tag(tag: Tag): void;
  /** The publisher has said goodbye, or was refused: nothing more of it is read. */
  over(): void;
}

const WINDOW_BYTES = 2_500_000;
const STREAM_ID = 1;
const ON_CONTROL = 2;
const ON_COMMANDS = 3;
/** Commands that encoders send before they publish. They ignore the answer, but some wait for it. */
const COURTESIES = ['releaseStream', 'FCPublish', 'getStreamLength'];
const GOODBYES = ['FCUnpublish', 'deleteStream', 'closeStream'];

/** The dialogue with one client that wants to publish: handshake, commands, then media. */
export class RtmpSession {
  private handshake: Handshake | undefined = new Handshake();
  private readonly reader = new MessageReader();
  private received = 0;
  private acknowledged = 0;
  private publishes = false;
  private done = false;

  constructor(private readonly host: SessionHost) {}

  /** Takes bytes of the client. @throws RtmpError when it does not speak RTMP as a publisher does. */
  receive(bytes: Buffer): void {
    this.received += bytes.length;
    let media = bytes;
    if (this.handshake !== undefined) {
      const { answer, rest } = this.handshake.read(bytes);
      if (answer !== undefined) this.host.send(answer);
      if (rest === undefined) return;
      this.handshake = undefined;
      media = rest;
    }
    for (const message of this.reader.read(media)) {
      if (this.done) return;
      this.take(message);
    }
    if (this.received - this.acknowledged >= WINDOW_BYTES / 2) this.acknowledge();
  }

  private take({ type, timestamp, payload }: Message): void {
    if (type === TYPE.command) {
      const [name, transaction, ...rest] = amfValues(payload);
      this.command(String(name), typeof transaction === 'number' ? transaction : 0, rest);
    } else if (!this.publishes || payload.length === 0) {
      return;
    } else if (type === TYPE.audio || type === TYPE.video) {
      this.host.tag({ type, timestamp, data: payload });
    } else if (type === TYPE.data) {
      const [name, ...rest] = amfValues(payload);
      // `@setDataFrame` addresses the server; the tag follows it.
      const data = name === '@setDataFrame' ? amfBytes(...rest) : payload;
      this.host.tag({ type, timestamp, data });
    }
  }

  private command(name: string, transaction: number, rest: readonly Amf[]): void {
    if (name === 'connect') {
      this.connect(transaction, rest[0]);
    } else if (name === 'createStream') {
      this.reply('_result', transaction, null, STREAM_ID);
    } else if (name === 'publish') {
      this.publish(typeof rest[1] === 'string' ? rest[1] : '');
    } else if (name === 'play') {
      this.status('error', 'NetStream.Play.StreamNotFound', 'this address is for publishers');
      this.finish();
    } else if (GOODBYES.includes(name)) {
      if (this.publishes) this.finish();
    } else if (COURTESIES.includes(name)) {
      this.reply('_result', transaction, null, undefined);
    }
  }

  private connect(transaction: number, asked: Amf): void {
    const application = isObject(asked) && typeof asked['app'] === 'string' ? asked['app'] : '';
    const refusal = this.host.connecting(application);
    if (refusal !== undefined) {
      const { code, sentence } = refusal;
      this.reply('_error', transaction, null, { level: 'error', code, description: sentence });
      this.finish();
      return;
    }
    this.control(TYPE.windowSize, uint32(WINDOW_BYTES));
    this.control(TYPE.peerBandwidth, Buffer.concat([uint32(WINDOW_BYTES), Buffer.from([2])]));
    const server = { fmsVer: 'FMS/3,0,1,123', capabilities: 31 };
    const level = { level: 'status', code: 'NetConnection.Connect.Success', description: '', objectEncoding: 0 };
    this.reply('_result', transaction, server, level);
  }

  private publish(streamKey: string): void {
    const refusal = this.host.publishing(streamKey);
    if (refusal === undefined) {
      this.publishes = true;
      this.status('status', 'NetStream.Publish.Start', 'the stream is taken');
    } else {
      this.status('error', refusal.code, refusal.sentence);
      this.finish();
    }
  }

  /** Tells the client why the session ends, and ends it. */
  refuse({ code, sentence }: Refusal): void {
    this.status('error', code, sentence);
    this.finish();
  }

  private finish(): void {
    this.done = true;
    this.host.over();
  }

  private status(level: 'status' | 'error', code: string, description: string): void {
    this.write(STREAM_ID, amfBytes('onStatus', 0, null, { level, code, description }));
  }

  private reply(name: '_result' | '_error', transaction: number, first: Amf, second: Amf): void {
    this.write(0, amfBytes(name, transaction, first, second));
  }

  private write(streamId: number, payload: Buffer): void {
    this.host.send(messageBytes(ON_COMMANDS, { type: TYPE.command, timestamp: 0, streamId, payload }));
  }

  private control(type: number, payload: Buffer): void {
    this.host.send(messageBytes(ON_CONTROL, { type, timestamp: 0, streamId: 0, payload }));
  }

  /** Acknowledges the bytes received, without which some encoders stop. */
  private acknowledge(): void {
    this.acknowledged = this.received;
    this.control(TYPE.acknowledgement, uint32(this.received % 2 ** 32));
  }
}

function isObject(value: Amf): value is { readonly [key: string]: Amf } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
