import { isList, isObject, type Value } from '../../../contract';
import { listOf, nodeOf, type Tree, textOf } from './tree';

/** A place where a query reads a table, with the conditions that stand beside it in WHERE, joined by AND. */
export interface TableReference {
  readonly node: Tree;
  readonly conditions: readonly Tree[];
}

/** Lists the places where a query reads tables of the catalogue; names of its own queries (WITH) are none. */
export function tableReferences(query: Tree): readonly TableReference[] {
  const found: TableReference[] = [];
  visitQuery(query, new Set(), found);
  return found;
}

function visitQuery(query: Tree, around: ReadonlySet<string>, found: TableReference[]): void {
  const names = new Set(around);
  for (const entry of listOf(nodeOf(query, 'cte_map') ?? {}, 'map')) {
    const inner = nodeOf(nodeOf(nodeOf(entry, 'value') ?? {}, 'query') ?? {}, 'node');
    if (inner !== undefined) visitQuery(inner, names, found);
    names.add(textOf(entry, 'key').toLowerCase());
  }
  const conditions = conjuncts(nodeOf(query, 'where_clause'));
  for (const node of tablesOf(nodeOf(query, 'from_table'))) {
    const isNamed = textOf(node, 'schema_name') === '' && names.has(textOf(node, 'table_name').toLowerCase());
    if (!isNamed) found.push({ node, conditions });
  }
  for (const [key, value] of Object.entries(query)) if (key !== 'cte_map') visitInside(value, names, found);
}

function visitInside(value: Value, names: ReadonlySet<string>, found: TableReference[]): void {
  if (isList(value)) for (const item of value) visitInside(item, names, found);
  if (!isObject(value)) return;
  if ('select_list' in value || 'setop_type' in value) visitQuery(value, names, found);
  else for (const inner of Object.values(value)) visitInside(inner, names, found);
}

function tablesOf(table: Tree | undefined): readonly Tree[] {
  if (table?.['type'] === 'BASE_TABLE') return [table];
  if (table?.['type'] !== 'JOIN') return [];
  return [...tablesOf(nodeOf(table, 'left')), ...tablesOf(nodeOf(table, 'right'))];
}

function conjuncts(condition: Tree | undefined): readonly Tree[] {
  if (condition === undefined) return [];
  if (condition['type'] !== 'CONJUNCTION_AND') return [condition];
  return listOf(condition, 'children').flatMap(conjuncts);
}

/** Replaces nodes of a tree by others. */
export function replaced(value: Value, by: ReadonlyMap<Value, Tree>): Value {
  const other = by.get(value);
  if (other !== undefined) return other;
  if (isList(value)) return value.map((item) => replaced(item, by));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, by)]));
}
