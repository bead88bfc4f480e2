import { placeOf, QueryError } from './query-error';

/** A word, name, text, number or sign of a statement. Words are in lower case. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
  readonly at: number;
}

const COMMENT = /--[^\n]*|\/\*[\s\S]*?\*\//y;
const KINDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', /'(?:[^']|'')*'/y],
  ['name', /"(?:[^"]|"")*"/y],
  ['number', /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_][\w]*/y],
  ['sign', /->>|<=>|::|:=|=>|->|<=|>=|<>|!=|\|\||\/\/|\*\*|==|<<|>>|[^\s]/y],
];

/** Cuts a statement into its tokens, without comments. @throws QueryError for a quotation that does not end. */
export function tokensOf(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < statement.length; ) {
    const blank = /\s+/y;
    const skipped = matchAt(blank, statement, at) ?? matchAt(COMMENT, statement, at);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const token = tokenAt(statement, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens.map((token) => (token.kind === 'word' ? { ...token, text: token.text.toLowerCase() } : token));
}

function tokenAt(statement: string, at: number): Token {
  for (const [kind, pattern] of KINDS) {
    const text = matchAt(pattern, statement, at);
    if (text === undefined) continue;
    if (text === "'" || text === '"') break;
    return { kind, text, at };
  }
  throw new QueryError(`${placeOf(statement, at)}: mismatched input. A quotation does not end`, true);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
