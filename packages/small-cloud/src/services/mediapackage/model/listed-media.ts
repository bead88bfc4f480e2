import { type Fragment, fragmentSeconds, type TrackFormat, type TrackSegment } from './media';
import type { Segmenter } from './segmenter';
import type { Listing, View } from './view';

/** Number of segments after which a session without some of its tracks is listed without them. */
const PATIENCE_SEGMENTS = 3;

/**
 * Lists the tracks of the newest session with a whole segment, in the encoder's order; empty before the first segment.
 * A player reads this list once, so it must be complete: a session counts when each of its tracks has a whole segment,
 * or when three segments have begun.
 *
 * @param last - number of the newest segment that counts.
 */
export function listedTracks(segmenter: Segmenter, last = Number.POSITIVE_INFINITY): readonly string[] {
  const { cuts } = segmenter;
  let end = cuts.length;
  while (end > 0 && (cuts[end - 1]?.number ?? 0) > last) end--;
  for (let over = end < cuts.length; end > 0; over = true) {
    const session = cuts[end - 1]?.session;
    if (!session) return [];
    let start = end - 1;
    while (start > 0 && cuts[start - 1]?.session === session) start--;
    const first = cuts[start]?.number ?? 0;
    const whole = session.tracks.filter((track) => (segmenter.lastComplete(track) ?? -1) >= first);
    if (whole.length === session.tracks.length || end - start > PATIENCE_SEGMENTS) return whole;
    if (over && whole.includes(session.leader)) return whole;
    end = start;
  }
  return [];
}

/** Lists the whole segments of a track that a listing contains. */
export function wholeSegments(
  segmenter: Segmenter,
  track: string,
  { first, last }: Pick<Listing, 'first' | 'last'>,
): readonly TrackSegment[] {
  return segmentsBetween(segmenter, track, { first, last: Math.min(last, segmenter.lastComplete(track) ?? -1) });
}

/** Lists the segments of a track that a listing contains; the newest may be incomplete. */
export function segmentsBetween(
  segmenter: Segmenter,
  track: string,
  { first, last }: Pick<Listing, 'first' | 'last'>,
): readonly TrackSegment[] {
  const segments = segmenter.segments(track);
  const oldest = segments[0]?.number ?? 0;
  return last < first ? [] : segments.slice(Math.max(0, first - oldest), Math.max(0, last - oldest + 1));
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
  let most: Fragment | undefined;
  for (const { fragments } of segments) {
    for (const one of fragments) if (most === undefined || rate(one) > rate(most)) most = one;
  }
  return most;
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
  const all = { seconds: 0, bits: 0 };
  let peak = 0;
  for (const { fragments } of segments) {
    const seconds = fragments.reduce((sum, fragment) => sum + fragmentSeconds(fragment), 0);
    const bits = fragments.reduce((sum, { data }) => sum + data.length * 8, 0);
    if (seconds <= 0) continue;
    peak = Math.max(peak, bits / seconds);
    all.seconds += seconds;
    all.bits += bits;
  }
  return { peak: Math.ceil(peak), average: all.seconds > 0 ? Math.ceil(all.bits / all.seconds) : 0 };
}

/** Returns the first second of the channel's media: a number that differs each time that the channel starts. */
export function channelEpoch({ epochSeconds }: View): number {
  return Math.floor(epochSeconds);
}

/** Returns the kind of a track; undefined before its first media. */
export function trackKind(segmenter: Segmenter, track: string): TrackFormat['kind'] | undefined {
  return segmenter.segments(track).findLast(({ fragments }) => fragments.length > 0)?.fragments[0]?.format.kind;
}
