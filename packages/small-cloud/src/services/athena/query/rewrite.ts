import { isList, type Value } from '../../../contract';
import { knownFunction } from './functions';
import { QueryError } from './query-error';
import { call, cast, columnNames, constant, constantText, listOf, nodeOf, rebuilt, type Tree, textOf } from './tree';

const OPERATORS: Readonly<Record<string, string>> = {
  '/': 'athena_divide',
  '%': 'athena_modulo',
  '||': 'athena_join',
};

const ZONED = 'TIMESTAMP WITH TIME ZONE';

/**
 * Makes a checked statement mean to DuckDB what it means to Athena: functions get DuckDB's names, columns without a name
 * are `_col0`, `_col1`…, and comparisons convert no types.
 *
 * @param now - the cloud's time, in milliseconds since 1970.
 */
export function rewritten(tree: Tree, now: number): Tree {
  return rebuilt(tree, (node) => {
    if ('select_list' in node) return { ...node, select_list: named(node['select_list'] ?? []) };
    if (node['class'] === 'COLUMN_REF') return momentOf(columnNames(node).join('.').toLowerCase(), now) ?? node;
    if (node['class'] === 'FUNCTION') return functionOf(node, now);
    if (node['class'] === 'WINDOW') {
      return { ...node, function_name: knownFunction(textOf(node, 'function_name'))?.name ?? '' };
    }
    if (node['class'] === 'CAST') return castOf(node);
    if (node['class'] === 'CONSTANT') return constantOf(node);
    return node['type'] === 'OPERATOR_TRY' ? lenient(node) : strict(node);
  }) as Tree;
}

function named(list: Value): Value {
  if (!isList(list)) return list;
  return list.map((item, index) => {
    const node = item as Tree;
    const hasName = textOf(node, 'alias') !== '' || node['class'] === 'COLUMN_REF' || node['class'] === 'STAR';
    return hasName ? node : { ...node, alias: `_col${index}` };
  });
}

function momentOf(name: string, now: number): Tree | undefined {
  const text = new Date(now).toISOString();
  if (name === 'current_date') return cast(constant(text.slice(0, 10)), 'DATE');
  if (name === 'localtimestamp') return cast(constant(text.slice(0, -1)), 'TIMESTAMP');
  return name === 'current_timestamp' ? cast(constant(text), ZONED) : undefined;
}

function functionOf(node: Tree, now: number): Tree {
  const name = textOf(node, 'function_name');
  const children = listOf(node, 'children');
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator !== undefined) return call(operator, children, node);
  if ((name === '+' || name === '-') && isDate(children[0]) && isInterval(children[1])) {
    return cast({ ...node, alias: '' }, 'DATE', textOf(node, 'alias'));
  }
  // In UTC, the zone of the whole run, `at time zone` changes nothing.
  if (name === 'timezone') return { ...(children[1] ?? {}), alias: textOf(node, 'alias') };
  if (name === 'now' || name === 'current_timestamp') {
    return { ...(momentOf('current_timestamp', now) ?? {}), alias: textOf(node, 'alias') };
  }
  if (name === 'concat') return joined(children, textOf(node, 'alias'));
  if (name === 'date_format' || name === 'date_parse') return formatted(node, children);
  if (name === 'date_add' && isDate(children[2])) {
    return cast(call('athena_date_add', children), 'DATE', textOf(node, 'alias'));
  }
  const known = knownFunction(name);
  return known === undefined ? node : { ...node, function_name: known.name };
}

function joined(children: readonly Tree[], alias: string): Tree {
  const whole = children.reduce((left, right) => call('athena_join', [left, right]));
  return { ...whole, alias };
}

/** A double becomes a cast, because JSON does not tell 7.0 from 7. */
function constantOf(node: Tree): Tree {
  const value = nodeOf(node, 'value') ?? {};
  const isDouble = nodeOf(value, 'type')?.['id'] === 'DOUBLE';
  return isDouble ? cast(constant(String(value['value'])), 'DOUBLE', textOf(node, 'alias')) : node;
}

