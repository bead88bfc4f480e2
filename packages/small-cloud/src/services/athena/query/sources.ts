import type { CatalogColumn, CatalogTable, ObjectShelf, ShelfObject } from '../../../contract';
import { quoted, quotedName, type Session } from './engine';
import { type Partition, partitionsOf } from './projection';
import { columnNames, nodeOf, nodesOf, rebuilt, type Tree } from './tree';

/** DuckDB's types for those of Hive. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  float: 'FLOAT',
};

const PARQUET = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe';

/** The objects of a partition. */
interface Files {
  readonly partition: Partition;
  readonly objects: readonly ShelfObject[];
}

/** A table as a query reads it. */
export interface Source {
  /** SELECT of its rows, for DuckDB. */
  readonly statement: string;
  readonly objects: readonly ShelfObject[];
  readonly isParquet: boolean;
}

/**
 * Finds the objects that a query reads of a table: those of the partitions that are left by its conditions on the
 * partition key.
 */
export async function sourceOf(
  table: CatalogTable,
  conditions: readonly Tree[],
  { session, shelf, now }: { readonly session: Session; readonly shelf: ObjectShelf; readonly now: number },
): Promise<Source> {
  const partitions = partitionsOf(table, now).map((partition) => ({ partition, objects: objectsOf(partition, shelf) }));
  const filled = partitions.filter(({ objects }) => objects.length > 0);
  const files = await left(table, filled, { conditions, session });
  const isParquet = table.serde === PARQUET;
  const columns = isParquet ? parquetStatement : textStatement;
  const parts = files.map((each) => columns(table, each));
  const statement = parts.length === 0 ? `${emptyStatement(table)} WHERE false` : parts.join(' UNION ALL ');
  return { statement, objects: files.flatMap(({ objects }) => objects), isParquet };
}

function objectsOf({ location }: Partition, shelf: ObjectShelf): readonly ShelfObject[] {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
  // Athena ignores empty objects, and files that begin with a dot or an underscore.
  return shelf.list(bucket, prefix).filter(({ key, size }) => size > 0 && !/(^|\/)[._][^/]*$/.test(key));
}

/** Keeps the partitions that the conditions on the partition key allow. */
async function left(
  { partitionKeys: [key] }: CatalogTable,
  files: readonly Files[],
  { conditions, session }: { readonly conditions: readonly Tree[]; readonly session: Session },
): Promise<readonly Files[]> {
  const own = conditions.filter((condition) => key !== undefined && isAbout(condition, key.name));
  if (key === undefined || own.length === 0 || files.length === 0) return files;
  const values = files.map(({ partition }) => quoted(partition.values[key.name] ?? ''));
  const list = `SELECT CAST(unnest([${values.join(', ')}]) AS ${duckType(key)}) AS ${quotedName(key.name)}`;
  const statement = await session.parse(`SELECT CAST(${quotedName(key.name)} AS VARCHAR) FROM (${list}) WHERE true`);
  const where_clause = {
    class: 'CONJUNCTION',
    type: 'CONJUNCTION_AND',
    alias: '',
    query_location: 0,
    children: own.map(bare),
  };
  const node = { ...(nodeOf(statement, 'node') ?? {}), where_clause };
  const { rows } = await session.read(await session.text({ ...statement, node }));
  const kept = new Set(rows.map(([value]) => String(value)));
  return files.filter(({ partition }) => kept.has(partition.values[key.name] ?? ''));
}

/** Tells whether a condition is about the partition key and nothing else. */
function isAbout(condition: Tree, key: string): boolean {
  const nodes = [...nodesOf(condition)];
  if (nodes.some((node) => node['class'] === 'SUBQUERY')) return false;
  const names = nodes.map(columnNames).filter((parts) => parts.length > 0);
  return names.length > 0 && names.every((parts) => parts.at(-1)?.toLowerCase() === key);
}

