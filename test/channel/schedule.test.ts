import { describe, expect, test } from '@jest/globals';
import { type Schedule, scheduleEntries } from '../../lib/channel/schedule';

const entries = (...shows: Schedule['shows']) =>
  scheduleEntries({ timeZone: 'Europe/Berlin', shows }).map(({ act, expression }) => `${act} ${expression}`);

describe('a schedule', () => {
  test.each<[string, Schedule['shows'][number], string[]]>([
    [
      'of days of the week',
      { on: ['FRI', 'MON'], start: '18:30', stop: '23:05' },
      ['start cron(30 18 ? * MON,FRI *)', 'stop cron(5 23 ? * MON,FRI *)'],
    ],
    [
      'that ends after midnight stops on the next day',
      { on: ['SAT', 'SUN'], start: '22:00', stop: '01:00' },
      ['start cron(0 22 ? * SAT,SUN *)', 'stop cron(0 1 ? * MON,SUN *)'],
    ],
    [
      'of one date',
      { on: '2026-12-24', start: '18:00', stop: '20:00' },
      ['start at(2026-12-24T18:00:00)', 'stop at(2026-12-24T20:00:00)'],
    ],
    [
      'of New Year’s Eve stops in the next year',
      { on: '2026-12-31', start: '22:00', stop: '00:30' },
      ['start at(2026-12-31T22:00:00)', 'stop at(2027-01-01T00:30:00)'],
    ],
    ['that only starts', { on: ['MON'], start: '08:00' }, ['start cron(0 8 ? * MON *)']],
    ['that only stops', { on: ['MON'], stop: '08:00' }, ['stop cron(0 8 ? * MON *)']],
  ])('%s', (_, show, expected) => {
    expect(entries(show)).toEqual(expected);
  });

  test.each([
    ['15 minutes where the show is longer', { on: ['MON'], start: '18:00', stop: '20:00' }, 15],
    ['the length of a short show', { on: ['MON'], start: '23:55', stop: '00:05' }, 10],
    ['15 minutes where nothing stops it', { on: ['MON'], start: '18:00' }, 15],
    ['15 minutes of a show of a day', { on: ['MON'], start: '18:00', stop: '18:00' }, 15],
  ] satisfies [string, Schedule['shows'][number], number][])('may be late with its start by %s', (_, show, minutes) => {
    const [start] = scheduleEntries({ timeZone: 'Europe/Berlin', shows: [show] });
    expect(start?.withinMinutes).toBe(minutes);
  });
});