/** Inside TRY, the operators that make null of an error are DuckDB's own. */
function lenient(node: Tree): Tree {
  return rebuilt(node, (inner) => {
    const [operator] = Object.entries(OPERATORS).find(([, name]) => name === textOf(inner, 'function_name')) ?? [];
    return operator === undefined ? inner : { ...inner, function_name: operator, is_operator: true };
  }) as Tree;
}

/** A cast of anything to text shows times as Athena does. */
function castOf(node: Tree): Tree {
  const type = nodeOf(node, 'cast_type');
  const child = nodeOf(node, 'child');
  const isText = type?.['id'] === 'VARCHAR' && child?.['class'] !== 'CONSTANT';
  return isText && child !== undefined && node['try_cast'] !== true ? call('athena_text', [child], node) : node;
}

function isDate(node: Tree | undefined): boolean {
  return node?.['class'] === 'CAST' && nodeOf(node, 'cast_type')?.['id'] === 'DATE';
}

function isInterval(node: Tree | undefined): boolean {
  return node !== undefined && ['to_days', 'to_months', 'to_years'].includes(textOf(node, 'function_name'));
}

/** Constants of a comparison get a type, because DuckDB converts those without one to the type of the other side. */
function strict(node: Tree): Tree {
  if (node['class'] === 'COMPARISON') return typedMembers(node, ['left', 'right']);
  if (node['class'] === 'BETWEEN') return typedMembers(node, ['input', 'lower', 'upper']);
  if (node['type'] !== 'COMPARE_IN' && node['type'] !== 'COMPARE_NOT_IN') return node;
  return { ...node, children: listOf(node, 'children').map(typed) };
}

function typedMembers(node: Tree, keys: readonly string[]): Tree {
  const members = keys.map((key) => [key, typed(nodeOf(node, key) ?? {})] as const);
  return { ...node, ...Object.fromEntries(members) };
}

function typed(node: Tree): Tree {
  if (node['class'] !== 'CONSTANT') return node;
  const type = nodeOf(nodeOf(node, 'value') ?? {}, 'type')?.['id'];
  return type === 'VARCHAR' || type === 'INTEGER' || type === 'BIGINT' ? cast(node, type) : node;
}

/** Directives of MySQL's date formats, with DuckDB's. @see https://trino.io/docs/current/functions/datetime.html */
const DIRECTIVES: Readonly<Record<string, string>> = Object.fromEntries(
  // A letter that means the same to DuckDB, or a letter and its meaning.
  'a b d f H I j p M=B S W=A Y y m c=-m e=-d h=I i=M k=-H l=-I s=S'
    .split(' ')
    .map((pair) => pair.split('='))
    .map(([letter = '', directive = letter]) => [letter, `%${directive}`]),
);

/** Directives that stand for several. */
const LONG_DIRECTIVES: Readonly<Record<string, string>> = { '%': '%%', r: '%I:%M:%S %p', T: '%H:%M:%S' };

function formatted(node: Tree, children: readonly Tree[]): Tree {
  const format = constantText(children[1]);
  if (format === undefined) {
    throw new QueryError('NOT_SUPPORTED: a format that is not a text is not modelled by the local run');
  }
  const translated = format.replace(/%(.)/g, (whole, letter: string) => {
    const directive = new Map(Object.entries({ ...DIRECTIVES, ...LONG_DIRECTIVES })).get(letter);
    if (directive === undefined) {
      throw new QueryError(`INVALID_FUNCTION_ARGUMENT: ${whole} is not supported in a date format`);
    }
    return directive;
  });
  const name = knownFunction(textOf(node, 'function_name'))?.name ?? '';
  return { ...node, function_name: name, children: [children[0] ?? {}, constant(translated)] };
}
