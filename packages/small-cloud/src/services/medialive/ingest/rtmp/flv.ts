/** A tag of FLV: one message of audio, video or data. */
export interface Tag {
  readonly type: 8 | 9 | 18;
  /** Milliseconds. */
  readonly timestamp: number;
  readonly data: Buffer;
}

/** Content of a video tag. */
export type VideoTag =
  | { readonly kind: 'parameters' }
  | { readonly kind: 'frame'; readonly isKey: boolean }
  | { readonly kind: 'end' }
  /** A codec that RTMP inputs of MediaLive do not take, by its name. */
  | { readonly kind: 'foreign'; readonly codec: string };

const OLD_CODECS: Readonly<Record<number, string>> = {
  2: 'Sorenson H.263',
  3: 'Screen Video',
  4: 'VP6',
  5: 'VP6 with alpha',
  6: 'Screen Video 2',
  12: 'HEVC',
};
const FOUR_CHARACTERS: Readonly<Record<string, string>> = { hvc1: 'HEVC', hev1: 'HEVC', av01: 'AV1', vp09: 'VP9' };
const AVC = 7;

/**
 * Reads the beginning of a video tag.
 *
 * @see https://rtmp.veriskope.com/pdf/video_file_format_spec_v10_1.pdf annex E.4.3 (VIDEODATA)
 * @see https://veovera.org/docs/enhanced/enhanced-rtmp-v1 (FourCC)
 */
export function videoTag(data: Buffer): VideoTag {
  const first = data[0] ?? 0;
  if ((first & 0x80) !== 0) {
    const code = data.toString('latin1', 1, 5);
    const name = FOUR_CHARACTERS[code] ?? `"${code.replaceAll(/[^\x20-\x7e]/g, '?')}"`;
    return { kind: 'foreign', codec: code === 'avc1' ? 'H.264 by enhanced RTMP' : name };
  }
  const codec = first & 0x0f;
  if (codec !== AVC) return { kind: 'foreign', codec: OLD_CODECS[codec] ?? `codec ${codec} of FLV` };
  if (data[1] === 0) return { kind: 'parameters' };
  return data[1] === 1 ? { kind: 'frame', isKey: first >> 4 === 1 } : { kind: 'end' };
}

/** Tells whether an audio tag holds the parameters of AAC, and no audio. */
export function isAudioParameters(data: Buffer): boolean {
  return (data[0] ?? 0) >> 4 === 10 && data[1] === 0;
}

/** Writes the beginning of an FLV stream, which says what is in it. */
export function flvHeader(hasAudio: boolean): Buffer {
  return Buffer.from([0x46, 0x4c, 0x56, 1, hasAudio ? 5 : 1, 0, 0, 0, 9, 0, 0, 0, 0]);
}

/** Writes a tag and its length. */
export function tagBytes({ type, timestamp, data }: Tag): Buffer {
  const bytes = Buffer.alloc(11 + data.length + 4);
  bytes.writeUInt8(type, 0);
  bytes.writeUIntBE(data.length, 1, 3);
  bytes.writeUIntBE(timestamp & 0xffffff, 4, 3);
  bytes.writeUInt8((timestamp >>> 24) & 0xff, 7);
  data.copy(bytes, 11);
  bytes.writeUInt32BE(11 + data.length, 11 + data.length);
  return bytes;
}
