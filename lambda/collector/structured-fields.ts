/** A bare item of a structured field. Tokens are strings, a date is its number. */
export type Item = number | string | boolean;

/** The members of a dictionary. An inner list keeps the items, without their parameters. */
export type Dictionary = ReadonlyMap<string, Item | readonly Item[]>;

/** Most members of a dictionary, and most items of an inner list, that are read. */
const MOST = 64;

const KEY = /[a-z*][a-z0-9_.*-]*/y;
const NUMBER = /-?\d{1,15}(?:\.\d{1,3})?/y;
const STRING = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y;
const TOKEN = /[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*/y;
const BOOLEAN = /\?([01])/y;
const BLANKS = /[ \t]*/y;

/** Reads a text from a position on, piece by piece. */
class Cursor {
  at = 0;

  constructor(private readonly text: string) {}

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** Takes what a sticky pattern matches here; undefined, without a step, where it matches nothing. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** Takes one character. @returns false, without a step, where there is another one. */
  accept(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
}

/**
 * Reads a dictionary, as CMCD writes its keys. Byte sequences and display strings, which CMCD has not, are no part of it.
 *
 * @returns undefined for a text that is none.
 * @see https://www.rfc-editor.org/rfc/rfc9651#section-4.2.2
 */
export function readDictionary(text: string): Dictionary | undefined {
  const cursor = new Cursor(text);
  const members = new Map<string, Item | readonly Item[]>();
  for (;;) {
    cursor.take(BLANKS);
    const key = cursor.take(KEY)?.[0];
    if (key === undefined || members.size >= MOST) return undefined;
    const value = cursor.accept('=') ? readMember(cursor) : true;
    if (value === undefined || !skipParameters(cursor)) return undefined;
    members.set(key, value);
    cursor.take(BLANKS);
    if (cursor.ended) return members;
    if (!cursor.accept(',')) return undefined;
  }
}

function readMember(cursor: Cursor): Item | readonly Item[] | undefined {
  if (!cursor.accept('(')) return readItem(cursor);
  const items: Item[] = [];
  for (;;) {
    cursor.take(BLANKS);
    if (cursor.accept(')')) return items;
    const item = readItem(cursor);
    if (item === undefined || !skipParameters(cursor) || items.length >= MOST) return undefined;
    items.push(item);
  }
}

function readItem(cursor: Cursor): Item | undefined {
  cursor.accept('@');
  const number = cursor.take(NUMBER);
  if (number !== undefined) return Number(number[0]);
  const string = cursor.take(STRING);
  if (string !== undefined) return (string[1] ?? '').replaceAll(/\\(["\\])/g, '$1');
  const truth = cursor.take(BOOLEAN);
  if (truth !== undefined) return truth[1] === '1';
  return cursor.take(TOKEN)?.[0];
}

/** Steps over `;key=value`. @returns false where they are broken. */
function skipParameters(cursor: Cursor): boolean {
  while (cursor.accept(';')) {
    cursor.take(BLANKS);
    if (cursor.take(KEY) === undefined) return false;
    if (cursor.accept('=') && readItem(cursor) === undefined) return false;
  }
  return true;
}
