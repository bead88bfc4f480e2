import type { DuckDBValue } from '@duckdb/node-api';
import { QueryError } from './query-error';

/** Athena's names for DuckDB's types. */
const NAMES: Readonly<Record<string, string>> = {
  HUGEINT: 'bigint',
  FLOAT: 'float',
  '"NULL"': 'unknown',
};

/** Names Athena's type of a column, as GetQueryResults does. @throws QueryError for a type that is not modelled. */
export function athenaType(type: string): string {
  if (type.endsWith('[]')) return 'array';
  const outer = type.replace(/\(.*$/, '');
  if (outer === 'STRUCT') return 'row';
  if (outer === 'INTERVAL') {
    throw new QueryError('NOT_SUPPORTED: a column with an interval is not modelled by the local run');
  }
  return NAMES[outer] ?? outer.toLowerCase();
}

/**
 * Prints a value as Athena does in its results; undefined for null.
 *
 * @param type - DuckDB's type of the column.
 */
export function printed(value: DuckDBValue, type: string): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number' && (type === 'DOUBLE' || type === 'FLOAT')) return printedDouble(value);
  if (typeof value === 'object' && 'micros' in value && type.startsWith('TIMESTAMP')) {
    const text = new Date(Math.floor(Number(value.micros) / 1000)).toISOString().replace('T', ' ').slice(0, -1);
    return type === 'TIMESTAMP' ? text : `${text} UTC`;
  }
  if (typeof value === 'object' && 'items' in value && type.endsWith('[]')) {
    return `[${value.items.map((item) => printed(item, type.slice(0, -2)) ?? 'null').join(', ')}]`;
  }
  if (typeof value === 'object' && 'entries' in value && Array.isArray(value.entries)) {
    const [, key = '', inner = ''] = /^MAP\(([^,]*), (.*)\)$/.exec(type) ?? [];
    const entries = value.entries.map((entry) => `${printed(entry.key, key)}=${printed(entry.value, inner)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}

/** Prints a double as Java does: `1.0`, `0.25`, `1.0E7`. @see https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/Double.html#toString(double) */
function printedDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) return withPoint(String(value));
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${withPoint(digits)}E${Number(exponent)}`;
}

function withPoint(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}
