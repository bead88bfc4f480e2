import type { CatalogTable } from '../../../contract';
import { QueryError } from './query-error';

/** A partition of a table: the values of its keys, and where its objects are. */
export interface Partition {
  readonly values: Readonly<Record<string, string>>;
  /** `s3://bucket/prefix/`. */
  readonly location: string;
}

const DAY_MILLISECONDS = 86_400_000;

/** Partitions that Athena lists at most. @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html */
const MOST_PARTITIONS = 1_000_000;

/**
 * Lists the partitions of a table by its partition projection. A table without partition keys is one partition.
 *
 * @param now - the cloud's time, in milliseconds since 1970.
 * @throws QueryError INVALID_TABLE_PROPERTY for projections that Athena refuses, and for kinds that are not modelled.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function partitionsOf(table: CatalogTable, now: number): readonly Partition[] {
  const [key, ...more] = table.partitionKeys;
  if (key === undefined) return [{ values: {}, location: table.location }];
  if (table.parameters['projection.enabled'] !== 'true') {
    throw new QueryError(
      `NOT_SUPPORTED: ${table.name} has partition keys and no projection.enabled=true; the local run lists partitions by projection only`,
    );
  }
  if (more.length > 0) throw new QueryError('NOT_SUPPORTED: one partition key is modelled by the local run');
  const template = table.parameters['storage.location.template'] ?? `${table.location}${key.name}=\${${key.name}}/`;
  if (!template.includes(`\${${key.name}}`)) {
    throw refused(table, `storage.location.template does not contain \${${key.name}}`);
  }
  return daysOf(table, key.name, now).map((value) => {
    const location = template.replaceAll(`\${${key.name}}`, value);
    return { values: { [key.name]: value }, location: location.endsWith('/') ? location : `${location}/` };
  });
}

function daysOf(table: CatalogTable, key: string, now: number): readonly string[] {
  const property = (name: string) => table.parameters[`projection.${key}.${name}`];
  const type = property('type');
  if (type === undefined) {
    const rule =
      'is configured for partition projection, but the following partition columns are missing projection configuration';
    throw refused(table, `${rule}: [${key}]`);
  }
  if (type !== 'date') throw new QueryError(`NOT_SUPPORTED: projection.${key}.type ${type} is not modelled; date is`);
  const [range, format] = [property('range'), property('format')];
  if (range === undefined || format === undefined) {
    throw refused(table, `projection.${key}.range and projection.${key}.format are needed`);
  }
  if (format !== 'yyyy-MM-dd' && format !== 'yyyy/MM/dd' && format !== 'yyyyMMdd') {
    throw new QueryError(`NOT_SUPPORTED: projection.${key}.format ${format} is not modelled; yyyy-MM-dd is`);
  }
  const unit = property('interval.unit') ?? 'DAYS';
  if (unit !== 'DAYS') {
    throw new QueryError(`NOT_SUPPORTED: projection.${key}.interval.unit ${unit} is not modelled; DAYS is`);
  }
  const step = Number(property('interval') ?? '1');
  if (!Number.isInteger(step) || step < 1) throw refused(table, `projection.${key}.interval must be a positive number`);
  const [first, last, ...rest] = range.split(',').map((end) => endOf(end.trim(), now, table));
  if (first === undefined || last === undefined || rest.length > 0) {
    throw refused(table, `projection.${key}.range: two dates are needed`);
  }
  const count = Math.floor((last - first) / (step * DAY_MILLISECONDS)) + 1;
  if (count > MOST_PARTITIONS) throw refused(table, `projection.${key}.range has ${count} values`);
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    shown(first + index * step * DAY_MILLISECONDS, format),
  );
}

/** Reads an end of a range: a date, or `NOW-90DAYS`. @returns the beginning of the day. */
function endOf(text: string, now: number, table: CatalogTable): number {
  const [, sign, count, unit] = /^NOW(?:([+-])(\d+)(DAY|WEEK|MONTH|YEAR)S?)?$/.exec(text) ?? [];
  const date = text.startsWith('NOW') ? new Date(now) : new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime()) || (text.startsWith('NOW') && text !== 'NOW' && unit === undefined)) {
    throw refused(table, `${text} was given in a range; a date or NOW-90DAYS is needed`);
  }
  const amount = Number(count ?? 0) * (sign === '-' ? -1 : 1);
  if (unit === 'DAY') date.setUTCDate(date.getUTCDate() + amount);
  if (unit === 'WEEK') date.setUTCDate(date.getUTCDate() + 7 * amount);
  if (unit === 'MONTH') date.setUTCMonth(date.getUTCMonth() + amount);
  if (unit === 'YEAR') date.setUTCFullYear(date.getUTCFullYear() + amount);
  return date.setUTCHours(0, 0, 0, 0);
}

function shown(day: number, format: string): string {
  const [year = '', month = '', date = ''] = new Date(day).toISOString().slice(0, 10).split('-');
  return format.replace('yyyy', year).replace('MM', month).replace('dd', date);
}

function refused(table: CatalogTable, sentence: string): QueryError {
  return new QueryError(`INVALID_TABLE_PROPERTY: Table ${table.database}.${table.name}: ${sentence}`);
}
