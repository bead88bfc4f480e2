import { z } from 'zod';
import { explain, stringThat } from './field';
import { rule } from './rule';

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

const timeOfDay = stringThat((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time), 'a time of day such as 18:30');
const date = stringThat(isDate, 'a date such as 2026-12-24');

const show = z.strictObject({
  on: z.union([z.array(z.enum(DAYS)).min(1).max(7), date]),
  start: timeOfDay.optional(),
  stop: timeOfDay.optional(),
});

explain(show.shape, {
  on: {
    what: "Days of the week (`['FRI', 'SAT']`), or one date (`'2026-12-24'`).",
    effect:
      'Leave out a show whose date has passed: AWS does not document how EventBridge Scheduler treats it when the stack is made.',
  },
  start: {
    what: 'When the channel is started. Left out: an operator starts it.',
    effect: 'A start takes up to three minutes, now and then ten: leave that much time before the first frame.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/starting-stopping-deleting-a-channel.html',
  },
  stop: {
    what: 'When the channel is stopped: on the next day if that is not after `start`. Left out: an operator stops it, or `autoStop` does.',
  },
});

const startOrStop = rule<z.infer<typeof show>>((_, problem, { start, stop }) => {
  if (start === undefined && stop === undefined) {
    problem([], 'neither start nor stop is given; a time to do one of them is needed');
  }
});

/** When a channel is started and stopped automatically. */
export const scheduleSchema = z.strictObject({
  timeZone: stringThat(isTimeZone, 'an IANA time zone such as Europe/Berlin'),
  shows: z.array(show.check(startOrStop)).min(1).max(20),
});

explain(scheduleSchema.shape, {
  timeZone: {
    what: 'IANA time zone of the times; summer time is followed.',
    see: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html',
  },
  shows: { what: 'When the channel is on air.' },
});

/** The schedule of a channel, as described. */
export type Schedule = z.infer<typeof scheduleSchema>;

/** One entry of EventBridge Scheduler. */
export interface ScheduleEntry {
  readonly act: 'start' | 'stop';
  /** `cron(30 18 ? * FRI,SAT *)` or `at(2026-12-24T18:30:00)`. */
  readonly expression: string;
  /** Minutes after its time in which it may still be done. A show that is shorter than this is not started after its end. */
  readonly withinMinutes: number;
}

/** The longest that a start may take. @see https://docs.aws.amazon.com/medialive/latest/ug/starting-stopping-deleting-a-channel.html */
const LATEST_MINUTES = 15;

/**
 * Expresses a schedule as EventBridge Scheduler takes it.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function scheduleEntries({ shows }: Schedule): readonly ScheduleEntry[] {
  return shows.flatMap(({ on, start, stop }) => {
    const entries: ScheduleEntry[] = [];
    if (start !== undefined) {
      entries.push({ act: 'start', expression: expression(on, start, 0), withinMinutes: minutesOn(start, stop) });
    }
    if (stop !== undefined) {
      const overnight = start !== undefined && stop <= start;
      entries.push({
        act: 'stop',
        expression: expression(on, stop, overnight ? 1 : 0),
        withinMinutes: LATEST_MINUTES,
      });
    }
    return entries;
  });
}

/** Returns the length of the longest show that has both a start and a stop, in minutes; 0 where none has. */
export function longestShowMinutes({ shows }: Schedule): number {
  const lengths = shows.map(({ start, stop }) =>
    start === undefined || stop === undefined ? 0 : lengthOf(start, stop),
  );
  return Math.max(0, ...lengths);
}

/** Minutes that a show lasts, at most as long as a start may take. */
function minutesOn(start: string, stop: string | undefined): number {
  return stop === undefined ? LATEST_MINUTES : Math.min(LATEST_MINUTES, lengthOf(start, stop));
}

/** Minutes from one time of day to another, on the next day if that is not later. */
function lengthOf(start: string, stop: string): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const day = 24 * 60;
  return (minutes(stop) - minutes(start) + day) % day || day;
}

function expression(on: Schedule['shows'][number]['on'], time: string, daysLater: number): string {
  if (typeof on === 'string') {
    const day = new Date(Date.parse(`${on}T00:00:00Z`) + daysLater * 86_400_000).toISOString().slice(0, 10);
    return `at(${day}T${time}:00)`;
  }
  const [hour = '', minute = ''] = time.split(':');
  const days = DAYS.filter((_, index) => on.includes(DAYS[(index - daysLater + 7) % 7] ?? 'MON'));
  return `cron(${Number(minute)} ${Number(hour)} ? * ${days.join(',')} *)`;
}

function isDate(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value;
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return /^[A-Za-z]+(\/[\w+-]+)*$/.test(value);
  } catch {
    return false;
  }
}
