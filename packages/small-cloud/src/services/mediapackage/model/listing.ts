import type { Cut } from './media';
import type { Segmenter } from './segmenter';
import type { Listing, TimeShift, View } from './view';

/** A live playlist must list at least three target durations (RFC 8216, 6.2.2). */
const LEAST_SEGMENTS = 3;
/** Segments do not add up to a window exactly. A segment that begins this little before the window still counts. */
const TOLERANCE_SECONDS = 0.1;

/** Selects the segments of a manifest whose own window is `windowSeconds`; undefined when there are none. */
export function listing(view: View, windowSeconds: number): Listing | undefined {
  const { segmenter, shift = {} } = view;
  const last = lastNumber(segmenter, shift);
  if (shift.startSeconds === undefined) {
    const first = windowStart(segmenter, shift.windowSeconds ?? windowSeconds, last);
    return first > last
      ? undefined
      : { first, last, kind: shift.endSeconds === undefined ? 'window' : kindOf(view, last) };
  }
  const { startSeconds } = shift;
  const first = segmenter.cuts.find((cut) => endOf(segmenter, cut) > startSeconds + TOLERANCE_SECONDS)?.number;
  if (first === undefined || first > last) return undefined;
  return { first, last, kind: shift.endSeconds === undefined ? 'open' : kindOf(view, last) };
}

/** Returns the number of the first segment in a window that ends at a segment; the same for all tracks. */
function windowStart(segmenter: Segmenter, windowSeconds: number, last: number): number {
  const { cuts } = segmenter;
  const end = segmenter.cutOf(last) ?? cuts.at(-1);
  if (!end) return 0;
  const first = cuts.find(({ startSeconds }) => startSeconds >= end.startSeconds - windowSeconds - TOLERANCE_SECONDS);
  return Math.max(Math.min(first?.number ?? end.number, end.number - LEAST_SEGMENTS), cuts[0]?.number ?? 0);
}

/** Returns the number of the last segment that may be listed: -1 for none, Infinity for the newest one. */
function lastNumber(segmenter: Segmenter, { endSeconds, delaySeconds = 0, closed }: TimeShift): number {
  const { cuts, edgeSeconds } = segmenter;
  let last = Number.POSITIVE_INFINITY;
  if (endSeconds !== undefined && endSeconds < edgeSeconds) {
    last = cuts.findLast((cut) => cut.startSeconds < endSeconds - TOLERANCE_SECONDS)?.number ?? -1;
  }
  if (closed) last = Math.min(last, newestWhole(segmenter));
  if (delaySeconds <= 0) return last;
  const available = edgeSeconds - delaySeconds + TOLERANCE_SECONDS;
  return Math.min(last, cuts.findLast((cut) => endOf(segmenter, cut) <= available)?.number ?? -1);
}

/** A manifest with an end is complete once its last segment is. */
function kindOf({ segmenter, shift = {} }: View, last: number): 'event' | 'vod' {
  const { endSeconds = Number.POSITIVE_INFINITY, delaySeconds = 0, closed } = shift;
  if (closed) return 'vod';
  if (!Number.isFinite(last) || segmenter.edgeSeconds - delaySeconds < endSeconds) return 'event';
  const session = segmenter.cutOf(last)?.session;
  const whole = session?.tracks.every((track) => {
    const complete = segmenter.lastComplete(track);
    return complete === undefined || complete >= last;
  });
  return whole ? 'vod' : 'event';
}

/** Returns the number of the newest segment that is whole in the tracks of its session; -1 without one. */
function newestWhole(segmenter: Segmenter): number {
  const session = segmenter.cuts.at(-1)?.session;
  const whole = session?.tracks.flatMap((track) => segmenter.lastComplete(track) ?? []) ?? [];
  return whole.length > 0 ? Math.max(...whole) : -1;
}

/** Returns the end of a segment's media in its leader, in seconds. */
function endOf(segmenter: Segmenter, { number, session, startSeconds }: Cut): number {
  const segments = segmenter.segments(session.leader);
  return segments[number - (segments[0]?.number ?? 0)]?.fragments.at(-1)?.endSeconds ?? startSeconds;
}
