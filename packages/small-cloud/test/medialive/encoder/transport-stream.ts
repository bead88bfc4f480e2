/** Packets of a transport stream, written by hand. */

/** Types of streams in a program map. */
export const H264 = 0x1b;
export const PCM = 0x06;

const MAP_PID = 0x1000;
/** The first stream of a {@link map} has this packet id, and the next ones follow. */
const FIRST_PID = 0x100;

/** A service description, which comes first and is of no interest. */
export function description(): Buffer {
  return packet(0x11, []);
}

export function association(): Buffer {
  return packet(0, [0x00, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xe0 | (MAP_PID >> 8), MAP_PID & 0xff, 0, 0, 0, 0]);
}

/** A program map with one descriptor of two bytes before the streams, and one of three behind each. */
export function map(types: readonly number[]): Buffer {
  const streams = types.flatMap((type, index) => [type, 0xe0 | (FIRST_PID >> 8), index, 0xf0, 3, 0x0a, 1, 0]);
  const length = 9 + 2 + streams.length + 4;
  return packet(MAP_PID, [0x02, 0xb0, length, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xf0, 2, 0x05, 0, ...streams, 0, 0, 0, 0]);
}

/** A packet in which a frame of a stream begins, by the stream's place in its {@link map}. */
export function frame(stream: number, { isKeyframe = false } = {}): Buffer {
  const bytes = Buffer.alloc(188, 0xff);
  bytes.set([0x47, 0x40 | (FIRST_PID >> 8), stream, 0x30, 7, isKeyframe ? 0x50 : 0x10]);
  return bytes;
}

function packet(pid: number, section: readonly number[]): Buffer {
  const bytes = Buffer.alloc(188, 0xff);
  Buffer.from([0x47, 0x40 | (pid >> 8), pid & 0xff, 0x10, 0, ...section]).copy(bytes);
  return bytes;
}
