import { PACKET, programMap, SYNC } from '../contract/program-map';

/** Flag of the adaptation field that marks a packet in which a keyframe begins. */
const RANDOM_ACCESS = 0x40;

/** Where an encoder may begin in a stream that it joins. */
export interface JoiningPoint {
  /** True when `bytes` begin with the tables and a keyframe. */
  readonly isKeyframe: boolean;
  /** The stream from that place on; without a keyframe, what must be kept until more of the stream has come. */
  readonly bytes: Buffer;
}

/**
 * Finds the first keyframe of a transport stream, together with the tables before it. An encoder that begins between
 * two keyframes would have its first frame only at the next one, and would take that frame for one of now: its media
 * would be late by that time for as long as it runs. A stream without video has no frames to wait for.
 *
 * @param stream - whole packets of an ingest's transport stream, which has its tables before each keyframe.
 * @see ISO/IEC 13818-1, 2.4.3.5: random_access_indicator
 */
export function joiningPoint(stream: Buffer): JoiningPoint {
  let tables: number | undefined;
  let mapPid: number | undefined;
  let video: number | undefined;
  for (let at = 0; at + PACKET <= stream.length; at += PACKET) {
    if (stream[at] !== SYNC) break;
    const packet = stream.subarray(at, at + PACKET);
    const pid = packet.readUInt16BE(1) & 0x1fff;
    if (pid === 0) tables = at;
    if (pid === 0 || pid === mapPid) {
      const map = programMap(packet, pid);
      mapPid = map?.mapPid ?? mapPid;
      video = map?.video ?? video;
      if (map?.audios !== undefined && video === undefined) return { isKeyframe: true, bytes: stream.subarray(tables) };
    } else if (pid === video && beginsKeyframe(packet)) {
      return { isKeyframe: true, bytes: stream.subarray(tables) };
    }
  }
  return { isKeyframe: false, bytes: stream.subarray(tables ?? stream.length) };
}

function beginsKeyframe(packet: Buffer): boolean {
  const hasAdaptationField = (packet.readUInt8(3) & 0x20) !== 0 && packet.readUInt8(4) > 0;
  return hasAdaptationField && (packet.readUInt8(5) & RANDOM_ACCESS) !== 0;
}
