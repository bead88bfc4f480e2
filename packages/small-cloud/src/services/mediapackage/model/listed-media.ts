import type { Endpoint } from './endpoint';
import { type Fragment, fragmentSeconds, type TrackSegment } from './media';
import type { Segmenter } from './segmenter';

/** What a manifest is made of. */
export interface View {
  readonly endpoint: Endpoint;
  readonly segmenter: Segmenter;
  /** Wall clock of time 0 of the timeline, in seconds. */
  readonly epochSeconds: number;
}

/** RFC 8216, 6.2.2: a live playlist must list at least three target durations. */
const LEAST_SEGMENTS = 3;
/** Segments do not add up to a window to the millisecond; one that begins this little before it still counts. */
const TOLERANCE_SECONDS = 0.1;

/**
 * The tracks of the newest session of which there is a whole segment, in the encoder's order; empty before there is one.
 * A player reads the list of tracks once, so it must not see half of them: a session counts when each of its tracks has
 * a whole segment, or when three segments have begun.
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

/** The number of the first segment of a window that ends at the newest whole segment; the same for all tracks. */
export function windowStart(segmenter: Segmenter, windowSeconds: number): number {
  const { cuts } = segmenter;
  const end = cuts.at(-1);
  if (!end) return 0;
  const first = cuts.find(({ startSeconds }) => startSeconds >= end.startSeconds - windowSeconds - TOLERANCE_SECONDS);
  return Math.max(Math.min(first?.number ?? end.number, end.number - LEAST_SEGMENTS), cuts[0]?.number ?? 0);
}

/** The whole segments of a track from a number on. */
export function wholeSegments(segmenter: Segmenter, track: string, from: number): readonly TrackSegment[] {
  const last = segmenter.lastComplete(track) ?? -1;
  return segmenter.segments(track).filter(({ number }) => number >= from && number <= last);
}

/** The newest fragment of a track. */
export function newestFragment(segmenter: Segmenter, track: string): Fragment | undefined {
  return segmenter.segments(track).at(-1)?.fragments.at(-1);
}

/**
 * The fragment with the most frames for its length: it has the frame rate of the track, where an encoder has left out
 * frames of others.
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

/** Length of a segment in seconds; of a gap, what the other tracks have there. */
export function segmentSeconds(segmenter: Segmenter, { number, fragments }: TrackSegment): number {
  if (fragments.length > 0) return fragments.reduce((sum, fragment) => sum + fragmentSeconds(fragment), 0);
  const [cut, next] = [segmenter.cutOf(number), segmenter.cutOf(number + 1)];
  if (!cut || !next) return segmenter.targetSeconds;
  return Math.min(next.startSeconds - cut.startSeconds, segmenter.targetSeconds);
}

/** The bits/s of a track over some segments: of the heaviest one, and of all. Gaps do not count. */
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
