import { cronField, WEEKDAY_NAMES } from './cron-field';

const DAY_OF_MONTH = { name: 'day of the month', least: 1, most: 31 };
const DAY_OF_WEEK = { name: 'day of the week', least: 1, most: 7, names: WEEKDAY_NAMES };

/** The days of a month, ascending; months count from 1. */
export type Days = (year: number, month: number) => readonly number[];

/**
 * Reads the two fields about days. One of them is `?`; the other counts.
 *
 * @throws Error that names the rule.
 */
export function cronDays(day: string, weekday: string): Days {
  if ((day === '?') === (weekday === '?')) {
    throw new Error('exactly one of day-of-month and day-of-week must be "?"');
  }
  return day === '?' ? weekdays(weekday) : daysOfMonth(day);
}

/** Reads days of the month: also `L` (the last), `15W` (the working day nearest to the 15th), `LW` (the last working day). */
function daysOfMonth(text: string): Days {
  const nearest = /^(\d{1,2}|L)W$/i.exec(text)?.[1]?.toUpperCase();
  if (nearest === 'L') return (year, month) => [workingDay(year, month, lastDay(year, month))];
  if (nearest !== undefined) {
    const [wanted = 0] = cronField(nearest, DAY_OF_MONTH);
    return (year, month) => (wanted > lastDay(year, month) ? [] : [workingDay(year, month, wanted)]);
  }
  if (text.toUpperCase() === 'L') return (year, month) => [lastDay(year, month)];
  const days = cronField(text, DAY_OF_MONTH);
  return (year, month) => days.filter((day) => day <= lastDay(year, month));
}

/** Reads days of the week, from Sunday = 1: also `L` (Saturday), `5L` (the last Thursday of the month), `5#2` (its second). */
function weekdays(text: string): Days {
  const last = /^(\w+)L$/i.exec(text)?.[1];
  if (last !== undefined) {
    const wanted = one(last);
    return (year, month) => every(year, month, wanted).slice(-1);
  }
  const [, which, nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (which !== undefined) {
    const wanted = one(which);
    return (year, month) => every(year, month, wanted).slice(Number(nth) - 1, Number(nth));
  }
  const wanted = text.toUpperCase() === 'L' ? [7] : cronField(text, DAY_OF_WEEK);
  return (year, month) => {
    const days = Array.from({ length: lastDay(year, month) }, (_, index) => index + 1);
    return days.filter((day) => wanted.includes(weekdayOf(year, month, day)));
  };
}

function one(text: string): number {
  return cronField(text, DAY_OF_WEEK)[0] ?? 0;
}

function every(year: number, month: number, weekday: number): readonly number[] {
  const first = 1 + ((weekday - weekdayOf(year, month, 1) + 7) % 7);
  return [0, 7, 14, 21, 28].map((days) => first + days).filter((day) => day <= lastDay(year, month));
}

/** Finds the day from Monday to Friday that is nearest to a day, within its month. */
function workingDay(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day);
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === lastDay(year, month) ? day - 2 : day + 1;
  return day;
}

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
