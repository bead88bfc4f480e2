/** Boxes that hold other boxes, on the way to a time. */
const CONTAINERS = ['moov', 'trak', 'mdia', 'moof', 'traf'];

/**
 * Reads the ticks of a second from the first track of an initialization segment.
 *
 * @throws Error for bytes without such a track.
 * @see ISO/IEC 14496-12, 8.4.2
 */
export function timescaleOf(init: Buffer): number {
  const header = boxOf(init, 'mdhd');
  return header.readUInt32BE(header[0] === 1 ? 20 : 12);
}

/**
 * Reads the time at which a segment begins, in ticks.
 *
 * @throws Error for bytes without a fragment.
 * @see ISO/IEC 14496-12, 8.8.12
 */
export function startTicksOf(segment: Buffer): number {
  const time = boxOf(segment, 'tfdt');
  return time[0] === 1 ? Number(time.readBigUInt64BE(4)) : time.readUInt32BE(4);
}

/** Returns the content of the first box of a type, however deep. */
function boxOf(bytes: Buffer, wanted: string): Buffer {
  const found = search(bytes, wanted);
  if (found === undefined) throw new Error(`the file has no ${wanted}`);
  return found;
}

function search(bytes: Buffer, wanted: string): Buffer | undefined {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (size < 8) return undefined;
    const content = bytes.subarray(at + 8, at + size);
    if (type === wanted) return content;
    const within = CONTAINERS.includes(type) ? search(content, wanted) : undefined;
    if (within !== undefined) return within;
    at += size;
  }
  return undefined;
}
