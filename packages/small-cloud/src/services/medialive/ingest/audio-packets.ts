import { PACKET, payloadOf, SYNC } from '../contract/program-map';

const CLOCK = 90_000;

const SAMPLE_RATE = 48_000;

/** Samples of one silent PES packet: a 25th of a second. */
const MOST_SAMPLES = 1920;

/** SMPTE 302M writes each sample of 16 bits with 4 bits of flags. */
const BITS_PER_SAMPLE = 20;

/** Times of a PES packet, and the length of its audio if it is PCM; in seconds. */
export interface PesHead {
  readonly presentSeconds: number;
  readonly decodeSeconds: number;
  readonly audioSeconds: number;
}

/**
 * Reads the head of a PES packet.
 *
 * @see ISO/IEC 13818-1, 2.4.3.7, and SMPTE ST 302
 */
export function pesOf(packet: Buffer, channels: number): PesHead | undefined {
  const payload = payloadOf(packet);
  if (payload.length < 19 || payload.readUIntBE(0, 3) !== 1 || (payload.readUInt8(7) & 0x80) === 0) return undefined;
  const hasDecodeTime = (payload.readUInt8(7) & 0x40) !== 0;
  const data = 9 + payload.readUInt8(8);
  const bytes = data + 2 <= payload.length ? payload.readUInt16BE(data) : 0;
  const samples = (bytes * 8) / (channels * BITS_PER_SAMPLE);
  return {
    presentSeconds: timeAt(payload, 9) / CLOCK,
    decodeSeconds: timeAt(payload, hasDecodeTime ? 14 : 9) / CLOCK,
    audioSeconds: samples / SAMPLE_RATE,
  };
}

/** Makes packets of silence from one time to another, in seconds. The caller sets their counters. */
export function silentPackets(
  pid: number,
  { from, until, channels }: { readonly from: number; readonly until: number; readonly channels: number },
): readonly Buffer[] {
  const packets: Buffer[] = [];
  let left = Math.round((until - from) * SAMPLE_RATE);
  let at = from;
  while (left > 0) {
    const samples = Math.min(left, MOST_SAMPLES);
    packets.push(...packetsOf(pid, silentPes(at, samples, channels)));
    left -= samples;
    at += samples / SAMPLE_RATE;
  }
  return packets;
}

function silentPes(seconds: number, samples: number, channels: number): Buffer {
  const bytes = (samples * channels * BITS_PER_SAMPLE) / 8;
  const pes = Buffer.alloc(14 + 4 + bytes);
  pes.set([0, 0, 1, 0xbd]);
  pes.writeUInt16BE(pes.length - 6, 4);
  pes.set([0x80, 0x80, 5], 6);
  writeTime(pes, 9, Math.round(seconds * CLOCK));
  pes.writeUInt16BE(bytes, 14);
  pes.writeUInt16BE((channels / 2 - 1) << 14, 16);
  return pes;
}

/** Cuts a PES packet into packets of the transport stream; the last one is filled up by its adaptation field. */
function packetsOf(pid: number, pes: Buffer): readonly Buffer[] {
  const packets: Buffer[] = [];
  for (let at = 0; at < pes.length; ) {
    const size = Math.min(PACKET - 4, pes.length - at);
    const packet = Buffer.alloc(PACKET, 0xff);
    packet.set([SYNC, (at === 0 ? 0x40 : 0) | (pid >> 8), pid & 0xff, 0x10]);
    const stuffing = PACKET - 4 - size;
    if (stuffing > 0) packet.set(stuffing === 1 ? [0x30, 0] : [0x30, stuffing - 1, 0], 3);
    pes.copy(packet, PACKET - size, at, at + size);
    packets.push(packet);
    at += size;
  }
  return packets;
}

/** Reads a time of 33 bits, in five bytes with marks between. */
function timeAt(bytes: Buffer, at: number): number {
  const high = (bytes.readUInt8(at) >> 1) & 0x07;
  return high * 2 ** 30 + (bytes.readUInt16BE(at + 1) >> 1) * 2 ** 15 + (bytes.readUInt16BE(at + 3) >> 1);
}

function writeTime(bytes: Buffer, at: number, time: number): void {
  const wrapped = time % 2 ** 33;
  bytes.writeUInt8(0x21 | (Math.floor(wrapped / 2 ** 30) << 1), at);
  bytes.writeUInt16BE(((Math.floor(wrapped / 2 ** 15) & 0x7fff) << 1) | 1, at + 1);
  bytes.writeUInt16BE(((wrapped & 0x7fff) << 1) | 1, at + 3);
}
