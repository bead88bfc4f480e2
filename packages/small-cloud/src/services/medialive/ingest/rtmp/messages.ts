import { RtmpError } from './rtmp-error';

/** A message of RTMP, put together from its chunks. */
export interface Message {
  readonly type: number;
  /** Milliseconds, modulo 2^32. */
  readonly timestamp: number;
  readonly streamId: number;
  readonly payload: Buffer;
}

/** Message types, RTMP 1.0 sections 5.4 and 7.1. */
export const TYPE = {
  setChunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  userControl: 4,
  windowSize: 5,
  peerBandwidth: 6,
  audio: 8,
  video: 9,
  data: 18,
  command: 20,
} as const;

/** No frame of a contribution is larger. */
const LARGEST_MESSAGE = 8_000_000;
/** Encoders use fewer than ten. */
const MOST_CHUNK_STREAMS = 64;
const EXTENDED = 0xffffff;
const HEADER_BYTES = [11, 7, 3, 0] as const;

interface ChunkStream {
  type: number;
  timestamp: number;
  /** Field of the last header: a time for format 0, a difference for the others. */
  field: number;
  isExtended: boolean;
  length: number;
  streamId: number;
  parts: Buffer[];
  got: number;
}

/**
 * Assembles messages from chunks, in pieces of any length.
 *
 * @see https://rtmp.veriskope.com/pdf/rtmp_specification_1.0.pdf section 5.3
 */
export class MessageReader {
  private rest: Buffer = Buffer.alloc(0);
  private chunkSize = 128;
  private readonly streams = new Map<number, ChunkStream>();

  /**
   * Takes bytes, and returns the messages that they complete.
   *
   * @throws RtmpError when the bytes are not chunks, or announce a message that is too large.
   */
  read(bytes: Buffer): readonly Message[] {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const messages: Message[] = [];
    for (;;) {
      const step = this.chunk();
      if (step === undefined) return messages;
      this.rest = this.rest.subarray(step.bytes);
      if (step.message === undefined) continue;
      if (step.message.type === TYPE.setChunkSize) this.setChunkSize(step.message.payload);
      else if (step.message.type === TYPE.abort) this.abort(step.message.payload);
      else messages.push(step.message);
    }
  }

  /** Reads one chunk; undefined while it is incomplete. */
  private chunk(): { readonly bytes: number; readonly message?: Message } | undefined {
    const { rest } = this;
    const first = rest[0];
    if (first === undefined) return undefined;
    const idBytes = (first & 0x3f) === 0 ? 1 : (first & 0x3f) === 1 ? 2 : 0;
    const format = (first >> 6) as 0 | 1 | 2 | 3;
    let at = 1 + idBytes;
    if (rest.length < at + HEADER_BYTES[format]) return undefined;
    const id = idBytes === 0 ? first & 0x3f : 64 + rest.readUIntLE(1, idBytes);
    const known = this.streams.get(id);
    if (known === undefined && format !== 0) throw new RtmpError('a chunk without a header before it was given');
    const header = headerOf(rest.subarray(at, at + HEADER_BYTES[format]), format, known);
    at += HEADER_BYTES[format];
    if (header.isExtended) {
      if (rest.length < at + 4) return undefined;
      header.field = rest.readUInt32BE(at);
      at += 4;
    }
    if (header.length > LARGEST_MESSAGE) {
      throw new RtmpError(`a message of ${header.length} bytes was announced; at most ${LARGEST_MESSAGE} are taken`);
    }
    const size = Math.min(this.chunkSize, header.length - header.got);
    if (rest.length < at + size) return undefined;
    if (known === undefined && this.streams.size >= MOST_CHUNK_STREAMS) {
      throw new RtmpError(`more than ${MOST_CHUNK_STREAMS} chunk streams were given`);
    }
    this.streams.set(id, header);
    if (header.got === 0) header.timestamp = format === 0 ? header.field : (header.timestamp + header.field) >>> 0;
    header.parts.push(rest.subarray(at, at + size));
    header.got += size;
    if (header.got < header.length) return { bytes: at + size };
    const payload = Buffer.concat(header.parts);
    header.parts = [];
    header.got = 0;
    const { type, timestamp, streamId } = header;
    return { bytes: at + size, message: { type, timestamp, streamId, payload } };
  }

  private setChunkSize(payload: Buffer): void {
    const size = payload.length < 4 ? 0 : payload.readUInt32BE(0) & 0x7fffffff;
    if (size < 1) throw new RtmpError('a chunk size of 0 was given; at least 1 is needed');
    this.chunkSize = Math.min(size, LARGEST_MESSAGE);
  }

  private abort(payload: Buffer): void {
    const stream = payload.length < 4 ? undefined : this.streams.get(payload.readUInt32BE(0));
    if (stream === undefined) return;
    stream.parts = [];
    stream.got = 0;
  }
}

/** Applies the header of a chunk to its chunk stream. Returns a copy, because the chunk may be incomplete. */
function headerOf(bytes: Buffer, format: 0 | 1 | 2 | 3, known: ChunkStream | undefined): ChunkStream {
  const before = known ?? { type: 0, timestamp: 0, field: 0, isExtended: false, length: 0, streamId: 0, got: 0 };
  const parts = [...(known?.parts ?? [])];
  if (format === 3) return { ...before, parts };
  const field = bytes.readUIntBE(0, 3);
  const fresh = { ...before, field, isExtended: field === EXTENDED, parts };
  if (format === 2) return fresh;
  const typed = { ...fresh, length: bytes.readUIntBE(3, 3), type: bytes.readUInt8(6) };
  return format === 1 ? typed : { ...typed, streamId: bytes.readUInt32LE(7) };
}

/** Writes a message in one chunk stream, in chunks of 128 bytes, the size that every client expects. */
export function messageBytes(chunkStream: number, { type, timestamp, streamId, payload }: Message): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(chunkStream, 0);
  header.writeUIntBE(Math.min(timestamp, EXTENDED - 1), 1, 3);
  header.writeUIntBE(payload.length, 4, 3);
  header.writeUInt8(type, 7);
  header.writeUInt32LE(streamId, 8);
  const chunks: Buffer[] = [header];
  for (let at = 0; at < payload.length; at += 128) {
    if (at > 0) chunks.push(Buffer.from([0xc0 | chunkStream]));
    chunks.push(payload.subarray(at, at + 128));
  }
  return Buffer.concat(chunks);
}
