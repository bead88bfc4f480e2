import { cronDays, type Days } from './cron-days';
import { cronField, MONTH_NAMES } from './cron-field';
import type { TimeZone, WallTime } from './time-zone';

/** A cron expression: the times that the clocks on the walls show when it is due. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly years: readonly number[];
  readonly days: Days;
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const YEARS = { least: 1970, most: 2199 } as const;

/**
 * Reads the six fields between the parentheses of `cron(…)`: minutes, hours, day of the month, month, day of the week,
 * year.
 *
 * @throws Error that says which field is wrong, and how.
 */
export function cron(text: string): Cron {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', day = '', months = '', weekday = '', years = ''] = fields;
  if (fields.length !== 6) throw new Error(`six fields are needed, ${fields.length} were given`);
  return {
    minutes: cronField(minutes, 'minutes', 0, 59),
    hours: cronField(hours, 'hours', 0, 23),
    months: cronField(months, 'month', 1, 12, MONTH_NAMES),
    years: cronField(years, 'year', YEARS.least, YEARS.most),
    days: cronDays(day, weekday),
  };
}

/**
 * The next time that a cron expression is due, after an instant. A time that a zone's clocks skip is skipped; of one
 * that they show twice, the first counts.
 *
 * @returns milliseconds since 1970; undefined when it never is.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextOf(expression: Cron, zone: TimeZone, after: number): number | undefined {
  // Nothing before that is due, not even where clocks are put back: what they show again has had its turn.
  const begin = zone.wallTime(after);
  for (const year of expression.years) {
    if (year < new Date(begin).getUTCFullYear()) continue;
    for (const month of expression.months) {
      for (const day of expression.days(year, month)) {
        if (Date.UTC(year, month - 1, day + 1) <= begin) continue;
        const times = timesOf(expression, Date.UTC(year, month - 1, day)).filter((wall) => wall > begin);
        const found = firstAfter(after, times, zone);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function timesOf({ hours, minutes }: Cron, day: WallTime): readonly WallTime[] {
  return hours.flatMap((hour) => minutes.map((minute) => day + (hour * 60 + minute) * 60_000));
}

function firstAfter(after: number, times: readonly WallTime[], zone: TimeZone): number | undefined {
  for (const wall of times) {
    const instant = zone.instant(wall);
    if (instant !== undefined && instant > after) return instant;
  }
  return undefined;
}
