import { z } from 'zod';
import { field, rule, text } from './field';

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

const timeOfDay = text((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time), 'a time of day such as 18:30');
const date = text(isDate, 'a date such as 2026-12-24');

const showSchema = z
  .strictObject({
    on: field(z.union([z.array(z.enum(DAYS)).min(1).max(7), date]), {
      what: "Days of the week (`['FRI', 'SAT']`), or one date (`'2026-12-24'`).",
      effect:
        'Leave out a show whose date has passed: what EventBridge Scheduler does with it when the stack is made is not documented.',
    }),
    start: field(timeOfDay.optional(), {
      what: 'When the channel is started. Left out: somebody starts it.',
      effect: 'A start takes up to three minutes, now and then ten: leave that much time before the first picture.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/starting-stopping-deleting-a-channel.html',
    }),
    stop: field(timeOfDay.optional(), {
      what: 'When it is stopped: on the next day when that is not after `start`. Left out: somebody stops it, or `autoStop` does.',
    }),
  })
  .check(
    rule('object', ({ start, stop }) =>
      start === undefined && stop === undefined
        ? [{ path: [], message: 'neither start nor stop is given; a time to do one of them is needed' }]
        : [],
    ),
  );

/** When a channel is started and stopped by itself. */
export const scheduleSchema = z.strictObject({
  timeZone: field(text(isTimeZone, 'an IANA time zone such as Europe/Berlin'), {
    what: 'IANA time zone in which the times are meant; summer time is followed.',
    see: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html',
  }),
  shows: field(z.array(showSchema).min(1).max(20), { what: 'When the channel is on air.' }),
});

/** The schedule of a channel, as described. */
export type Schedule = z.infer<typeof scheduleSchema>;

/** One entry of EventBridge Scheduler. */
export interface ScheduleEntry {
  readonly act: 'start' | 'stop';
  /** `cron(30 18 ? * FRI,SAT *)` or `at(2026-12-24T18:30:00)`. */
  readonly expression: string;
  /**
   * For how many minutes after its time it may still be done. A show that is shorter than a start may take is not
   * started after its end.
   */
  readonly withinMinutes: number;
}

/** As long as a start may take. @see https://docs.aws.amazon.com/medialive/latest/ug/starting-stopping-deleting-a-channel.html */
const LATEST_MINUTES = 15;

/**
 * A schedule in the expressions of EventBridge Scheduler.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function scheduleEntries({ shows }: Schedule): readonly ScheduleEntry[] {
  return shows.flatMap(({ on, start, stop }) => {
    const overnight = start !== undefined && stop !== undefined && stop <= start;
    return [
      ...(start === undefined
        ? []
        : [{ act: 'start', expression: expression(on, start, 0), withinMinutes: minutesOn(start, stop) } as const]),
      ...(stop === undefined
        ? []
        : [
            {
              act: 'stop',
              expression: expression(on, stop, overnight ? 1 : 0),
              withinMinutes: LATEST_MINUTES,
            } as const,
          ]),
    ];
  });
}

/** How long a show lasts, at most as long as a start may take. */
function minutesOn(start: string, stop: string | undefined): number {
  if (stop === undefined) return LATEST_MINUTES;
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const day = 24 * 60;
  return Math.min(LATEST_MINUTES, (minutes(stop) - minutes(start) + day) % day || day);
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
