/** A break as a message of SCTE-35 describes it; undefined for what it does not say. */
export interface Splice {
  readonly eventId: number | undefined;
  readonly seconds: number | undefined;
  readonly uniqueProgramId: number | undefined;
  readonly availNum: number | undefined;
  readonly availsExpected: number | undefined;
}

const NOTHING: Splice = {
  eventId: undefined,
  seconds: undefined,
  uniqueProgramId: undefined,
  availNum: undefined,
  availsExpected: undefined,
};

/**
 * Reads the splice_insert of a splice_info_section; nothing of another command.
 *
 * @param hex - as `SCTE35-OUT` has it, without `0x`.
 * @see https://www.scte.org/standards/library/catalog/scte-35-digital-program-insertion-cueing-message/ (9.6, 9.7.3)
 */
export function readSplice(hex: string): Splice {
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length < 20 || bytes[0] !== 0xfc || bytes[13] !== 5) return NOTHING;
  const flags = bytes[19] ?? 0;
  const eventId = bytes.readUInt32BE(14);
  // Without program_splice, each component has a time of its own.
  if ((flags & 0x40) === 0) return { ...NOTHING, eventId };
  let at = 20;
  // No splice_immediate: a splice_time of one byte, or of five.
  if ((flags & 0x10) === 0) at += ((bytes[at] ?? 0) & 0x80) === 0 ? 1 : 5;
  let seconds: number | undefined;
  if ((flags & 0x20) !== 0 && at + 5 <= bytes.length) {
    seconds = (((bytes[at] ?? 0) & 1) * 2 ** 32 + bytes.readUInt32BE(at + 1)) / 90_000;
    at += 5;
  }
  if (at + 4 > bytes.length) return { ...NOTHING, eventId, seconds };
  return {
    eventId,
    seconds,
    uniqueProgramId: bytes.readUInt16BE(at),
    availNum: bytes[at + 2],
    availsExpected: bytes[at + 3],
  };
}
