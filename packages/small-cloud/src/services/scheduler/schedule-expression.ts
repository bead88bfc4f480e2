import { cron, nextOf } from './cron';
import type { TimeZone } from './time-zone';

/** The times at which a schedule is due. */
export interface Occurrences {
  /** True when it is due only once, whatever the schedule's first and last dates are. */
  readonly once: boolean;
  /**
   * The first time after an instant; undefined when there is none.
   *
   * @param anchor - the beginning of the schedule. A rate counts from it and is due at it for the first time.
   */
  next(after: number, anchor: number): number | undefined;
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)` or `at(2026-11-24T09:00:00)`. A day of a rate has 24 hours.
 *
 * @throws Error in EventBridge Scheduler's words, with the reason.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function scheduleExpression(text: string, zone: TimeZone): Occurrences {
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(text) ?? [];
  try {
    if (kind === 'rate') return rate(inside);
    if (kind === 'at') return at(inside, zone);
    if (kind === 'cron') {
      const expression = cron(inside);
      return { once: false, next: (after, anchor) => nextOf(expression, zone, Math.max(after, anchor - 1)) };
    }
    throw new Error('rate(…), cron(…) or at(…) is needed');
  } catch (error) {
    throw new Error(`Invalid Schedule Expression ${text}. ${error instanceof Error ? error.message : error}.`);
  }
}

function rate(inside: string): Occurrences {
  const [, value, unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inside) ?? [];
  const length = UNITS[unit];
  if (length === undefined) throw new Error('a positive number of minutes, hours or days is needed');
  const every = Number(value) * length;
  return {
    once: false,
    next: (after, anchor) => anchor + Math.max(0, Math.floor((after - anchor) / every) + 1) * every,
  };
}

function at(inside: string, zone: TimeZone): Occurrences {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside) ? Date.parse(`${inside}Z`) : Number.NaN;
  if (Number.isNaN(wall)) throw new Error('a time like 2026-11-24T09:00:00 is needed');
  const due = zone.instant(wall);
  return { once: true, next: (after) => (due !== undefined && due > after ? due : undefined) };
}
