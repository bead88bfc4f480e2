import { RtmpError } from './rtmp-error';

/** A value of Action Message Format 0, as far as RTMP commands carry them. */
export type Amf = number | boolean | string | null | undefined | readonly Amf[] | { readonly [key: string]: Amf };

/** Levels of nested objects; encoders send one. */
const DEEPEST = 8;

/**
 * Reads every value in a message.
 *
 * @throws RtmpError when the bytes end within a value, or a value is of a kind that no command has.
 * @see https://rtmp.veriskope.com/pdf/amf0-file-format-specification.pdf section 2
 */
export function amfValues(bytes: Buffer): readonly Amf[] {
  const reader = new Reader(bytes);
  const values: Amf[] = [];
  while (!reader.isOver) values.push(reader.value(0));
  return values;
}

/** Writes values one after the other. */
export function amfBytes(...values: readonly Amf[]): Buffer {
  return Buffer.concat(values.map(written));
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isOver(): boolean {
    return this.at >= this.bytes.length;
  }

  value(depth: number): Amf {
    const kind = this.number(1);
    switch (kind) {
      case 0x00:
        return this.bytes.readDoubleBE(this.pass(8));
      case 0x01:
        return this.number(1) !== 0;
      case 0x02:
        return this.text(2);
      case 0x03:
        return this.object(depth);
      case 0x05:
        return null;
      case 0x06:
        return undefined;
      case 0x08:
        this.pass(4);
        return this.object(depth);
      case 0x0a:
        return this.list(depth);
      case 0x0b:
        // Milliseconds and a time zone, which is not used.
        return this.bytes.readDoubleBE(this.pass(10));
      case 0x0c:
        return this.text(4);
      default:
        throw new RtmpError(`AMF0 value of kind ${kind} was given; commands have none`);
    }
  }

  private object(depth: number): Amf {
    if (depth >= DEEPEST) throw new RtmpError(`AMF0 objects of more than ${DEEPEST} levels were given`);
    const entries: [string, Amf][] = [];
    for (;;) {
      const key = this.text(2);
      if (key === '' && this.bytes[this.at] === 0x09) {
        this.pass(1);
        // Assignment would not treat `__proto__` as a key like any other.
        return Object.fromEntries(entries);
      }
      entries.push([key, this.value(depth + 1)]);
    }
  }

  private list(depth: number): Amf {
    if (depth >= DEEPEST) throw new RtmpError(`AMF0 lists of more than ${DEEPEST} levels were given`);
    const count = this.number(4);
    const values: Amf[] = [];
    while (values.length < count) values.push(this.value(depth + 1));
    return values;
  }

  private text(lengthBytes: number): string {
    const length = this.number(lengthBytes);
    const from = this.pass(length);
    return this.bytes.toString('utf8', from, from + length);
  }

  private number(length: number): number {
    return this.bytes.readUIntBE(this.pass(length), length);
  }

  /** Steps over bytes, and returns where they begin. */
  private pass(length: number): number {
    const from = this.at;
    if (from + length > this.bytes.length) throw new RtmpError('the AMF0 message ends within a value');
    this.at += length;
    return from;
  }
}

function written(value: Amf): Buffer {
  if (value === undefined) return Buffer.from([0x06]);
  if (value === null) return Buffer.from([0x05]);
  if (typeof value === 'boolean') return Buffer.from([0x01, value ? 1 : 0]);
  if (typeof value === 'string') return Buffer.concat([Buffer.from([0x02]), key(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  const fields = Object.entries(value).map(([name, field]) => Buffer.concat([key(name), written(field)]));
  return Buffer.concat([Buffer.from([0x03]), ...fields, Buffer.from([0, 0, 0x09])]);
}

function key(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 0xffff);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