/** Removes the name of the table from the names of columns. */
function bare(condition: Tree): Tree {
  return rebuilt(condition, (node) => {
    const names = columnNames(node);
    return names.length > 1 ? { ...node, column_names: names.slice(-1) } : node;
  }) as Tree;
}

function parquetStatement(table: CatalogTable, { partition, objects }: Files): string {
  const columns = table.columns.map(
    (column) => `CAST(${quotedName(column.name)} AS ${duckType(column)}) AS ${quotedName(column.name)}`,
  );
  const files = objects.map(({ file }) => quoted(file)).join(', ');
  // Files that were written before a column was added have nulls in it.
  const rows = `${emptyStatement(table)} WHERE false UNION ALL BY NAME SELECT * FROM read_parquet([${files}], union_by_name = true)`;
  return `SELECT ${[...columns, ...keyColumns(table, partition)].join(', ')} FROM (${rows})`;
}

/** Reads lines whose fields are separated; missing fields are null, and further ones are left out. */
function textStatement(table: CatalogTable, { partition, objects }: Files): string {
  const separator = table.serdeParameters['field.delim'] ?? table.serdeParameters['serialization.format'] ?? '\u0001';
  const skipped = Number(table.parameters['skip.header.line.count'] ?? '0');
  const columns = table.columns.map((column, index) => {
    const field = `nullif(fields[${index + 1}], '\\N')`;
    return `TRY_CAST(${field} AS ${duckType(column)}) AS ${quotedName(column.name)}`;
  });
  const lines = ['gzip', 'none'].flatMap((compression) => {
    const files = objects.filter(({ key }) => key.endsWith('.gz') === (compression === 'gzip'));
    if (files.length === 0) return [];
    const list = files.map(({ file }) => quoted(file)).join(', ');
    return `SELECT line FROM read_csv([${list}], columns = {'line': 'VARCHAR'}, delim = '\u0002', quote = '', escape = '', header = false, skip = ${skipped}, compression = '${compression}', auto_detect = false, strict_mode = false)`;
  });
  const fields = `SELECT string_split(line, ${quoted(separator)}) AS fields FROM (${lines.join(' UNION ALL ')})`;
  return `SELECT ${[...columns, ...keyColumns(table, partition)].join(', ')} FROM (${fields})`;
}

function keyColumns({ partitionKeys }: CatalogTable, { values }: Partition): readonly string[] {
  return partitionKeys.map(
    (key) => `CAST(${quoted(values[key.name] ?? '')} AS ${duckType(key)}) AS ${quotedName(key.name)}`,
  );
}

function emptyStatement({ columns, partitionKeys }: CatalogTable): string {
  const nulls = [...columns, ...partitionKeys].map(
    (column) => `CAST(NULL AS ${duckType(column)}) AS ${quotedName(column.name)}`,
  );
  return `SELECT ${nulls.join(', ')}`;
}

function duckType({ type }: CatalogColumn): string {
  return TYPES[type] ?? type.toUpperCase();
}

/**
 * Counts the bytes that Athena would scan: of Parquet, the compressed column chunks of the columns that the query
 * mentions; of other formats, whole objects.
 *
 * @param columns - names of the columns; undefined for all.
 */
export async function scannedBytes(
  { objects, isParquet }: Source,
  columns: ReadonlySet<string> | undefined,
  session: Session,
): Promise<number> {
  if (!isParquet) return objects.reduce((sum, { size }) => sum + size, 0);
  if (objects.length === 0) return 0;
  const files = objects.map(({ file }) => quoted(file)).join(', ');
  const names = columns === undefined ? '' : ` WHERE path_in_schema IN (${['', ...columns].map(quoted).join(', ')})`;
  const { rows } = await session.read(
    `SELECT CAST(coalesce(sum(total_compressed_size), 0) AS BIGINT) FROM parquet_metadata([${files}])${names}`,
  );
  return Number(rows[0]?.[0] ?? 0);
}
