import type { SpliceMessage } from '../../../contract';

/** Ticks of SCTE-35 a second. */
export const SPLICE_TIMESCALE = 90_000;
const TICKS_MODULUS = 2 ** 33;

/**
 * Writes a message as a splice_info_section with a splice_insert command.
 *
 * @param seconds - time of the splice on the timeline.
 * @see https://www.scte.org/standards/library/catalog/scte-35-digital-program-insertion-cueing-message/ (9.6, 9.7.3)
 */
export function spliceMessage(message: SpliceMessage, seconds: number): Buffer {
  const command = spliceInsert(message, Math.round(seconds * SPLICE_TIMESCALE) % TICKS_MODULUS);
  const section = Buffer.alloc(14 + command.length + 2);
  section[0] = 0xfc;
  // Length of what follows, with the checksum; SAP type "not specified".
  section.writeUInt16BE(0x3000 | (section.length + 4 - 3), 1);
  section.writeUInt16BE(0xfff0 | (command.length >> 8), 10);
  // Tier 0xfff, the 12 bits of the command's length, and command type 5: splice_insert.
  section[11] = 0xf0 | (command.length >> 8);
  section[12] = command.length & 0xff;
  section[13] = 0x05;
  command.copy(section, 14);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(section));
  return Buffer.concat([section, checksum]);
}

function spliceInsert(message: SpliceMessage, ticks: number): Buffer {
  const out = message.kind === 'splice-out';
  const duration = out ? message.durationTicks : undefined;
  const bytes = Buffer.alloc(duration === undefined ? 15 : 20);
  bytes.writeUInt32BE(message.eventId, 0);
  bytes[4] = 0x7f;
  // out_of_network, program_splice, duration_flag, no splice_immediate.
  bytes[5] = (out ? 0x80 : 0) | 0x40 | (duration === undefined ? 0 : 0x20) | 0x0f;
  bytes[6] = 0xfe | (ticks >= 2 ** 32 ? 1 : 0);
  bytes.writeUInt32BE(ticks % 2 ** 32, 7);
  let end = 11;
  if (duration !== undefined) {
    // auto_return, so that the break ends without another message.
    bytes[11] = 0xfe | (duration >= 2 ** 32 ? 1 : 0);
    bytes.writeUInt32BE(duration % 2 ** 32, 12);
    end = 16;
  }
  bytes.writeUInt16BE(1, end);
  return bytes;
}

/** Computes the CRC-32 of MPEG-2. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
