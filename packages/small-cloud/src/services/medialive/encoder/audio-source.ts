import { PACKET, programMap, SYNC } from '../contract/program-map';

/** Source of the audio that is encoded: the input, or silence where the input has none. */
export type AudioSource = 'input' | 'silence';

/** After this much of a stream without its program map, audio is assumed. */
const MOST_HEAD_BYTES = 65_536;

/** Finds the source of a stream's audio; undefined while the beginning of the stream does not show it. */
export function audioSource(head: Buffer): AudioSource | undefined {
  const hasAudio = carriesAudio(head) ?? (head.length > MOST_HEAD_BYTES ? true : undefined);
  if (hasAudio === undefined) return undefined;
  return hasAudio ? 'input' : 'silence';
}

/**
 * Tells whether the transport stream of an ingest has audio, read from its program map; undefined until that has come.
 *
 * @param bytes - the stream from its beginning.
 */
export function carriesAudio(bytes: Buffer): boolean | undefined {
  let map: number | undefined;
  for (let at = 0; at + PACKET <= bytes.length && bytes[at] === SYNC; at += PACKET) {
    const packet = bytes.subarray(at, at + PACKET);
    const pid = packet.readUInt16BE(1) & 0x1fff;
    if (pid !== 0 && pid !== map) continue;
    const { mapPid, audios } = programMap(packet, pid) ?? {};
    map = mapPid ?? map;
    if (audios !== undefined) return audios.length > 0;
  }
  return undefined;
}
