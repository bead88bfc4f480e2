/** Bytes of a packet of an MPEG transport stream, and its first one. */
export const PACKET = 188;

export const SYNC = 0x47;

const VIDEO_TYPES: ReadonlySet<number> = new Set([0x01, 0x02, 0x10, 0x1b, 0x24]);

const PCM_TYPE = 0x06;

/** Content of a program association or a program map. */
export interface ProgramMap {
  readonly mapPid?: number;
  readonly video?: number;
  readonly audios?: readonly number[];
}

/**
 * Reads the tables of an ingest's transport stream.
 *
 * @param pid - of the packet: 0 for the program association.
 * @see ISO/IEC 13818-1, 2.4.4.4 (program association) and 2.4.4.9 (program map)
 */
export function programMap(packet: Buffer, pid: number): ProgramMap | undefined {
  const section = sectionOf(packet);
  if (section.length < 12) return undefined;
  if (pid === 0) return { mapPid: section.readUInt16BE(10) & 0x1fff };
  const streams = streamsOf(section);
  const video = streams.find(({ type }) => VIDEO_TYPES.has(type))?.pid;
  const audios = streams.filter(({ type }) => type === PCM_TYPE).map((stream) => stream.pid);
  return video === undefined ? { audios } : { video, audios };
}

/** Lists the streams of a program map, by type and packet id. */
function streamsOf(section: Buffer): readonly { readonly type: number; readonly pid: number }[] {
  const end = 3 + (section.readUInt16BE(1) & 0x0fff) - 4;
  const streams: { type: number; pid: number }[] = [];
  let at = 12 + (section.readUInt16BE(10) & 0x0fff);
  while (at + 5 <= Math.min(end, section.length)) {
    streams.push({ type: section.readUInt8(at), pid: section.readUInt16BE(at + 1) & 0x1fff });
    at += 5 + (section.readUInt16BE(at + 3) & 0x0fff);
  }
  return streams;
}

/**
 * Returns the table section of a packet: it follows the header, the adaptation field if there is one, and the pointer.
 */
function sectionOf(packet: Buffer): Buffer {
  const payload = payloadOf(packet);
  return payload.subarray(1 + (payload[0] ?? 0));
}

export function payloadOf(packet: Buffer): Buffer {
  const flags = packet.readUInt8(3);
  if ((flags & 0x10) === 0) return Buffer.alloc(0);
  return packet.subarray(Math.min(PACKET, 4 + ((flags & 0x20) !== 0 ? 1 + packet.readUInt8(4) : 0)));
}
