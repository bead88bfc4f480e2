/** A statement that Athena would refuse, in the words of its engine: `COLUMN_NOT_FOUND: line 1:8: …`. */
export class QueryError extends Error {
  override readonly name = 'QueryError';

  /** @param isSyntax - true for a statement that cannot be parsed, which Athena refuses before it starts. @default false */
  constructor(
    sentence: string,
    readonly isSyntax = false,
  ) {
    super(sentence);
  }
}

/** The place of a character in a statement: `line 1:8`. */
export function placeOf(statement: string, offset: unknown): string {
  const at = typeof offset === 'number' && offset <= statement.length ? offset : 0;
  const before = statement.slice(0, at).split('\n');
  return `line ${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
