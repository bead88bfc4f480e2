/** Number of times that an alarm was raised in an hour. A tag of the channel keeps it. */
export interface AlarmCount {
  /** Beginning of the hour, in milliseconds since 1970. */
  readonly since: number;
  readonly count: number;
}

/** Decision about one change of an alarm. */
export interface NoticeDecision {
  /** `last`: send it, and say that no further one follows in this hour. */
  readonly send: 'yes' | 'no' | 'last';
  /** Count to keep for the next change. */
  readonly counted: AlarmCount;
}

const HOUR = 3_600_000;
/** Notices of an alarm in an hour, each with a notice of its end. One more says that no further one follows. */
const NOTICES_AN_HOUR = 2;

/**
 * Decides whether a change of an alarm is worth a notice. An alarm that flaps for an hour makes five notices at most.
 *
 * @param before - the count so far; undefined when the alarm was never raised.
 */
export function noticeDecision(before: AlarmCount | undefined, state: 'ALARM' | 'OK', now: number): NoticeDecision {
  const current = before === undefined || now - before.since >= HOUR ? { since: now, count: 0 } : before;
  if (state === 'OK') {
    // An alarm that was raised before this hour began has had its notice, so its end gets one as well.
    return { send: current.count <= NOTICES_AN_HOUR ? 'yes' : 'no', counted: current };
  }
  const counted = { since: current.since, count: current.count + 1 };
  if (counted.count <= NOTICES_AN_HOUR) return { send: 'yes', counted };
  return { send: counted.count === NOTICES_AN_HOUR + 1 ? 'last' : 'no', counted };
}

/** Writes a count as the value of a tag: `2026-11-28T20:14:25.490Z 2`. */
export function tagOfCount({ since, count }: AlarmCount): string {
  return `${new Date(since).toISOString()} ${count}`;
}

/** Reads a count from the value of a tag; undefined for any other text. */
export function countOfTag(text: string | undefined): AlarmCount | undefined {
  const [, date = '', count = ''] = /^(\S+) (\d+)$/.exec(text ?? '') ?? [];
  const since = Date.parse(date);
  return Number.isNaN(since) ? undefined : { since, count: Number(count) };
}
