import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Asking } from './asking';

let asking: Asking;

beforeAll(async () => {
  asking = await Asking.open();
  await asking.fill([{ ts: 1, sid: 'a', stalls: 1 }]);
});

afterAll(() => asking.close());

describe('a statement that only DuckDB would parse', () => {
  test.each([
    ['SELECT ts::varchar FROM events', "line 1:10: mismatched input '::'"],
    ['FROM events', 'from is not modelled'],
    ['SELECT * FROM (FROM events)', "Expecting: 'SELECT'"],
    ['SELECT [1, 2]', 'ARRAY[…] makes a list'],
    ["SELECT {'a': 1}", "mismatched input '{'"],
    ["SELECT split(sid, ',')[1] FROM events", 'element_at'],
    ['SELECT sid FROM events LIMIT 5 OFFSET 2', 'OFFSET comes before LIMIT'],
    ['SELECT sid, FROM events', 'An expression is needed after a comma'],
    ['SELECT sid, count(*) FROM events GROUP BY ALL', 'Expressions are needed'],
    ['SELECT DISTINCT ON (sid) sid FROM events', 'Athena does not know DISTINCT ON'],
    ['SELECT sid FROM events QUALIFY row_number() OVER () = 1', "mismatched input 'qualify'"],
    ["SELECT sid FROM events WHERE sid ILIKE 'A'", "mismatched input 'ilike'"],
    ['SELECT cast(ts AS string) FROM events', 'Unknown type: string'],
    ["SELECT now() - interval '7 days'", "interval '7' day"],
    ['SELECT to_days(7)', "Function 'to_days' not registered"],
    ['SELECT 1; SELECT 2', 'Only one statement is allowed'],
    ["COPY (SELECT 1) TO 'x.csv'", 'copy is not modelled'],
    ['SELECT sid FROM events WHERE', 'syntax error'],
    ["SELECT 'a", 'A quotation does not end'],
    ['SELECT * EXCLUDE (sid) FROM events', "mismatched input 'exclude'"],
    ['SELECT ?', 'expected 1 but found 0'],
  ])('%s is refused before it starts', async (statement, sentence) => {
    const refusal = await asking.refusal(statement);
    expect(refusal).toContain('InvalidRequestException');
    expect(refusal).toContain(sentence);
  });
});

describe('a statement that means something else to DuckDB', () => {
  test.each([
    ['SELECT list_sum(ARRAY[1])', "FUNCTION_NOT_FOUND: line 1:8: Function 'list_sum' not registered"],
    ["SELECT strftime(now(), '%Y')", "Function 'strftime' not registered"],
    ['SELECT approx_percentile(ts, 1, 0.5) FROM events', 'Unexpected parameters for function approx_percentile'],
    ["SELECT * FROM read_parquet('/etc/hostname')", "Table function 'read_parquet' not registered"],
    ["SELECT * FROM '/etc/hostname'", 'TABLE_NOT_FOUND'],
    ['SELECT * FROM "/etc/hostname"', 'TABLE_NOT_FOUND'],
    ['SELECT * FROM strangers', "Table 'awsdatacatalog.audience.strangers' does not exist"],
    ['SELECT * FROM other.events', "Schema 'other' does not exist"],
    ['SELECT unnest(ARRAY[1, 2]) + 1', "Function 'unnest' not registered"],
    [
      'SELECT sid AS who, count(*) FROM events GROUP BY who',
      "COLUMN_NOT_FOUND: line 1:50: Column 'who' cannot be resolved",
    ],
    ['SELECT ts AS t FROM events WHERE t > 0', "Column 't' cannot be resolved"],
    ['SELECT ts AS t, t + 1 FROM events', "Column 't' cannot be resolved"],
    ['SELECT sid, count(*) AS n FROM events GROUP BY sid HAVING n > 1', "Column 'n' cannot be resolved"],
    ['SELECT nothing FROM events', "COLUMN_NOT_FOUND: Column 'nothing' cannot be resolved"],
    ["SELECT ts FROM events WHERE day >= date '2026-01-01'", 'TYPE_MISMATCH'],
    ["SELECT ts FROM events WHERE ts = 'a'", "Could not convert string 'a'"],
    ['SELECT ts FROM events WHERE sid = 1', "Could not convert string 'a'"],
    ["SELECT 'a' || ts FROM events", 'TYPE_MISMATCH'],
    ['SELECT ts / 0 FROM events', 'DIVISION_BY_ZERO: Division by zero'],
    ['SELECT 100.0 * ts / 3 FROM events', 'keeps few digits at Athena'],
    ['SELECT extract(dow FROM now())', 'is not modelled'],
    ["SELECT date_format(now(), '%u')", 'INVALID_FUNCTION_ARGUMENT: %u'],
    ["SELECT cast('x' AS integer)", 'INVALID_CAST_ARGUMENT'],
  ])('%s fails', async (statement, sentence) => {
    const refusal = await asking.refusal(statement);
    expect(refusal).toMatch(/^FAILED /);
    expect(refusal).toContain(sentence);
  });

  test('names of output columns are known in ORDER BY, and outside of the query that gives them', async () => {
    const rows = await asking.rows('SELECT who FROM (SELECT sid AS who FROM events) AS x GROUP BY who ORDER BY who');
    expect(rows).toEqual([['who'], ['a']]);
    expect(await asking.rows('SELECT ts AS t FROM events ORDER BY t')).toEqual([['t'], ['1']]);
  });
});

describe('the engine', () => {
  test('cannot be told to read or write a file of this machine', async () => {
    const { folder } = asking.lake.cloud;
    const attempts = [
      `SELECT * FROM read_csv('${__filename}')`,
      `SELECT * FROM read_text('/etc/hostname')`,
      `SELECT * FROM glob('/*')`,
      `SELECT getenv('HOME')`,
      `ATTACH '${folder}/x.db'`,
      'INSTALL httpfs',
      "SET memory_limit = '8GB'",
    ];
    for (const attempt of attempts) {
      expect(await asking.refusal(attempt)).toMatch(/not registered|not modelled|mismatched/);
    }
    expect(existsSync(`${folder}/x.db`)).toBe(false);
  });
});
