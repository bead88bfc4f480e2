import type { CatalogTable, ObjectShelf } from '../../../contract';
import type { Engine, Session } from './engine';
import { checkMeaning, mentionedColumns } from './meaning';
import { checkNames } from './names';
import { athenaType, printed } from './printed';
import { QueryError } from './query-error';
import { replaced, tableReferences } from './references';
import { rewritten } from './rewrite';
import { type Source, scannedBytes, sourceOf } from './sources';
import { spelled } from './spelling';
import { nodeOf, type Tree, textOf } from './tree';

/** A column of a result. */
export interface ResultColumn {
  readonly name: string;
  /** Athena's type: `varchar`, `bigint`. */
  readonly type: string;
}

/** A result as Athena gives it: all values are text; undefined is null. */
export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** Parts of the run that a query uses. */
export interface QueryMeans {
  readonly shelf: ObjectShelf;
  /** The database of a table without one; undefined when the caller gave none. */
  readonly database: string | undefined;
  /** The cloud's time, in milliseconds since 1970. */
  readonly now: number;
  /** Finds a table for the caller. @throws QueryError when there is none, or the caller may not read it. */
  table(database: string, name: string): CatalogTable;
  /** Called with the bytes that will be scanned, before they are. @throws QueryError to cancel the query. */
  scanning(bytes: number): void;
}

/** A statement that Athena would start. {@link PreparedQuery.run} executes it, once; {@link PreparedQuery.stop} ends it. */
export class PreparedQuery {
  private constructor(
    private readonly statement: string,
    private readonly tree: Tree,
    private readonly session: Session,
  ) {}

  /** Parses a statement. @throws QueryError for a syntax that Athena refuses. */
  static async of(engine: Engine, statement: string, values: readonly string[]): Promise<PreparedQuery> {
    const text = spelled(statement, values);
    const session = await engine.session();
    try {
      return new PreparedQuery(text, await session.parse(text), session);
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** @throws QueryError in Athena's words, whatever goes wrong. */
  async run(means: QueryMeans): Promise<QueryResult> {
    try {
      return await this.result(means);
    } catch (error) {
      throw error instanceof QueryError ? error : inAthenasWords(error);
    } finally {
      this.session.close();
    }
  }

  /** Ends the statement that runs. */
  stop(): void {
    this.session.interrupt();
  }

  /** Gives up a query that was never run. */
  close(): void {
    this.session.close();
  }

  private async result(means: QueryMeans): Promise<QueryResult> {
    const { statement, session, tree } = this;
    checkMeaning(statement, tree);
    const tables = new Map<string, CatalogTable>();
    const find = (schema: string, name: string) => {
      const database = (schema === '' ? means.database : schema) ?? '';
      const table = means.table(database, name);
      tables.set(`${database}.${name}`, table);
      return [...table.columns, ...table.partitionKeys].map((column) => column.name);
    };
    checkNames(statement, nodeOf(tree, 'node') ?? {}, find);
    const ready = await this.withSources(rewritten(tree, means.now), means);
    const { names, types, rows } = await session.read(await session.text(ready));
    return {
      columns: names.map((name, index) => ({ name, type: athenaType(types[index] ?? '') })),
      rows: rows.map((row) => row.map((value, index) => printed(value, types[index] ?? ''))),
    };
  }

  /** Puts the files of the tables in the places of their names. */
  private async withSources(tree: Tree, means: QueryMeans): Promise<Tree> {
    const { session } = this;
    const columns = mentionedColumns(this.tree);
    const sources = new Map<Tree, Tree>();
    let bytes = 0;
    for (const { node, conditions } of tableReferences(nodeOf(tree, 'node') ?? {})) {
      const name = textOf(node, 'table_name');
      const table = means.table(textOf(node, 'schema_name') || (means.database ?? ''), name);
      const source = await sourceOf(table, conditions, { session, ...means });
      bytes += await scannedBytes(source, columns, session);
      sources.set(node, await this.subquery(node, source));
    }
    means.scanning(bytes);
    return replaced(tree, sources) as Tree;
  }

  private async subquery(node: Tree, { statement }: Source): Promise<Tree> {
    const parsed = await this.session.parse(`SELECT * FROM (${statement}) AS source`);
    const from = nodeOf(nodeOf(parsed, 'node') ?? {}, 'from_table') ?? {};
    const alias = textOf(node, 'alias') || textOf(node, 'table_name');
    return { ...from, alias, column_name_alias: node['column_name_alias'] ?? [] };
  }
}

/** Translates DuckDB's errors. Those of macros carry Athena's words already. */
function inAthenasWords(error: unknown): QueryError {
  const text = error instanceof Error ? error.message : String(error);
  const sentence = (text.split('\n')[0] ?? '').replace(/^Error: /, '');
  const own = /([A-Z]+(?:_[A-Z]+)+: .*)$/.exec(sentence)?.[1];
  if (own !== undefined) return new QueryError(own);
  const column = /Referenced column "([^"]*)" (?:was )?not found/.exec(sentence)?.[1];
  if (column !== undefined) {
    return new QueryError(`COLUMN_NOT_FOUND: Column '${column.toLowerCase()}' cannot be resolved`);
  }
  if (sentence.startsWith('Conversion Error: ')) return new QueryError(`INVALID_CAST_ARGUMENT: ${sentence.slice(18)}`);
  if (sentence.startsWith('Binder Error: ')) return new QueryError(`TYPE_MISMATCH: ${sentence.slice(14)}`);
  if (sentence.startsWith('Out of Memory Error: ')) return new QueryError(`EXCEEDED_LOCAL_MEMORY_LIMIT: ${sentence}`);
  return new QueryError(`GENERIC_INTERNAL_ERROR: ${sentence}`);
}
