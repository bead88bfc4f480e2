import type { MovableBytes } from './kept-bytes';

/**
 * The media that the packager keeps: tracks of CMAF fragments on one timeline. Times are seconds since the channel's
 * first media; `Ticks` are whole units of a track's own timescale.
 */

/** Format of a track, as its init segment declares it. */
export type TrackFormat = VideoFormat | AudioFormat;

interface AnyFormat {
  /** A short hash of the init segment's bytes: equal exactly when the encoder settings are. */
  readonly id: string;
  /** The init segment itself (`ftyp` and `moov`). */
  readonly init: Buffer;
  /** Ticks a second. */
  readonly timescale: number;
  /** As in RFC 6381: `avc1.64001f`, `mp4a.40.2`. */
  readonly codec: string;
  /** Highest bits/s that the encoder declares; 0 when it declares none. */
  readonly declaredBitrate: number;
  /** ISO 639-2 code; undefined when the encoder sets none. */
  readonly language: string | undefined;
  /** Defaults from `trex`, for samples without values of their own. */
  readonly defaults: { readonly sampleTicks: number; readonly sampleFlags: number };
}

/** A video track; sizes in pixels. */
export interface VideoFormat extends AnyFormat {
  readonly kind: 'video';
  readonly width: number;
  readonly height: number;
}

/** An audio track. */
export interface AudioFormat extends AnyFormat {
  readonly kind: 'audio';
  readonly channels: number;
  readonly sampleRate: number;
  /** Name for the player's menu; undefined when the encoder sets none. */
  readonly title?: string | undefined;
}

/** Start of one run of an encoder on air; all of its fragments share it. */
export interface SessionStart {
  /** Its tracks, in the order in which the encoder opened them. A late track is appended when it opens. */
  readonly tracks: readonly string[];
  /** The video track whose keyframes decide where segments begin. */
  readonly leader: string;
  /** Earliest start of its media, in seconds: never before the end of the previous session. */
  readonly startSeconds: number;
  /** True when players must start a new decoder, because an init segment changed since the previous session. */
  readonly discontinuity: boolean;
}

/** A CMAF chunk (`moof` and `mdat`), moved onto the channel's timeline. LL-HLS lists it as a part. */
export interface Fragment {
  /** Position among all fragments of its track, over all sessions. */
  readonly ordinal: number;
  readonly session: SessionStart;
  readonly format: TrackFormat;
  readonly startTicks: number;
  readonly durationTicks: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly samples: number;
  /** True when it starts with a keyframe, so that it can be decoded alone. */
  readonly independent: boolean;
  readonly data: MovableBytes;
}

/** Beginning of a segment in all tracks: the same number is the same time. */
export interface Cut {
  readonly number: number;
  /** Number of EXT-X-GAP entries before it, for the time in which nothing was sent. */
  readonly gapEntries: number;
  /** Its media sequence number: `number` plus all gap entries before it. */
  readonly sequence: number;
  readonly startSeconds: number;
  readonly session: SessionStart;
  /** True when players must start a new decoder at this segment. */
  readonly discontinuity: boolean;
  /** Number of discontinuities up to and including this cut. */
  readonly discontinuities: number;
}

/** A segment of one track. Without fragments it is a gap: the track sent nothing in that time. */
export interface TrackSegment {
  readonly number: number;
  readonly fragments: readonly Fragment[];
}

/** Returns the length of a fragment in seconds. */
export function fragmentSeconds(fragment: Fragment): number {
  return fragment.durationTicks / fragment.format.timescale;
}
