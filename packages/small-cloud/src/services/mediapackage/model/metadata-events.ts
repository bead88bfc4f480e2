import type { Fragment } from './media';
import type { PlacedMessage } from './view';

/** Scheme of ID3 in event message boxes. @see https://aomediacodec.github.io/id3-emsg/ */
export const ID3_SCHEME = 'https://aomedia.org/emsg/ID3';
/** Value of the boxes, and of the event stream that an MPD announces, as MediaPackage writes it. */
export const ID3_VALUE = '0';
/** Duration of an event that has none. */
const UNKNOWN = 0xffffffff;

/**
 * Writes the ID3 that begins within a fragment, or between it and the one before, as event message boxes of version 1.
 *
 * @param from - end of the fragment before in the same track, in seconds.
 * @returns no bytes where there is none.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/metadata-passthrough.html
 * @see ISO/IEC 23009-1, 5.10.3.3
 */
export function metadataEvents(messages: readonly PlacedMessage[], fragment: Fragment, from: number): Buffer {
  const { format, endSeconds } = fragment;
  return Buffer.concat(
    messages.flatMap(({ message, seconds, id }) => {
      if (message.kind !== 'id3' || seconds < from || seconds >= endSeconds) return [];
      return [eventBox({ id, timescale: format.timescale, seconds, data: message.tags })];
    }),
  );
}

interface EventBox {
  readonly id: number;
  readonly timescale: number;
  readonly seconds: number;
  readonly data: Buffer;
}

function eventBox({ id, timescale, seconds, data }: EventBox): Buffer {
  const strings = Buffer.from(`${ID3_SCHEME}\0${ID3_VALUE}\0`);
  const head = Buffer.alloc(32);
  head.writeUInt32BE(head.length + strings.length + data.length, 0);
  head.write('emsg', 4, 'latin1');
  // Version 1, whose time counts from the beginning of the timeline; no flags.
  head.writeUInt32BE(0x01000000, 8);
  head.writeUInt32BE(timescale, 12);
  head.writeBigUInt64BE(BigInt(Math.round(seconds * timescale)), 16);
  head.writeUInt32BE(UNKNOWN, 24);
  head.writeUInt32BE(id, 28);
  return Buffer.concat([head, strings, data]);
}
