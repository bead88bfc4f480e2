import { isList, type Value } from '../../../contract';
import { placeOf, QueryError } from './query-error';
import { columnNames, listOf, nodeOf, type Tree, textOf } from './tree';

/** The columns of a table of the catalogue; undefined for a name that is no table. */
export type ColumnsOf = (schema: string, table: string) => readonly string[] | undefined;

/** Names that can be seen from a place of a statement. */
interface Scope {
  /** Columns of the named queries. */
  readonly queries: ReadonlyMap<string, readonly string[] | undefined>;
  /** Columns of the tables around; undefined when one of them is not known. */
  readonly outer: ReadonlySet<string> | undefined;
}

/**
 * Refuses a query that uses the name of an output column where Athena sees only the tables: in WHERE, GROUP BY, HAVING and
 * in other output columns. DuckDB allows all of them.
 *
 * @throws QueryError COLUMN_NOT_FOUND.
 */
export function checkNames(statement: string, query: Tree, columnsOf: ColumnsOf): void {
  const finder = new NameFinder(statement, columnsOf);
  finder.columns(query, { queries: new Map(), outer: new Set() });
}

class NameFinder {
  constructor(
    private readonly statement: string,
    private readonly columnsOf: ColumnsOf,
  ) {}

  /** Checks a query. @returns the names of its columns; undefined when they are not known. */
  columns(query: Tree, around: Scope): readonly string[] | undefined {
    const scope = this.withNamedQueries(query, around);
    if (query['type'] === 'SET_OPERATION_NODE') {
      const sides = [query['left'], query['right'], ...listOf(query, 'children')].filter(isTree);
      const columns = sides.map((side) => this.columns(side, scope));
      return columns[0];
    }
    const tables = this.tableColumns(nodeOf(query, 'from_table'), scope);
    const seen = tables === undefined || scope.outer === undefined ? undefined : new Set([...tables, ...scope.outer]);
    const inner: Scope = { ...scope, outer: seen };
    const list = listOf(query, 'select_list');
    const aliases = new Set(list.map((item) => textOf(item, 'alias').toLowerCase()).filter((alias) => alias !== ''));
    for (const key of ['select_list', 'where_clause', 'group_expressions', 'having']) {
      this.check(query[key], inner, aliases);
    }
    this.check(query['modifiers'], { ...inner, outer: undefined }, new Set());
    return outputNames(list, tables);
  }

  private withNamedQueries(query: Tree, around: Scope): Scope {
    const queries = new Map(around.queries);
    for (const { key, value } of listOf(nodeOf(query, 'cte_map') ?? {}, 'map') as readonly Readonly<
      Record<string, Value>
    >[]) {
      const node = nodeOf(nodeOf(value as Tree, 'query') ?? {}, 'node');
      const aliases = textsOf((value as Tree)['aliases']);
      const columns = node === undefined ? undefined : this.columns(node, { ...around, queries });
      queries.set(String(key).toLowerCase(), aliases.length > 0 ? aliases : columns);
    }
    return { ...around, queries };
  }

  /** The columns of what stands after FROM; undefined when they are not known. */
  private tableColumns(table: Tree | undefined, scope: Scope): readonly string[] | undefined {
    if (table === undefined) return [];
    const aliases = textsOf(table['column_name_alias']);
    switch (table['type']) {
      case 'EMPTY':
        return [];
      case 'JOIN': {
        const sides = [nodeOf(table, 'left'), nodeOf(table, 'right')].map((side) => this.tableColumns(side, scope));
        this.check(table['condition'], { ...scope, outer: undefined }, new Set());
        return sides.some((side) => side === undefined) ? undefined : sides.flatMap((side) => side ?? []);
      }
      case 'SUBQUERY': {
        const node = nodeOf(nodeOf(table, 'subquery') ?? {}, 'node');
        const columns = node === undefined ? undefined : this.columns(node, scope);
        return aliases.length > 0 ? aliases : columns;
      }
      case 'BASE_TABLE': {
        const [schema, name] = [textOf(table, 'schema_name'), textOf(table, 'table_name').toLowerCase()];
        const isNamed = schema === '' && scope.queries.has(name);
        const columns = isNamed ? scope.queries.get(name) : this.columnsOf(schema, name);
        return aliases.length > 0 ? aliases : columns;
      }
      default:
        return aliases.length > 0 ? aliases : undefined;
    }
  }

  /** Looks through expressions for names that only the output has. Queries inside are checked with what they can see. */
  private check(value: Value | undefined, scope: Scope, aliases: ReadonlySet<string>): void {
    if (isList(value)) for (const item of value) this.check(item, scope, aliases);
    if (!isTree(value)) return;
    if (value['class'] === 'SUBQUERY') {
      const node = nodeOf(nodeOf(value, 'subquery') ?? {}, 'node');
      if (node !== undefined) this.columns(node, scope);
    }
    const [name, ...more] = columnNames(value);
    if (name !== undefined && more.length === 0) this.checkName(name.toLowerCase(), value, { scope, aliases });
    for (const [key, inner] of Object.entries(value)) if (key !== 'subquery') this.check(inner, scope, aliases);
  }

  private checkName(
    name: string,
    node: Tree,
    { scope, aliases }: { readonly scope: Scope; readonly aliases: ReadonlySet<string> },
  ): void {
    if (scope.outer === undefined || scope.outer.has(name) || !aliases.has(name)) return;
    const place = placeOf(this.statement, node['query_location']);
    const advice = 'It is the name of an output column, which Athena knows in ORDER BY only; repeat its expression';
    throw new QueryError(`COLUMN_NOT_FOUND: ${place}: Column '${name}' cannot be resolved. ${advice}`);
  }
}

function outputNames(list: readonly Tree[], tables: readonly string[] | undefined): readonly string[] | undefined {
  if (tables === undefined && list.some((item) => item['class'] === 'STAR')) return undefined;
  return list.flatMap((item, index) => {
    if (item['class'] === 'STAR') return tables ?? [];
    return (textOf(item, 'alias') || columnNames(item).at(-1) || `_col${index}`).toLowerCase();
  });
}

function textsOf(value: Value | undefined): readonly string[] {
  return isList(value) ? value.map((item) => String(item).toLowerCase()) : [];
}

function isTree(value: Value | undefined): value is Tree {
  return typeof value === 'object' && value !== null && !isList(value);
}
