import { cronDays, type Days } from './cron-days';
import { cronField, MONTH_NAMES } from './cron-field';
import type { TimeZone, WallTime } from './time-zone';

/** A cron expression: the local times at which it is due. */
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
 * @throws Error that names the field and what is wrong with it.
 */
export function cron(text: string): Cron {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', day = '', months = '', weekday = '', years = ''] = fields;
  if (fields.length !== 6) throw new Error(`six fields are needed, ${fields.length} were given`);
  return {
    minutes: cronField(minutes, { name: 'minutes', least: 0, most: 59 }),
    hours: cronField(hours, { name: 'hours', least: 0, most: 23 }),
    months: cronField(months, { name: 'month', least: 1, most: 12, names: MONTH_NAMES }),
    years: cronField(years, { name: 'year', ...YEARS }),
    days: cronDays(day, weekday),
  };
}

/**
 * Finds the next time that a cron expression is due, after an instant. A local time that clocks skip is skipped; of one that
 * they show twice, the first counts.
 *
 * @returns milliseconds since 1970; undefined when it is never due again.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextOf(expression: Cron, zone: TimeZone, after: number): number | undefined {
  // No earlier local time is due, even where clocks are set back and show it again.
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
