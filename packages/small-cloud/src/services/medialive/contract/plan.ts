import type { MetadataAction } from './schedule-action';

/** Plan of the encoding: everything that the local run honours of `EncoderSettings`, and nothing else. */
export interface EncoderPlan {
  /** `DestinationRefId` of the output group. */
  readonly destinationId: string;
  /** Length of a segment that is handed to the packager, in seconds. */
  readonly segmentSeconds: number;
  /** True when the input starts again at its end (`InputEndAction`). */
  readonly loop: boolean;
  /**
   * Tracks to encode, one for each output, in the order of the outputs. For HLS it is the video of each output, or the
   * audio where there is no video.
   */
  readonly tracks: readonly [Track, ...Track[]];
  /** Captions that MediaLive would make from those in the video; the local run leaves them out. */
  readonly captions?: readonly string[];
  /** For an HLS output group; left out, each track is posted as CMAF. */
  readonly hls?: HlsPlan;
  /** Method by which two pipelines are kept in step; left out, by the timecode of the input. */
  readonly locking?: LockingMethod;
  /** True when SCTE-35 messages are passed on (`Scte35Type`). @default false */
  readonly markers?: boolean;
  /** Kind of the actions whose ID3 the output group passes on (`Id3Behavior`). @default none */
  readonly metadata?: MetadataAction | undefined;
  /** Set for CMAF Ingest, whose destination is ingest URLs of a packager's channel, not its name. */
  readonly toUrls?: boolean;
}

/** Video or audio of one output. */
export type Track = VideoTrack | AudioTrack;

/** Video of one output. */
export interface VideoTrack {
  readonly kind: 'video';
  /** `OutputName`: the name of the track at the packager. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Black bars that keep the aspect ratio, or a stretched frame. */
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

/** Rate control, in bits per second. `bufferBits` is the size of the decoder buffer, which may never run dry. */
export type VideoRate =
  | { readonly mode: 'quality'; readonly level: number; readonly maxBitrate: number; readonly bufferBits: number }
  | { readonly mode: 'bitrate'; readonly bitrate: number; readonly maxBitrate: number; readonly bufferBits: number };

/** Audio of one output. */
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
  /** Name for viewers (`StreamName`); left out, its own name. */
  readonly title?: string;
  /** The audio of the input that the track is made of; left out, the first. */
  readonly source?: AudioChoice;
  /** Set where MediaLive would pass Dolby through; the local run encodes AAC in its place. */
  readonly passedThrough?: true;
}

/** Choice of one audio stream of an input. */
export type AudioChoice =
  | { readonly by: 'language'; readonly code: string }
  | { readonly by: 'track'; readonly number: number }
  | { readonly by: 'pid'; readonly pid: number };

/** Method by which MediaLive keeps the outputs of two pipelines in step. */
export type LockingMethod = 'source-timecode' | 'video-alignment' | 'none';

/** An HLS output group: files that are written to a bucket once they are complete. */
export interface HlsPlan {
  /** Segments that a playlist lists, and segments that are kept before they are removed. */
  readonly listed: number;
  readonly kept: number;
  /** True when the multivariant playlist of each of two pipelines lists what the other writes as well. */
  readonly redundant: boolean;
  /** Set where MediaLive would go on with a colour or a slate while the input is lost; the local run pauses. */
  readonly goesOn?: true;
  readonly outputs: readonly HlsOutput[];
}

/** Content of an output: video and audio in one, or one of the two. */
export type HlsContent =
  | { readonly video: VideoTrack; readonly audio: AudioTrack | undefined }
  | { readonly video: undefined; readonly audio: AudioTrack };

/** One output: a media playlist and its segments. */
export type HlsOutput = HlsContent & HlsNames;

/** Names of the files of an output. */
export interface HlsNames {
  /** After the base name, in the names of the playlist and of the segments. */
  readonly nameModifier: string;
  /** After that, in the names of segments; `$dt$`, `$d$` and `$t$` stand for the time of the segment. */
  readonly segmentModifier: string;
  /** Set for audio that viewers choose: whether players begin with it. Left out, the output is a variant. */
  readonly choice?: 'default' | 'other';
}

/** Lists the audio tracks that are encoded. */
export function audioTracks({ hls, tracks }: Pick<EncoderPlan, 'hls' | 'tracks'>): readonly AudioTrack[] {
  return hls?.outputs.flatMap(({ audio }) => audio ?? []) ?? tracks.filter((track) => track.kind === 'audio');
}
