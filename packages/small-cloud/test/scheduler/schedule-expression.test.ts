import { describe, expect, test } from '@jest/globals';
import { scheduleExpression } from '../../src/services/scheduler/schedule-expression';
import { timeZone } from '../../src/services/scheduler/time-zone';

/** The next few times after one, as ISO texts without what is always zero. */
function next(expression: string, after: string, zone = 'UTC', count = 3, anchor = after): readonly string[] {
  const occurrences = scheduleExpression(expression, timeZone(zone));
  const found: string[] = [];
  let at = Date.parse(`${after}Z`);
  for (let left = count; left > 0; left -= 1) {
    const due = occurrences.next(at, Date.parse(`${anchor}Z`));
    if (due === undefined) break;
    found.push(new Date(due).toISOString().replace(':00.000Z', ''));
    at = due;
  }
  return found;
}

describe('a cron expression', () => {
  test.each<[string, string, readonly string[]]>([
    ['cron(30 9 * * ? *)', '2026-11-24T10:00', ['2026-11-25T09:30', '2026-11-26T09:30', '2026-11-27T09:30']],
    ['cron(30 9 * * ? *)', '2026-11-24T09:29:59', ['2026-11-24T09:30', '2026-11-25T09:30', '2026-11-26T09:30']],
    ['cron(0/20 9-10 * * ? *)', '2026-11-24T09:40', ['2026-11-24T10:00', '2026-11-24T10:20', '2026-11-24T10:40']],
    ['cron(*/25 8 ? * MON-FRI *)', '2026-11-27T08:26', ['2026-11-27T08:50', '2026-11-30T08:00', '2026-11-30T08:25']],
    ['cron(0 8 ? * 2-6/2 *)', '2026-11-27T08:00', ['2026-11-30T08:00', '2026-12-02T08:00', '2026-12-04T08:00']],
    ['cron(5,10 0 1 JAN,7 ? *)', '2026-11-24T00:00', ['2027-01-01T00:05', '2027-01-01T00:10', '2027-07-01T00:05']],
    ['cron(0 0 L * ? *)', '2028-01-31T12:00', ['2028-02-29T00:00', '2028-03-31T00:00', '2028-04-30T00:00']],
    ['cron(0 0 31 * ? *)', '2027-01-31T00:00', ['2027-03-31T00:00', '2027-05-31T00:00', '2027-07-31T00:00']],
    ['cron(0 0 29 2 ? *)', '2026-01-01T00:00', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
    ['cron(0 0 15W * ? *)', '2026-07-31T00:00', ['2026-08-14T00:00', '2026-09-15T00:00', '2026-10-15T00:00']],
    ['cron(0 0 1W 8 ? *)', '2026-07-31T00:00', ['2026-08-03T00:00', '2027-08-02T00:00', '2028-08-01T00:00']],
    ['cron(0 0 31W 1,5 ? *)', '2026-01-01T00:00', ['2026-01-30T00:00', '2026-05-29T00:00', '2027-01-29T00:00']],
    ['cron(0 0 LW * ? *)', '2026-01-01T00:00', ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-31T00:00']],
    ['cron(0 0 ? * L *)', '2026-11-24T00:00', ['2026-11-28T00:00', '2026-12-05T00:00', '2026-12-12T00:00']],
    ['cron(0 0 ? * 5L *)', '2026-11-01T00:00', ['2026-11-26T00:00', '2026-12-31T00:00', '2027-01-28T00:00']],
    ['cron(0 0 ? * tue#2 *)', '2026-11-24T00:00', ['2026-12-08T00:00', '2027-01-12T00:00', '2027-02-09T00:00']],
    ['cron(0 0 ? * SUN#5 2026)', '2026-08-31T00:00', ['2026-11-29T00:00']],
    ['cron(0 0 1 1 ? 2026-2030/2)', '2026-06-01T00:00', ['2028-01-01T00:00', '2030-01-01T00:00']],
    ['cron(0 0 30 2 ? *)', '2026-01-01T00:00', []],
    ['cron(0 0 1 1 ? 2020)', '2026-01-01T00:00', []],
  ])('%s after %s', (expression, after, times) => {
    expect(next(expression, after)).toEqual(times);
  });

  test.each<[string, string, string, string, readonly string[]]>([
    [
      "is due by its zone's clocks",
      'cron(0 9 * * ? *)',
      'Europe/Berlin',
      '2026-10-24T00:00',
      ['2026-10-24T07:00', '2026-10-25T08:00'],
    ],
    [
      'skips what clocks skip in spring',
      'cron(30 2 * * ? *)',
      'America/New_York',
      '2026-03-07T12:00',
      ['2026-03-09T06:30', '2026-03-10T06:30'],
    ],
    [
      'is due once for what clocks show twice in autumn',
      'cron(30 1 * * ? *)',
      'America/New_York',
      '2026-10-31T12:00',
      ['2026-11-01T05:30', '2026-11-02T06:30'],
    ],
    [
      'goes on after the second showing',
      'cron(15 1 * * ? *)',
      'America/New_York',
      '2026-11-01T06:10',
      ['2026-11-02T06:15', '2026-11-03T06:15'],
    ],
    [
      'knows zones of half hours',
      'cron(0 0 * * ? *)',
      'Asia/Kolkata',
      '2026-11-24T00:00',
      ['2026-11-24T18:30', '2026-11-25T18:30'],
    ],
    [
      'knows changes at midnight',
      'cron(0 0 * * ? *)',
      'Africa/Cairo',
      '2026-04-23T00:00',
      ['2026-04-24T21:00', '2026-04-25T21:00'],
    ],
  ])('%s', (_, expression, zone, after, times) => {
    expect(next(expression, after, zone, 2)).toEqual(times);
  });

  test.each([
    ['five fields', 'cron(0 9 * * ?)', 'six fields are needed, 5 were given'],
    ['both day fields', 'cron(0 9 1 * MON *)', 'exactly one of day-of-month and day-of-week must be "?"'],
    ['no day field', 'cron(0 9 ? * ? *)', 'exactly one of day-of-month and day-of-week must be "?"'],
    ['a minute of 60', 'cron(60 9 * * ? *)', 'minutes: "60" is wrong in "60"; 0 to 59 are possible'],
    ['a weekday of 0', 'cron(0 9 ? * 0 *)', 'day of the week: "0" is wrong'],
    ['an unknown name', 'cron(0 9 ? * MON,TUES *)', '"TUES" is wrong'],
    ['a backward range', 'cron(0 9 ? * FRI-MON *)', '"FRI-MON" runs backwards'],
    ['a step of nothing', 'cron(0/0 9 * * ? *)', 'a step of 0'],
    ['a year of 2200', 'cron(0 9 * * ? 2200)', 'year: "2200" is wrong'],
    ['a day before the last', 'cron(0 9 L-3 * ? *)', 'day of the month'],
    ['a sixth week', 'cron(0 9 ? * MON#6 *)', 'day of the week'],
    ['fractions', 'cron(0.5 9 * * ? *)', 'minutes: "0.5" is wrong'],
  ])('refuses %s', (_, expression, reason) => {
    expect(() => scheduleExpression(expression, timeZone('UTC'))).toThrow(
      `Invalid Schedule Expression ${expression}. `,
    );
    expect(() => scheduleExpression(expression, timeZone('UTC'))).toThrow(reason);
  });
});

describe('a rate', () => {
  test('counts from where it begins, and is due there for the first time', () => {
    expect(next('rate(90 minutes)', '2026-11-24T09:59:59', 'UTC', 3, '2026-11-24T10:00')).toEqual([
      '2026-11-24T10:00',
      '2026-11-24T11:30',
      '2026-11-24T13:00',
    ]);
  });

  test('of days is one of 24 hours, whatever clocks do', () => {
    expect(next('rate(1 day)', '2026-10-24T12:00', 'Europe/Berlin', 2)).toEqual([
      '2026-10-25T12:00',
      '2026-10-26T12:00',
    ]);
    expect(next('rate(1 hour)', '2026-10-24T12:00', 'UTC', 1)).toEqual(['2026-10-24T13:00']);
  });

  test.each(['rate(0 minutes)', 'rate(5 seconds)', 'rate(1.5 hours)', 'rate(5minutes)', 'rate(-1 days)'])(
    'refuses %s',
    (text) => {
      expect(() => scheduleExpression(text, timeZone('UTC'))).toThrow(
        `Invalid Schedule Expression ${text}. a positive number`,
      );
    },
  );
});

describe('a single time', () => {
  test('is due once, by the clocks of its zone', () => {
    expect(next('at(2026-11-24T09:30:00)', '2026-11-01T00:00', 'Asia/Tokyo')).toEqual(['2026-11-24T00:30']);
    expect(next('at(2026-11-24T09:30:00)', '2026-11-24T09:30', 'UTC')).toEqual([]);
  });

  test('is never due when clocks skip it', () => {
    expect(next('at(2026-03-29T02:30:00)', '2026-03-01T00:00', 'Europe/Berlin')).toEqual([]);
  });

  test.each(['at(2026-11-24)', 'at(2026-13-24T09:30:00)', 'at(2026-11-24T09:30:00Z)', 'every(5 minutes)'])(
    'refuses %s',
    (text) => {
      expect(() => scheduleExpression(text, timeZone('UTC'))).toThrow(`Invalid Schedule Expression ${text}. `);
    },
  );
});

describe('a time zone', () => {
  test.each(['Europe/Atlantis', '+02:00', ''])('refuses %p', (name) => {
    expect(() => timeZone(name)).toThrow(`Invalid Schedule Expression Timezone ${name}.`);
  });
});
