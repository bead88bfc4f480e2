import { PACKET, programMap, SYNC } from '../contract/program-map';

/**
 * Tells whether the transport stream of an ingest has sound, read from its program map; undefined until that has come.
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

/** After this much of a stream without its program map, sound is assumed. */
const MOST_HEAD_BYTES = 65_536;

/** Where the sound of a stream is to come from; undefined while its beginning does not say. */
export function audioSource(head: Buffer): 'input' | 'silence' | undefined {
  const audio = carriesAudio(head) ?? (head.length > MOST_HEAD_BYTES ? true : undefined);
  return audio === undefined ? undefined : audio ? 'input' : 'silence';
}
