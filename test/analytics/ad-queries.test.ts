import { describe, expect, test } from '@jest/globals';
import { savedQueries, scopeOf } from '../../lib/analytics/queries';
import { lakeOf } from './lake';
import { reported } from './synthetic';

const NOON = Date.parse('2026-11-29T12:00:00Z');
const SCOPE = { days: 2, now: NOON + 3_600_000 };

describe('the saved query about ads', () => {
  test('counts what became of each, and a report that came twice once', async () => {
    const whole = ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete'];
    const records = await reported([
      {
        sid: 'viewer-one',
        at: NOON,
        startupMs: 500,
        ads: [
          { ad: 'summer-1a2b3c', break: '7', events: whole },
          { ad: 'winter-4d5e6f', break: '7', events: ['start', 'firstQuartile', 'skip'] },
          { ad: 'summer-1a2b3c', break: '8', events: whole },
        ],
      },
      {
        sid: 'viewer-two',
        at: NOON,
        startupMs: 500,
        ads: [
          { ad: 'summer-1a2b3c', break: '7', events: ['start', 'firstQuartile', 'midpoint', 'leave'] },
          { ad: 'broken-778899', break: '7', events: ['error'] },
        ],
      },
      {
        sid: 'elsewhere',
        channel: 'stage',
        at: NOON,
        startupMs: 500,
        ads: [{ ad: 'summer-1a2b3c', break: '7', events: whole }],
      },
    ]);
    const own = await lakeOf(records + records.split('\n').slice(1, 4).join('\n'));
    const sql =
      savedQueries()
        .find(({ name }) => name === 'ads')
        ?.sql(scopeOf({ ...SCOPE, channel: 'main' })) ?? '';
    const columns = ['ad', 'breaks', 'viewers', 'starts', 'first_quartiles', 'midpoints', 'third_quartiles'];
    const rows = await own.ask(sql);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      ...columns,
      'completes',
      'skips',
      'errors',
      'leaves',
      'complete_percent',
    ]);
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['summer-1a2b3c', 2, 2, 3, 3, 3, 2, 2, 0, 0, 1, 66.7],
      ['winter-4d5e6f', 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0],
      ['broken-778899', 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, null],
    ]);
    own.close();
  });
});
