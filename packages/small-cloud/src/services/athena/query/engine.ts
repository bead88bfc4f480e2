import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { isList, isObject } from '../../../contract';
import { parsedJson } from '../../kit/json';
import { MACROS } from './macros';
import { QueryError } from './query-error';
import type { Tree } from './tree';

/** Memory of the engine; a query that needs more fails. Nothing is written to disk. */
const MEMORY = '512MB';

/** Rows of a result that the local run keeps. */
const MOST_ROWS = 100_000;

const INTERRUPT_MILLISECONDS = 50;

/** Rows of a result, with the names and DuckDB's types of its columns. */
export interface Rows {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly DuckDBValue[])[];
}

/**
 * DuckDB, which executes the queries in threads of its own. It is loaded by the first query. It reads files below one
 * folder, and nothing else: no other file, no network, no extension; queries cannot change that.
 *
 * @see https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview
 */
export class Engine {
  private opening: Promise<DuckDBInstance> | undefined;

  /** @param folder - absolute path of the folder whose files it may read. */
  constructor(private readonly folder: string) {}

  /** Opens a session for one query. */
  async session(): Promise<Session> {
    this.opening ??= opened(this.folder);
    const instance = await this.opening;
    return new Session(await instance.connect());
  }

  async close(): Promise<void> {
    const opening = this.opening;
    this.opening = undefined;
    (await opening)?.closeSync();
  }
}

async function opened(folder: string): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: MEMORY,
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // Whole numbers have whole quotients at Athena.
    integer_division: 'true',
  });
  const connection = await instance.connect();
  const settings = [
    "SET GLOBAL TimeZone = 'UTC'",
    `SET allowed_directories = [${quoted(folder.endsWith('/') ? folder : `${folder}/`)}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
  for (const statement of [...MACROS, ...settings]) await connection.run(statement);
  connection.closeSync();
  return instance;
}

/** A connection to the engine, for one query. */
export class Session {
  private isInterrupted = false;

  constructor(private readonly connection: DuckDBConnection) {}

  /** Parses one SELECT. @throws QueryError for what is not one. */
  async parse(statement: string): Promise<Tree> {
    const { rows } = await this.read(`SELECT json_serialize_sql(${quoted(statement)})`);
    const parsed = parsedJson(String(rows[0]?.[0]));
    if (!isObject(parsed)) throw new QueryError('the statement was not parsed', true);
    if (parsed['error'] === true) throw new QueryError(`mismatched input. ${parsed['error_message']}`, true);
    const statements = parsed['statements'];
    const [first, ...more] = isList(statements) ? statements : [];
    if (!isObject(first) || more.length > 0) throw new QueryError('Only one statement is allowed', true);
    return first;
  }

  /** Writes a parsed statement as text. */
  async text(statement: Tree): Promise<string> {
    // Places in the text mean nothing to DuckDB, and "no place" is a number that JSON does not hold.
    const json = JSON.stringify({ error: false, statements: [statement] }, (key, value) =>
      key === 'query_location' ? 0 : value,
    );
    const { rows } = await this.read(`SELECT json_deserialize_sql(${quoted(json)})`);
    return String(rows[0]?.[0]);
  }

  /** Executes a statement. @throws QueryError for a result that is too large, and after an interruption. */
  async read(statement: string): Promise<Rows> {
    // An interruption that comes before DuckDB has begun the statement does nothing, so it is repeated.
    const repeated = setInterval(() => this.isInterrupted && this.connection.interrupt(), INTERRUPT_MILLISECONDS);
    try {
      if (this.isInterrupted) throw new QueryError('Query was cancelled');
      const reader = await this.connection.streamAndReadUntil(statement, MOST_ROWS + 1);
      const rows = reader.getRows();
      if (rows.length > MOST_ROWS) {
        throw new QueryError(`NOT_SUPPORTED: the result has more than ${MOST_ROWS} rows, the local run's limit`);
      }
      return { names: reader.columnNames(), types: reader.columnTypes().map(String), rows };
    } finally {
      clearInterval(repeated);
    }
  }

  /** Stops what runs. It ends with an error. */
  interrupt(): void {
    this.isInterrupted = true;
    this.connection.interrupt();
  }

  close(): void {
    this.connection.closeSync();
  }
}

/** Writes text as a constant of SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Writes a name of SQL. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
