/**
 * What the packager holds in memory: tracks of CMAF fragments on one timeline. Times are seconds since the channel's
 * first media; `Ticks` are whole units of a track's own timescale.
 */

/** What an init segment says of a track. */
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
  /** The most bits/s that the encoder promises; 0 when it says nothing. */
  readonly declaredBitrate: number;
  /** ISO 639-2 code; undefined when the encoder says none. */
  readonly language: string | undefined;
  /** What `trex` says of samples that say nothing themselves. */
  readonly defaults: { readonly sampleTicks: number; readonly sampleFlags: number };
}

/** A picture track; sizes in pixels. */
export interface VideoFormat extends AnyFormat {
  readonly kind: 'video';
  readonly width: number;
  readonly height: number;
}

/** A sound track. */
export interface AudioFormat extends AnyFormat {
  readonly kind: 'audio';
  readonly channels: number;
  readonly sampleRate: number;
  /** What players call it; undefined when the encoder says nothing of its own. */
  readonly title?: string | undefined;
}

/** One run of an encoder, once it is on air: what all its fragments have in common. */
export interface SessionStart {
  /** Its tracks, in the order in which the encoder opened them; one that is opened late joins the list late. */
  readonly tracks: readonly string[];
  /** The video track whose keyframes decide where segments begin. */
  readonly leader: string;
  /** Where its media may begin, in seconds: never before the end of the session before it. */
  readonly startSeconds: number;
  /** Whether players must start a new decoder: an init segment is not the one of the session before. */
  readonly discontinuity: boolean;
}

/** A CMAF chunk (`moof` and `mdat`) as the encoder sent it, moved onto the channel's timeline. It is an LL-HLS part. */
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
  /** Starts with a keyframe: decodable without what was before it. */
  readonly independent: boolean;
  readonly data: Buffer;
}

/** Where a segment begins, in all tracks: the same number is the same time. */
export interface Cut {
  readonly number: number;
  /** How many EXT-X-GAP entries stand before it: nothing was sent for the time before it. */
  readonly gapEntries: number;
  /** Its media sequence number: `number` and all the gap entries up to here. */
  readonly sequence: number;
  readonly startSeconds: number;
  readonly session: SessionStart;
  /** Whether players must start a new decoder here. */
  readonly discontinuity: boolean;
  /** How many discontinuities there were up to here, this one included. */
  readonly discontinuities: number;
}

/** A segment of one track. Without fragments it is a gap: the track had nothing to send in that time. */
export interface TrackSegment {
  readonly number: number;
  readonly fragments: readonly Fragment[];
}

/** Length of a fragment in seconds. */
export function fragmentSeconds(fragment: Fragment): number {
  return fragment.durationTicks / fragment.format.timescale;
}
