import { knownFunction, knownFunctions } from './functions';
import { placeOf, QueryError } from './query-error';
import { columnNames, constantText, listOf, nodeOf, nodesOf, type Tree, textOf } from './tree';

const EXPRESSIONS = [
  ...[
    'COLUMN_REF',
    'CONSTANT',
    'FUNCTION',
    'CAST',
    'COMPARISON',
    'CONJUNCTION',
    'OPERATOR',
    'CASE',
    'BETWEEN',
    'WINDOW',
  ],
  ...['SUBQUERY', 'STAR'],
];
const OPERATORS = [
  ...['OPERATOR_NOT', 'OPERATOR_IS_NULL', 'OPERATOR_IS_NOT_NULL', 'COMPARE_IN', 'COMPARE_NOT_IN', 'OPERATOR_COALESCE'],
  ...['OPERATOR_TRY', 'ARRAY_CONSTRUCTOR', 'OPERATOR_NULLIF'],
];
const SIGNS = ['+', '-', '*', '/', '%', '||', '~~', '!~~'];
/** Functions of the parser's own: `interval '7' day` is to_days(trunc(…)) to it. No query can spell them. */
const PARSER_FUNCTIONS = [
  ...['to_years', 'to_months', 'to_days', 'to_hours', 'to_minutes', 'to_seconds', 'trunc', 'date_part', 'timezone'],
  ...['like_escape', 'not_like_escape', 'position'],
];
const TABLES = ['BASE_TABLE', 'JOIN', 'SUBQUERY', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'EMPTY'];
const QUERIES = ['SELECT_NODE', 'SET_OPERATION_NODE'];
const JOINS = ['INNER', 'LEFT', 'RIGHT', 'OUTER'];
const FIELDS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'];
const TYPES = [
  ...[
    'BOOLEAN',
    'TINYINT',
    'SMALLINT',
    'INTEGER',
    'BIGINT',
    'FLOAT',
    'DOUBLE',
    'DECIMAL',
    'VARCHAR',
    'DATE',
    'TIMESTAMP',
  ],
  ...['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_TZ', 'UNBOUND'],
];
/** Kinds of conditions of a query that only DuckDB has. */
const ABSENT = ['sample', 'qualify', 'at_clause'];

/**
 * Checks every node of a parsed statement against the list of what the local run knows to mean the same to Athena.
 *
 * @throws QueryError that names the first one that is not on it.
 */
export function checkMeaning(statement: string, tree: Tree): void {
  const ofTables = new Set([...nodesOf(tree)].filter(isTableFunction).map((node) => node['function']));
  for (const node of nodesOf(tree)) {
    if (ofTables.has(node)) continue;
    const problem = problemOf(node);
    if (problem !== undefined) throw new QueryError(problem.replace('%', placeOf(statement, node['query_location'])));
  }
}

function isTableFunction(node: Tree): boolean {
  return node['type'] === 'TABLE_FUNCTION';
}

/** @returns a sentence with `%` for the place. */
function problemOf(node: Tree): string | undefined {
  for (const key of ABSENT) if (nodeOf(node, key) !== undefined) return `SYNTAX_ERROR: %: mismatched input '${key}'`;
  if ('select_list' in node || 'setop_type' in node) return problemOfQuery(node);
  if (textOf(node, 'type').endsWith('_MODIFIER')) return problemOfModifier(node);
  if ('join_type' in node || TABLES.includes(textOf(node, 'type'))) return problemOfTable(node);
  return 'class' in node ? problemOfExpression(node) : undefined;
}

function problemOfQuery(node: Tree): string | undefined {
  const type = textOf(node, 'type');
  if (!QUERIES.includes(type)) return notKnown(`a query of the kind ${type}`);
  if ('select_list' in node && node['aggregate_handling'] !== 'STANDARD_HANDLING') {
    return 'SYNTAX_ERROR: %: Expressions are needed after GROUP BY';
  }
  return textOf(node, 'setop_type') === 'UNION_BY_NAME' ? 'SYNTAX_ERROR: %: UNION BY NAME is unknown' : undefined;
}

function problemOfModifier(node: Tree): string | undefined {
  const isPlain = ['ORDER_MODIFIER', 'LIMIT_MODIFIER', 'DISTINCT_MODIFIER'].includes(textOf(node, 'type'));
  if (isPlain && listOf(node, 'distinct_on_targets').length === 0) return undefined;
  return 'SYNTAX_ERROR: %: LIMIT has a number, and DISTINCT no list';
}

