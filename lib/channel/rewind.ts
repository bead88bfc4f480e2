import { z } from 'zod';
import { isLatency, streamTiming } from './latency';
import type { Report } from './rule';

/**
 * Longest rewind, in minutes. MediaPackage keeps up to 14 days, but every player fetches the whole long manifest again
 * with every segment: four hours of 4 s segments are 3,600 entries. Longer shows are for their recording. Above 15
 * minutes, an account needs a higher quota for the length of a live manifest, which AWS raises on request.
 *
 * @see https://www.mux.com/docs (DVR beyond four hours is discouraged there)
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/start-and-end-parameters-rules.html
 */
const MOST_MINUTES = 240;

/** How far back viewers may go while a channel is live, in minutes. */
export const rewindSchema = z.int().min(2).max(MOST_MINUTES);

/** The parts of a channel that its rewind must fit, as far as they were given. */
interface Described {
  readonly rewind?: number | undefined;
  readonly latency?: unknown;
}

/** Refuses a rewind that reaches no further back than the live manifest does. */
export function rewindProblems({ rewind, latency }: Described, problem: Report): void {
  if (rewind === undefined || !isLatency(latency)) return;
  const { manifestWindowSeconds } = streamTiming(latency);
  if (rewind * 60 > manifestWindowSeconds) return;
  problem(
    ['rewind'],
    `${rewind} was given, in minutes; the live manifest lists ${manifestWindowSeconds} s already: give more, or leave it out`,
  );
}
