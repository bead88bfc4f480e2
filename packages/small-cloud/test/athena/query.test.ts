import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Asking } from './asking';

const TODAY = new Date().toISOString().slice(0, 10);

let asking: Asking;

beforeAll(async () => {
  asking = await Asking.open();
  await asking.fill([
    { ts: 1_764_385_200_000, sid: 'a', stalls: 1 },
    { ts: 1_764_385_260_000, sid: 'a', stalls: 3 },
    { ts: 1_764_385_320_000, sid: 'b' },
  ]);
});

afterAll(() => asking.close());

describe('a query', () => {
  test('reads what a stream wrote, by the day of its arrival', async () => {
    const rows = await asking.rows(`SELECT sid, sum(stalls) AS stalls, count(*) FROM events
      WHERE day >= '2026-01-01' GROUP BY sid ORDER BY sid`);
    expect(rows).toEqual([
      ['sid', 'stalls', '_col2'],
      ['a', '4', '2'],
      ['b', null, '1'],
    ]);
    expect(await asking.rows("SELECT day FROM audience.events WHERE day = '2020-01-01'")).toEqual([['day']]);
    expect(await asking.rows('SELECT DISTINCT day FROM "audience"."events" AS e WHERE e.ts > 0')).toEqual([
      ['day'],
      [TODAY],
    ]);
  });

  test('scans the columns that it mentions, of the days that it asks for', async () => {
    const bytes = async (statement: string) => (await asking.run(statement)).Statistics?.DataScannedInBytes ?? -1;
    const one = await bytes('SELECT max(ts) FROM events');
    expect(one).toBeGreaterThan(0);
    expect(await bytes('SELECT * FROM events')).toBeGreaterThan(one);
    expect(await bytes('SELECT count(*) FROM events')).toBe(0);
    expect(await bytes("SELECT ts FROM events WHERE day < '2020-01-01'")).toBe(0);
    expect(
      await bytes(`WITH today AS (SELECT ts FROM events e WHERE e.day = '${TODAY}' AND ts > 0) SELECT * FROM today`),
    ).toBeGreaterThan(0);
  });

  test('has pages of at most 1000 rows, the names of the columns first', async () => {
    const { QueryExecutionId } = await asking.run('SELECT n FROM unnest(sequence(1, 2500)) AS t(n) ORDER BY n');
    const page = (NextToken?: string) =>
      asking.client.send(new GetQueryResultsCommand({ QueryExecutionId, NextToken }));
    const first = await page();
    expect(first.ResultSet?.Rows?.slice(0, 2)).toEqual([
      { Data: [{ VarCharValue: 'n' }] },
      { Data: [{ VarCharValue: '1' }] },
    ]);
    expect(first.ResultSet?.ResultSetMetadata?.ColumnInfo).toMatchObject([{ Name: 'n', Type: 'bigint' }]);
    const second = await page(first.NextToken);
    const third = await page(second.NextToken);
    expect([first, second, third].map(({ ResultSet }) => ResultSet?.Rows?.length)).toEqual([1000, 1000, 501]);
    expect(third.NextToken).toBeUndefined();
  });

  test.each([
    ['7 / 2, -7 / 2, 7e0 / 2, 7 % 4', ['3', '-3', '3.5', '3']],
    ['cast(1 as double), 1e7, 1.25e-4, cast(12345678 as double)', ['1.0', '1.0E7', '1.25E-4', '1.2345678E7']],
    [
      "from_unixtime(1764385265), date_trunc('minute', from_unixtime(1764385265))",
      ['2025-11-29 03:01:05.000 UTC', '2025-11-29 03:01:00.000 UTC'],
    ],
    ["date_diff('minute', timestamp '2026-01-01 00:00:50', timestamp '2026-01-01 00:02:10')", ['1']],
    ["date_format(from_unixtime(1764385265), '%Y-%m-%d %H:%i:%s')", ['2025-11-29 03:01:05']],
    ["date_parse('2026-11-29 03:10:00', '%Y-%m-%d %H:%i:%s')", ['2026-11-29 03:10:00.000']],
    [
      "cast(date_add('day', -7, date '2026-11-29') as varchar), cast(date '2026-11-29' - interval '7' day as varchar)",
      ['2026-11-22', '2026-11-22'],
    ],
    [
      "cast(timestamp '2026-11-29 03:10:00' as varchar), to_unixtime(timestamp '1970-01-01 00:00:01')",
      ['2026-11-29 03:10:00.000', '1.0'],
    ],
    [
      "json_extract_scalar('{\"a\":{\"b\":5}}', '$.a.b'), json_extract_scalar('no', '$.a'), json_extract_scalar('{\"a\":[]}', '$.a')",
      ['5', null, null],
    ],
    ["split_part('a,b', ',', 2), split_part('a,b', ',', 3), element_at(split('a,b', ','), 1)", ['b', null, 'a']],
    [
      "url_extract_parameter('/b?CMCD=a%2Cb&x', 'CMCD'), url_extract_parameter('/b', 'CMCD'), url_decode('%2520')",
      ['a,b', null, '%20'],
    ],
    [
      "url_extract_host('https://a.b:8/c?d'), url_extract_path('https://a.b/c/d?e'), url_extract_query('/c?d=e#f')",
      ['a.b', '/c/d', 'd=e'],
    ],
    [
      "try(1 / 0), try_cast('a' AS integer), coalesce(NULL, 2), nullif(1, 1), if(1 > 2, 'a', 'b')",
      [null, null, '2', null, 'b'],
    ],
    ["greatest(1, NULL), least(3, 2), concat('a', 'b', 'c'), 'a' || NULL", [null, '2', 'abc', null]],
    [
      "regexp_extract('br=500', '(\\d+)', 1), regexp_extract('x', '\\d'), regexp_replace('a1b2', '(\\d)', '<$1>'), regexp_like('ab', '^a')",
      ['500', null, 'a<1>b<2>', 'true'],
    ],
    [
      "ARRAY[1, 2], day_of_week(date '2026-11-29'), extract(hour FROM timestamp '2026-11-29 03:10:00')",
      ['[1, 2]', '7', '3'],
    ],
    ['1.5, true, round(2.345e0, 2)', ['1.5', 'true', '2.35']],
  ])('of %s gives what Athena gives', async (expressions, values) => {
    expect(await asking.values(expressions)).toEqual(values);
  });

  test('has the aggregate functions of Athena', async () => {
    const [, row] = await asking.rows(`SELECT approx_percentile(stalls, 0.5), count_if(sid = 'a'), max_by(sid, ts),
      min_by(sid, ts), arbitrary(day), approx_distinct(sid), count(DISTINCT sid), array_agg(sid ORDER BY ts),
      count(*) FILTER (WHERE stalls > 1), avg(stalls), bool_or(stalls = 3) FROM events`);
    expect(row).toEqual(['2', '2', 'b', 'a', TODAY, '2', '2', '[a, a, b]', '1', '2.0', 'true']);
  });

  test('has windows, named queries, joins, unions and queries inside', async () => {
    const rows =
      await asking.rows(`WITH x AS (SELECT sid, ts, lag(ts) OVER (PARTITION BY sid ORDER BY ts) AS before FROM events),
      y (sid, gap) AS (SELECT sid, max(ts - before) FROM x GROUP BY 1)
      SELECT y.sid, gap, (SELECT count(*) FROM events) AS n FROM y JOIN (SELECT DISTINCT sid FROM events) AS s ON s.sid = y.sid
      WHERE y.sid IN ('a', 'b') AND EXISTS (SELECT 1 FROM events e WHERE e.sid = y.sid)
      UNION ALL SELECT 'z', NULL, 0 ORDER BY sid OFFSET 0 LIMIT 5`);
    expect(rows).toEqual([
      ['sid', 'gap', 'n'],
      ['a', '60000', '3'],
      ['b', null, '3'],
      ['z', null, '0'],
    ]);
  });

  test('has the time of the cloud', async () => {
    const [now, today] = await asking.values('to_unixtime(now()), cast(current_date as varchar)');
    expect(Math.abs(Number(now) * 1000 - Date.now())).toBeLessThan(600_000);
    expect(today).toBe(TODAY);
  });
});
