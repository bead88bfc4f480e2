import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Column, EVENT_COLUMNS, REQUEST_COLUMNS } from '../../lib/analytics/columns';

/** Something that answers questions about the tables `events` and `requests`: DuckDB here, Athena in a run. */
export interface Lake {
  /** Answers a query. Values are as JSON has them. */
  ask(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): void;
}

/** Functions of Athena that DuckDB has under another name, or in another form. */
const AS_ATHENA = [
  'SET integer_division = true',
  "SET TimeZone = 'UTC'",
  "CREATE MACRO date_format(t, f) AS strftime(t, replace(f, '%i', '%M'))",
  'CREATE MACRO from_unixtime(s) AS to_timestamp(s)',
  'CREATE MACRO to_unixtime(t) AS epoch(t)',
  'CREATE MACRO from_iso8601_timestamp(t) AS CAST(t AS TIMESTAMPTZ)',
  'CREATE MACRO approx_percentile(x, p) AS quantile_cont(x, p)',
];

const TYPES = { bigint: 'BIGINT', double: 'DOUBLE', int: 'INTEGER', string: 'VARCHAR' } as const;

/**
 * Makes a lake in DuckDB, over a Parquet file with the columns of the tables.
 *
 * @param records - lines of JSON, as the collector hands them to Firehose.
 * @param requests - rows of the access log, whose missing fields are null.
 */
export async function lakeOf(records: string, requests: readonly object[] = []): Promise<Lake> {
  const folder = mkdtempSync(join(tmpdir(), 'lake-'));
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  for (const statement of AS_ATHENA) await connection.run(statement);
  const table = async (name: string, lines: string, columns: readonly Column[], more: string) => {
    const json = join(folder, `${name}.json`);
    const parquet = join(folder, `${name}.parquet`);
    writeFileSync(json, lines);
    const types = columns.map(([column, type]) => `"${column}": '${TYPES[type]}'`).join(', ');
    const source = `read_json('${json}', format = 'newline_delimited', columns = {${types}})`;
    await connection.run(`COPY (SELECT *${more} FROM ${source}) TO '${parquet}' (FORMAT parquet)`);
    await connection.run(`CREATE VIEW ${name} AS SELECT * FROM read_parquet('${parquet}')`);
  };
  const day = ", strftime(to_timestamp(received / 1000), '%Y-%m-%d') AS day";
  await table('events', records, EVENT_COLUMNS, day);
  await table('requests', requests.map((row) => `${JSON.stringify(row)}\n`).join(''), REQUEST_COLUMNS, '');
  return {
    ask: async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson().map((row) => Object.fromEntries(Object.entries(row).map(plain)));
    },
    close: () => connection.closeSync(),
  };
}

/** Large numbers are strings in DuckDB's JSON. */
function plain([name, value]: [string, unknown]): [string, unknown] {
  return [name, typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value];
}
