const PACKET = 188;
const SYNC = 0x47;
const PAT_PID = 0;
/** Stream types of MPEG audio, AAC (ADTS and LATM) and AC-3: what an RTMP publisher or an MP4 file may bring. */
const AUDIO_TYPES: ReadonlySet<number> = new Set([0x03, 0x04, 0x0f, 0x11, 0x81, 0x87]);

/**
 * Whether an MPEG transport stream has sound, read from its program map; undefined until that has come.
 *
 * @param bytes - the stream from its beginning.
 * @see ISO/IEC 13818-1, 2.4.4.4 (program association) and 2.4.4.9 (program map)
 */
export function carriesAudio(bytes: Buffer): boolean | undefined {
  let mapPid: number | undefined;
  for (let at = 0; at + PACKET <= bytes.length && bytes[at] === SYNC; at += PACKET) {
    const packet = bytes.subarray(at, at + PACKET);
    const pid = packet.readUInt16BE(1) & 0x1fff;
    if (pid !== PAT_PID && pid !== mapPid) continue;
    const section = sectionOf(packet);
    if (pid === PAT_PID) mapPid = section.readUInt16BE(10) & 0x1fff;
    else return streamTypes(section).some((type) => AUDIO_TYPES.has(type));
  }
  return undefined;
}

/** The table section in a packet: behind the header, the adaptation field if there is one, and the pointer. */
function sectionOf(packet: Buffer): Buffer {
  const adaptation = packet.readUInt8(3) & 0x20 ? 1 + packet.readUInt8(4) : 0;
  const pointer = packet.readUInt8(4 + adaptation);
  return packet.subarray(4 + adaptation + 1 + pointer);
}

function streamTypes(section: Buffer): readonly number[] {
  const end = 3 + (section.readUInt16BE(1) & 0x0fff) - 4;
  const types: number[] = [];
  let at = 12 + (section.readUInt16BE(10) & 0x0fff);
  while (at + 5 <= Math.min(end, section.length)) {
    types.push(section.readUInt8(at));
    at += 5 + (section.readUInt16BE(at + 3) & 0x0fff);
  }
  return types;
}

/** After this much of a stream without its program map, sound is assumed. */
const MOST_HEAD_BYTES = 65_536;

/** Where the sound of a stream is to come from; undefined while its beginning does not say. */
export function soundOf(head: Buffer): 'input' | 'silence' | undefined {
  const audio = carriesAudio(head) ?? (head.length > MOST_HEAD_BYTES ? true : undefined);
  return audio === undefined ? undefined : audio ? 'input' : 'silence';
}
