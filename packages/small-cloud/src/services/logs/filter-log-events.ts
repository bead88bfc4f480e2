import type { LogEvent } from './log-store';

/** Input of FilterLogEvents. Times are in milliseconds since 1970. */
export interface Filter {
  readonly startTime: number;
  readonly endTime: number;
  readonly limit: number;
  /** Where the page before ended. */
  readonly nextToken: string | undefined;
}

/** Lines that CloudWatch Logs gives in one page at most. */
export const MOST_LINES = 10_000;

/**
 * Answers FilterLogEvents: lines in the order of their times, in pages.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function filterLogEvents(events: readonly LogEvent[], { startTime, endTime, limit, nextToken }: Filter) {
  const within = events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
  const from = nextToken === undefined ? 0 : within.findIndex(({ id }) => id === nextToken);
  const page = within.slice(Math.max(0, from), Math.max(0, from) + limit);
  const next = within[Math.max(0, from) + limit];
  return {
    events: page.map(({ timestamp, message, stream, id }) => ({
      timestamp,
      ingestionTime: timestamp,
      message,
      logStreamName: stream,
      eventId: id,
    })),
    searchedLogStreams: [],
    ...(next === undefined ? {} : { nextToken: next.id }),
  };
}
