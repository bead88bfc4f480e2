import type { Endpoint } from './endpoint';
import { type Fragment, fragmentSeconds, type TrackFormat, type TrackSegment } from './media';
import type { Segmenter } from './segmenter';

/** The source of a manifest: its endpoint, and the channel cut into that endpoint's segments. */
export interface View {
  readonly endpoint: Endpoint;
  readonly segmenter: Segmenter;
  /** Wall clock of time 0 of the timeline, in seconds. */
  readonly epochSeconds: number;
}

/** A live playlist must list at least three target durations (RFC 8216, 6.2.2). */
const LEAST_SEGMENTS = 3;
/** Segments do not add up to a window exactly. A segment that begins this little before the window still counts. */
const TOLERANCE_SECONDS = 0.1;

/**
 * Lists the tracks of the newest session with a whole segment, in the encoder's order; empty before the first segment.
 * A player reads this list once, so it must be complete: a session counts when each of its tracks has a whole segment,
 * or when three segments have begun.
 */
export function listedTracks(segmenter: Segmenter): readonly string[] {
  const sessions = [...new Set(segmenter.cuts.map(({ session }) => session))].reverse();
  for (const session of sessions) {
    const own = segmenter.cuts.filter((cut) => cut.session === session);
    const first = own[0]?.number ?? 0;
    const whole = session.tracks.filter((track) => (segmenter.lastComplete(track) ?? -1) >= first);
    const over = session !== sessions[0];
    if (whole.length === session.tracks.length || own.length > LEAST_SEGMENTS) return whole;
    if (over && whole.includes(session.leader)) return whole;
  }
  return [];
}

/** Returns the number of the first segment in a window that ends at the newest one; the same for all tracks. */
export function windowStart(segmenter: Segmenter, windowSeconds: number): number {
  const { cuts } = segmenter;
  const end = cuts.at(-1);
  if (!end) return 0;
  const first = cuts.find(({ startSeconds }) => startSeconds >= end.startSeconds - windowSeconds - TOLERANCE_SECONDS);
  return Math.max(Math.min(first?.number ?? end.number, end.number - LEAST_SEGMENTS), cuts[0]?.number ?? 0);
}

/** Lists the whole segments of a track, from a number on. */
export function wholeSegments(segmenter: Segmenter, track: string, from: number): readonly TrackSegment[] {
  const last = segmenter.lastComplete(track) ?? -1;
  return segmenter.segments(track).filter(({ number }) => number >= from && number <= last);
}

/** Finds the newest fragment of a track. */
export function newestFragment(segmenter: Segmenter, track: string): Fragment | undefined {
  return segmenter.segments(track).at(-1)?.fragments.at(-1);
}

/**
 * Finds the fragment with the most frames for its length. It has the frame rate of the track even when the encoder
 * dropped frames of others.
 */
export function fullestFragment(segments: readonly TrackSegment[]): Fragment | undefined {
  const rate = ({ samples, durationTicks }: Fragment) => samples / durationTicks;
  return segments
    .flatMap(({ fragments }) => fragments)
    .reduce<Fragment | undefined>(
      (most, one) => (most === undefined || rate(one) > rate(most) ? one : most),
      undefined,
    );
}

/** Returns the length of a segment in seconds; for a gap, the length of that segment in the other tracks. */
export function segmentSeconds(segmenter: Segmenter, { number, fragments }: TrackSegment): number {
  if (fragments.length > 0) return fragments.reduce((sum, fragment) => sum + fragmentSeconds(fragment), 0);
  const [cut, next] = [segmenter.cutOf(number), segmenter.cutOf(number + 1)];
  if (!cut || !next) return segmenter.targetSeconds;
  return Math.min(next.startSeconds - cut.startSeconds, segmenter.targetSeconds);
}

/** Measures the bits/s of segments: the highest of any one, and the average over all. Gaps do not count. */
export function bitrates(segments: readonly TrackSegment[]): { readonly peak: number; readonly average: number } {
  const sizes = segments.flatMap(({ fragments }) => {
    const seconds = fragments.reduce((sum, fragment) => sum + fragmentSeconds(fragment), 0);
    const bits = fragments.reduce((sum, { data }) => sum + data.length * 8, 0);
    return seconds > 0 ? [{ seconds, bits }] : [];
  });
  const seconds = sizes.reduce((sum, size) => sum + size.seconds, 0);
  return {
    peak: Math.ceil(Math.max(0, ...sizes.map((size) => size.bits / size.seconds))),
    average: seconds > 0 ? Math.ceil(sizes.reduce((sum, size) => sum + size.bits, 0) / seconds) : 0,
  };
}

/** Returns the first second of the channel's media: a number that differs each time that the channel starts. */
export function channelEpoch({ epochSeconds }: View): number {
  return Math.floor(epochSeconds);
}

/** Returns the kind of a track; undefined before its first media. */
export function trackKind(segmenter: Segmenter, track: string): TrackFormat['kind'] | undefined {
  return segmenter.segments(track).findLast(({ fragments }) => fragments.length > 0)?.fragments[0]?.format.kind;
}
