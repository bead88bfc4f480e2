import { isList, isObject, type JsonObject, type Value } from '../../../contract';

/** A node of a parsed statement, as DuckDB writes it in JSON. */
export type Tree = JsonObject;

/** All nodes of a tree, the outer ones first. */
export function* nodesOf(value: Value | undefined): Generator<Tree> {
  if (isList(value)) for (const item of value) yield* nodesOf(item);
  if (!isObject(value)) return;
  yield value;
  for (const inner of Object.values(value)) yield* nodesOf(inner);
}

/** Rebuilds a tree from the inside out: every node is replaced by the result of `change`. */
export function rebuilt(value: Value, change: (node: Tree) => Value): Value {
  if (isList(value)) return value.map((item) => rebuilt(item, change));
  if (!isObject(value)) return value;
  const inner = Object.entries(value).map(([key, item]) => [key, rebuilt(item, change)] as const);
  return change(Object.fromEntries(inner));
}

/** A member that is text; empty when there is none. */
export function textOf(node: Tree, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

/** A member that is a node. */
export function nodeOf(node: Tree, key: string): Tree | undefined {
  const value = node[key];
  return isObject(value) ? value : undefined;
}

/** A member that is a list of nodes; empty when there is none. */
export function listOf(node: Tree, key: string): readonly Tree[] {
  const value = node[key];
  return isList(value) ? value.filter(isObject) : [];
}

/** The names of a reference to a column, such as `['events', 'ts']`; empty for any other node. */
export function columnNames(node: Tree): readonly string[] {
  const names = node['class'] === 'COLUMN_REF' ? node['column_names'] : undefined;
  return isList(names) ? names.map(String) : [];
}

/** Makes a call of a function. */
export function call(name: string, children: readonly Value[], like: Tree = {}): Tree {
  return {
    class: 'FUNCTION',
    type: 'FUNCTION',
    alias: textOf(like, 'alias'),
    query_location: 0,
    function_name: name,
    schema: '',
    children,
    filter: null,
    order_bys: { type: 'ORDER_MODIFIER', orders: [] },
    distinct: false,
    is_operator: false,
    export_state: false,
    catalog: '',
  };
}

/** Makes a cast to a type without parameters. */
export function cast(child: Value, type: string, alias = ''): Tree {
  const cast_type = { id: type, type_info: null };
  return { class: 'CAST', type: 'OPERATOR_CAST', alias, query_location: 0, child, cast_type, try_cast: false };
}

/** Makes a constant of text. */
export function constant(text: string): Tree {
  const value = { type: { id: 'VARCHAR', type_info: null }, is_null: false, value: text };
  return { class: 'CONSTANT', type: 'VALUE_CONSTANT', alias: '', query_location: 0, value };
}

/** The text of a constant; undefined for any other node. */
export function constantText(node: Tree | undefined): string | undefined {
  if (node?.['class'] === 'CAST') return constantText(nodeOf(node, 'child'));
  const value = node?.['class'] === 'CONSTANT' ? nodeOf(node, 'value')?.['value'] : undefined;
  return typeof value === 'string' ? value : undefined;
}
