import { placeOf, QueryError } from './query-error';
import { type Token, tokensOf } from './tokens';

/** Signs that DuckDB reads and Athena does not. */
const SIGNS = [
  '::',
  '//',
  '**',
  '==',
  '<<',
  '>>',
  '->',
  '->>',
  '<=>',
  ':=',
  '=>',
  '~',
  '^',
  '&',
  '|',
  '@',
  '$',
  '#',
  '{',
  '}',
  ':',
  '`',
];

/** Words of DuckDB's own clauses. A query that needs one as a name quotes it. */
const WORDS = [
  ...['qualify', 'pivot', 'unpivot', 'ilike', 'glob', 'similar', 'exclude', 'asof', 'positional', 'semi', 'anti'],
  ...['isnull', 'notnull', 'summarize', 'sample', 'tablesample', 'collate', 'lambda'],
];

/** Words that stand before the type of a cast, and are no types of Athena's queries. */
const TYPES = [
  ...['string', 'text', 'int1', 'int2', 'int4', 'int8', 'float', 'float4', 'float8', 'numeric', 'hugeint', 'long'],
  ...['datetime', 'timestamptz', 'bool', 'logical', 'utinyint', 'usmallint', 'uinteger', 'ubigint', 'blob', 'short'],
];

const INTERVALS = ['year', 'month', 'day', 'hour', 'minute', 'second'];

/** Functions that DuckDB makes of other spellings. A query of Athena has those spellings and not the functions. */
const HIDDEN = [
  ...['to_years', 'to_months', 'to_days', 'to_hours', 'to_minutes', 'to_seconds', 'to_milliseconds', 'trunc'],
  ...['date_part', 'timezone', 'like_escape', 'not_like_escape', 'list_value', 'struct_pack', 'regexp_full_match'],
];

/**
 * Checks the spelling of a statement: refuses what DuckDB's parser would take and Athena's would not. The parser sees only
 * the meaning, so that `x::int` and `cast(x as integer)` are one to it.
 *
 * @returns the statement without a last semicolon, and with the values of its question marks.
 * @throws QueryError for a spelling that Athena does not know.
 */
export function spelled(statement: string, values: readonly string[] = []): string {
  const text = filledIn(statement, values);
  const tokens = tokensOf(text);
  const first = tokens[0]?.text;
  if (first !== 'select' && first !== 'with' && first !== '(' && first !== 'values') {
    throw new QueryError(
      `${first ?? 'an empty statement'} is not modelled by the local run; it knows SELECT and WITH`,
      true,
    );
  }
  for (const [index, token] of tokens.entries()) {
    const problem = problemAt(tokens, index);
    if (problem === undefined) continue;
    throw new QueryError(`${placeOf(text, token.at)}: mismatched input '${token.text}'. ${problem}`, true);
  }
  return text;
}

function problemAt(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  const [before, next, afterNext] = [tokens[index - 1], tokens[index + 1], tokens[index + 2]];
  if (token === undefined) return undefined;
  if (token.kind === 'sign') return problemOfSign(token, before, next);
  if (token.kind === 'name' && token.text === '""') return 'Zero-length delimited identifier not allowed';
  if (token.kind !== 'word' || before?.text === '.') return undefined;
  if (WORDS.includes(token.text)) return 'Athena does not know it; a name of that kind needs quotation marks';
  if (HIDDEN.includes(token.text) && next?.text === '(') return `Function '${token.text}' not registered`;
  if (next?.kind === 'text' && /^[bentu]$/.test(token.text) && next.at === token.at + 1) {
    return 'Athena does not know this kind of text';
  }
  if (token.text === 'interval') return problemOfInterval(next, afterNext);
  if (before?.text === 'as' && TYPES.includes(token.text) && isSign(next, ')', '(')) {
    return `Unknown type: ${token.text}`;
  }
  return problemOfClause(tokens, index);
}

function problemOfSign({ text }: Token, before: Token | undefined, next: Token | undefined): string | undefined {
  if (SIGNS.includes(text)) return 'Athena does not know this sign';
  if (text === '[' && !(before?.kind === 'word' && before.text === 'array')) {
    return 'ARRAY[…] makes a list, and element_at(list, number) reads it';
  }
  if (text === ';' && next !== undefined) return 'Only one statement is allowed';
  if (text === '%' && before?.kind === 'number' && (next === undefined || next.text === ')')) {
    return 'A number is needed';
  }
  if (
    text === ',' &&
    (isSign(next, ')') || (next?.kind === 'word' && ['from', 'where', 'group', 'order'].includes(next.text)))
  ) {
    return 'An expression is needed after a comma';
  }
  return undefined;
}

function problemOfInterval(next: Token | undefined, afterNext: Token | undefined): string | undefined {
  if (next === undefined || !(next.kind === 'number' || next.kind === 'text' || isSign(next, '('))) return undefined;
  const isWritten = next.kind === 'text' && /^'[+-]?\d+'$/.test(next.text) && INTERVALS.includes(afterNext?.text ?? '');
  return isWritten ? undefined : `an interval is written like interval '7' day, of ${INTERVALS.join(', ')}`;
}

function problemOfClause(tokens: readonly Token[], index: number): string | undefined {
  const [token, next, third] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  if (token?.text === 'limit' && third?.text === 'offset') return 'OFFSET comes before LIMIT';
  if (token?.text === 'by' && next?.text === 'all') return 'Expressions are needed';
  if (token?.text === 'distinct' && next?.text === 'on' && isSign(third, '(')) {
    return 'Athena does not know DISTINCT ON';
  }
  if (token?.text === 'from' && isFirst(tokens, index)) return "Expecting: 'SELECT'";
  return undefined;
}

/** Tells whether FROM opens a query, as only DuckDB allows. */
function isFirst(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.text === '(' && tokens[index - 2]?.text !== 'extract' && tokens[index - 2]?.text !== 'trim';
}

function isSign(token: Token | undefined, ...signs: readonly string[]): boolean {
  return token?.kind === 'sign' && signs.includes(token.text);
}

/** Puts values in the places of question marks. @throws QueryError when there are more or fewer. */
function filledIn(statement: string, values: readonly string[]): string {
  const marks = tokensOf(statement).filter((token) => isSign(token, '?'));
  if (marks.length !== values.length) {
    throw new QueryError(`Incorrect number of parameters: expected ${marks.length} but found ${values.length}`, true);
  }
  let text = statement;
  for (const [index, mark] of [...marks.entries()].reverse()) {
    text = `${text.slice(0, mark.at)}${values[index]}${text.slice(mark.at + 1)}`;
  }
  return text.replace(/;\s*$/, '');
}
