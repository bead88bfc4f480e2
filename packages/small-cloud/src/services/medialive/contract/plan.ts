/** What MediaLive is asked to encode, with everything that the local run honours and nothing else. */
export interface EncoderPlan {
  /** `DestinationRefId` of the output group. */
  readonly destinationId: string;
  /** Length of what is handed to the packager at a time, in seconds. */
  readonly segmentSeconds: number;
  /** Whether the input starts again at its end (`InputEndAction`). */
  readonly loop: boolean;
  /** What is encoded: a track for each output, in the order of the outputs; for HLS the picture of each, or the sound where there is none. */
  readonly tracks: readonly [Track, ...Track[]];
  /** Captions that the service would make of those in the picture; here they are left out. */
  readonly captions?: readonly string[];
  /** For an HLS output group; left out, each track is posted as CMAF. */
  readonly hls?: HlsPlan;
  /** How two pipelines are kept in step; left out, by the timecode of the input. */
  readonly locking?: LockingMethod;
  /** For CMAF Ingest: the destination is ingest URLs of a packager's channel, not its name. */
  readonly toUrls?: boolean;
}

/** What one output has of picture or sound. */
export type Track = VideoTrack | AudioTrack;

export interface VideoTrack {
  readonly kind: 'video';
  /** `OutputName`: the name of the track at the packager. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Black bars that keep the aspect ratio, or a stretched picture. */
  readonly fit: 'letterbox' | 'stretch';
  readonly frameRate: { readonly numerator: number; readonly denominator: number };
  /** Distance of keyframes, in frames. */
  readonly gopFrames: number;
  readonly codec: 'h264' | 'hevc';
  readonly profile: 'baseline' | 'main' | 'high';
  /** Level such as `4.1`; undefined when the encoder finds it. */
  readonly level: string | undefined;
  readonly rate: VideoRate;
}

/** Rate control. Bits per second; `bufferBits` is the size of the decoder buffer that may never run dry. */
export type VideoRate =
  | { readonly mode: 'quality'; readonly level: number; readonly maxBitrate: number; readonly bufferBits: number }
  | { readonly mode: 'bitrate'; readonly bitrate: number; readonly maxBitrate: number; readonly bufferBits: number };

export interface AudioTrack {
  readonly kind: 'audio';
  readonly name: string;
  /** Bits per second. */
  readonly bitrate: number;
  /** Samples per second. */
  readonly sampleRate: number;
  readonly channels: 1 | 2 | 6;
  /** ISO 639-2 code, undefined when the description has none. */
  readonly language: string | undefined;
  /** What players call it (`StreamName`); left out, its own name. */
  readonly title?: string;
  /** Which sound of the input it is made of; left out, the first. */
  readonly source?: AudioChoice;
  /** Whether the service would pass Dolby through; here AAC is encoded in its place. */
  readonly passedThrough?: true;
}

/** Which sound of an input a track is made of. */
export type AudioChoice =
  | { readonly by: 'language'; readonly code: string }
  | { readonly by: 'track'; readonly number: number }
  | { readonly by: 'pid'; readonly pid: number };

/** How the service keeps the outputs of two pipelines in step. */
export type LockingMethod = 'source-timecode' | 'video-alignment' | 'none';

/** An HLS output group: what is written where a bucket takes finished files. */
export interface HlsPlan {
  /** Segments that a playlist lists, and segments that are kept before they are removed. */
  readonly listed: number;
  readonly kept: number;
  /** Whether the multivariant playlist of each of two pipelines lists what the other writes as well. */
  readonly redundant: boolean;
  /** Whether the service would go on with a colour or a slate while the input is lost; here the stream pauses. */
  readonly goesOn?: true;
  readonly outputs: readonly HlsOutput[];
}

/** What an output holds: picture and sound in one, or one of the two. */
export type HlsContent =
  | { readonly video: VideoTrack; readonly audio: AudioTrack | undefined }
  | { readonly video: undefined; readonly audio: AudioTrack };

/** One output: a media playlist and its segments. */
export type HlsOutput = HlsContent & HlsNames;

/** What the files of an output are called. */
export interface HlsNames {
  /** After the base name, in the names of the playlist and of the segments. */
  readonly nameModifier: string;
  /** After that, in the names of segments; `$dt$`, `$d$` and `$t$` stand for the time of the segment. */
  readonly segmentModifier: string;
  /** For a sound that viewers choose, whether players begin with it; left out, the output is a variant. */
  readonly choice?: 'default' | 'other';
}

/** All sounds that are encoded. */
export function audioTracks({ hls, tracks }: Pick<EncoderPlan, 'hls' | 'tracks'>): readonly AudioTrack[] {
  return hls?.outputs.flatMap(({ audio }) => audio ?? []) ?? tracks.filter((track) => track.kind === 'audio');
}
