/** A question to the viewers of a channel. Times are seconds since 1970. */
export interface Poll {
  /** Random, so that only those who have seen the question know it. */
  readonly id: string;
  readonly channel: string;
  readonly question: string;
  readonly options: readonly string[];
  readonly startsAt: number;
  /** End on the screen of a viewer without delay. */
  readonly closesAt: number;
  /** Secret of the poll, with which its viewers are hashed. */
  readonly salt: string;
}

/**
 * Time after the end for which votes count. Viewers see the question as much later as they are behind the encoder.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html
 */
export const LATE_SECONDS = 60;

/** Time for which a poll and its votes are kept after its end: a week. */
export const KEPT_SECONDS = 7 * 24 * 3600;

/** Tells whether votes no longer count. */
export function isClosed({ closesAt }: Poll, now: number): boolean {
  return now > closesAt + LATE_SECONDS;
}