function problemOfTable(node: Tree): string | undefined {
  const type = textOf(node, 'type');
  if (!TABLES.includes(type)) return notKnown(`a table of the kind ${type}`);
  if (type === 'JOIN' && !JOINS.includes(textOf(node, 'join_type'))) {
    return notKnown(`a join of the kind ${textOf(node, 'join_type')}`);
  }
  if (type === 'JOIN' && !['REGULAR', 'CROSS'].includes(textOf(node, 'ref_type'))) {
    return notKnown(`a join of the kind ${textOf(node, 'ref_type')}`);
  }
  if (type !== 'TABLE_FUNCTION') return undefined;
  const name = textOf(nodeOf(node, 'function') ?? {}, 'function_name');
  return name === 'unnest' ? undefined : `FUNCTION_NOT_FOUND: %: Table function '${name}' not registered`;
}

function problemOfExpression(node: Tree): string | undefined {
  const kind = textOf(node, 'class');
  if (!EXPRESSIONS.includes(kind)) return notKnown(`an expression of the kind ${kind}`);
  if (kind === 'FUNCTION' || kind === 'WINDOW') return problemOfFunction(node);
  if (kind === 'OPERATOR' && !OPERATORS.includes(textOf(node, 'type'))) return notKnown(textOf(node, 'type'));
  if (kind === 'CAST') return problemOfCast(node);
  if (kind === 'STAR') {
    const lists = ['exclude_list', 'replace_list', 'qualified_exclude_list', 'rename_list'];
    const isPlain = lists.every((key) => listOf(node, key).length === 0 && String(node[key] ?? '') === '');
    return isPlain && node['columns'] !== true ? undefined : 'SYNTAX_ERROR: %: a star has no further words';
  }
  return undefined;
}

function problemOfCast(node: Tree): string | undefined {
  const type = textOf(nodeOf(node, 'cast_type') ?? {}, 'id');
  return TYPES.includes(type) ? undefined : notKnown(`a cast to ${type}`);
}

function problemOfFunction(node: Tree): string | undefined {
  const name = textOf(node, 'function_name');
  const children = listOf(node, 'children');
  if (node['is_operator'] === true || SIGNS.includes(name)) {
    if (!SIGNS.includes(name)) return `SYNTAX_ERROR: %: mismatched input '${name}'`;
    return name === '/' && children.some(isDecimal) ? DECIMAL_QUOTIENT : undefined;
  }
  if (name === 'date_part') {
    const field = constantText(children[0]) ?? '';
    return FIELDS.includes(field) ? undefined : notKnown(`extract(${field} from …)`);
  }
  if (name === 'timezone') {
    return constantText(children[0]) === 'UTC' ? undefined : notKnown('a time zone other than UTC');
  }
  if (PARSER_FUNCTIONS.includes(name)) return undefined;
  const known = knownFunction(name);
  if (known === undefined) {
    return `FUNCTION_NOT_FOUND: %: Function '${name}' not registered. The local run knows ${knownFunctions().join(', ')}`;
  }
  const [least, most] = known.arguments;
  if (children.length >= least && children.length <= most) return undefined;
  return `FUNCTION_NOT_FOUND: %: Unexpected parameters for function ${name}; ${least} to ${most} are known`;
}

const DECIMAL_QUOTIENT =
  'NOT_SUPPORTED: %: the quotient of a decimal keeps few digits at Athena (100.0 * 1 / 3 is 33.3) and many in the local run. Write cast(… as double), or a double such as 1e2';

/** Tells whether an operand is a decimal: a literal with a point, or a sum or product with one. */
function isDecimal(node: Tree): boolean {
  if (node['class'] === 'CONSTANT') return nodeOf(nodeOf(node, 'value') ?? {}, 'type')?.['id'] === 'DECIMAL';
  const isSum = node['class'] === 'FUNCTION' && ['+', '-', '*', '/', '%'].includes(textOf(node, 'function_name'));
  return isSum && listOf(node, 'children').some(isDecimal) && !listOf(node, 'children').some(isDouble);
}

function isDouble(node: Tree): boolean {
  if (node['class'] === 'CAST') return textOf(nodeOf(node, 'cast_type') ?? {}, 'id') === 'DOUBLE';
  if (node['class'] === 'CONSTANT') return nodeOf(nodeOf(node, 'value') ?? {}, 'type')?.['id'] === 'DOUBLE';
  return node['class'] === 'FUNCTION' && listOf(node, 'children').some(isDouble);
}

function notKnown(name: string): string {
  return `NOT_SUPPORTED: %: ${name} is not modelled by the local run`;
}

/** The names of all columns that a statement mentions; undefined when it has a star, which means all. */
export function mentionedColumns(tree: Tree): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const node of nodesOf(tree)) {
    if (node['class'] === 'STAR') return undefined;
    for (const name of columnNames(node)) names.add(name.toLowerCase());
    for (const name of Array.isArray(node['using_columns']) ? node['using_columns'] : []) {
      names.add(String(name).toLowerCase());
    }
  }
  return names;
}
