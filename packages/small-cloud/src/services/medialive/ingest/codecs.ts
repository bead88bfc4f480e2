import type { IngestSource } from '../contract/pipeline-source';

/** A stream that ffmpeg opened, by the name of its codec: `h264`, `aac`. */
export interface OpenedStream {
  readonly kind: 'Video' | 'Audio';
  readonly codec: string;
}

/** Format that ffmpeg opened, and its streams in their order. */
export interface Opened {
  readonly format: string;
  readonly streams: readonly OpenedStream[];
}

interface Taken {
  /** Kind of input, in the words of a sentence. */
  readonly input: string;
  readonly Video: Readonly<Record<string, string>>;
  readonly Audio: Readonly<Record<string, string>>;
}

const H264 = { h264: 'H.264' };
const VIDEO = { ...H264, hevc: 'HEVC', mpeg2video: 'MPEG-2' };
const AAC = { aac: 'AAC' };
const DOLBY = { ac3: 'Dolby Digital', eac3: 'Dolby Digital Plus' };
const BROADCAST = { ...AAC, aac_latm: 'AAC', ...DOLBY, mp1: 'MPEG audio', mp2: 'MPEG audio', mp3: 'MPEG audio' };

/**
 * Codecs that MediaLive takes, by type of input.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/inputs-supported-codecs-by-input-type.html
 */
const TAKEN = {
  transportStream: { input: 'transport streams', Video: VIDEO, Audio: { ...BROADCAST, s302m: 'PCM' } },
  mp4: { input: 'MP4 files', Video: VIDEO, Audio: AAC },
  hls: { input: 'HLS inputs', Video: H264, Audio: { ...AAC, ...DOLBY } },
  rtmp: { input: 'RTMP inputs', Video: H264, Audio: AAC },
} as const satisfies Readonly<Record<string, Taken>>;

/**
 * Explains why MediaLive would not take an opened input, in the part of a sentence that follows its name; undefined
 * where it would.
 */
export function notTaken(source: IngestSource, { format, streams }: Opened): string | undefined {
  if (source.kind === 'stand-in' || streams.length === 0) return undefined;
  if (!streams.some(({ kind }) => kind === 'Video')) return 'has no video, and an input needs it';
  const taken = takenBy(source, format);
  // Only the first stream of each kind is passed on.
  for (const kind of ['Video', 'Audio'] as const) {
    const codec = streams.find((stream) => stream.kind === kind)?.codec;
    if (codec === undefined || codec in taken[kind]) continue;
    const names = [...new Set(Object.values(taken[kind]))].join(', ');
    const what = kind === 'Video' ? 'its video' : 'its audio';
    return `is not taken: ${what} is ${codec}; ${taken.input} of MediaLive take ${names}`;
  }
  return undefined;
}

function takenBy(source: Exclude<IngestSource, { readonly kind: 'stand-in' }>, format: string): Taken {
  if (source.kind === 'file') return format === 'mpegts' ? TAKEN.transportStream : TAKEN.mp4;
  const protocol = source.kind === 'pull' ? source.protocol : source.endpoint.protocol;
  return protocol === 'hls' ? TAKEN.hls : protocol === 'rtmp' ? TAKEN.rtmp : TAKEN.transportStream;
}
