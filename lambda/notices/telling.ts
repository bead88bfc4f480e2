/** Recent notices of one alarm, as a tag of the channel remembers them. */
export interface Told {
  /** When the hour began that the notices are counted in, in milliseconds since 1970. */
  readonly since: number;
  /** How many times the alarm was raised in that hour. */
  readonly count: number;
}

/** Decision about a change of an alarm. */
export interface Telling {
  /** `flapping`: one last message that says so. */
  readonly say: 'yes' | 'no' | 'flapping';
  /** Count to remember. */
  readonly told: Told;
}

const HOUR = 3_600_000;
/** An alarm is told of so many times an hour, with its end each time; then once that it flaps. */
const TIMES_AN_HOUR = 2;

/**
 * Decides whether people are told. Of an alarm that goes up and down they hear at most five times an hour.
 *
 * @param told - what was told before; undefined when nothing was.
 */
export function telling(told: Told | undefined, state: 'ALARM' | 'OK', now: number): Telling {
  const current = told === undefined || now - told.since >= HOUR ? { since: now, count: 0 } : told;
  if (state === 'OK') {
    // An alarm that was raised before this hour began was told of, so its end is as well.
    return { say: current.count <= TIMES_AN_HOUR ? 'yes' : 'no', told: current };
  }
  const next = { since: current.since, count: current.count + 1 };
  if (next.count <= TIMES_AN_HOUR) return { say: 'yes', told: next };
  return { say: next.count === TIMES_AN_HOUR + 1 ? 'flapping' : 'no', told: next };
}

/** Writes what was told as the value of a tag: `2026-11-28T20:14:25.490Z 2`. */
export function toldText({ since, count }: Told): string {
  return `${new Date(since).toISOString()} ${count}`;
}

/** Reads the value of a tag; undefined for what is no such value. */
export function readTold(text: string | undefined): Told | undefined {
  const [, date = '', count = ''] = /^(\S+) (\d+)$/.exec(text ?? '') ?? [];
  const since = Date.parse(date);
  return Number.isNaN(since) ? undefined : { since, count: Number(count) };
}
