/** A comment of a source file. */
export interface Comment {
  /** Counts from 1. */
  readonly line: number;
  /** The text without its markers; the lines of a run of `//` comments are one comment. */
  readonly text: string;
}

/** A source file, taken apart. */
export interface Scanned {
  /** The code, with blanks in place of comments, and blanks and a `0` in place of literals. Positions are kept. */
  readonly code: string;
  readonly comments: readonly Comment[];
}

/** Characters after which a `/` begins a pattern and not a division. */
const BEFORE_PATTERN = /(^|[(,=:[!&|?{};+\-*%~^<>]|\b(return|typeof|case|in|of|do|else|void|delete|throw|new))\s*$/;

interface Token {
  readonly kind: 'comment' | 'literal' | 'code';
  readonly end: number;
}

/**
 * Takes a file of TypeScript, JavaScript or CSS apart, so that rules about code meet no text and the other way round.
 * It knows comments, strings, templates (whose `${…}` are code) and patterns; it is no parser.
 */
export function scan(source: string): Scanned {
  const masked = source.split('');
  const comments: Comment[] = [];
  // The depth of braces in each template that is open: a `}` at depth 0 ends its `${…}`.
  const templates: number[] = [];
  let lineAt = 0;
  let line = 1;

  for (let at = 0; at < source.length; ) {
    const { kind, end } = next(source, at, masked, templates);
    if (kind === 'comment') {
      line += source.slice(lineAt, at).split('\n').length - 1;
      lineAt = at;
      comments.push({ line, text: source.slice(at, end) });
    }
    if (kind !== 'code') blank(masked, at, end);
    if (kind === 'literal' && !source.endsWith('${', end)) masked[end - 1] = '0';
    at = end;
  }
  return { code: masked.join(''), comments: joined(comments) };
}

/** Finds the token at a position, and keeps the templates that are open. */
function next(source: string, at: number, masked: readonly string[], templates: number[]): Token {
  const two = source.slice(at, at + 2);
  if (two === '//') return { kind: 'comment', end: endOf(source, '\n', at) };
  if (two === '/*') return { kind: 'comment', end: endOf(source, '*/', at + 2) + 2 };
  const character = source.charAt(at);
  if (character === "'" || character === '"') return { kind: 'literal', end: endOfString(source, at) };
  if (character === '`') return template(source, at + 1, templates);
  if (character === '/' && BEFORE_PATTERN.test(masked.slice(Math.max(0, at - 20), at).join(''))) {
    return { kind: 'literal', end: endOfPattern(source, at) };
  }
  const depth = templates.at(-1);
  if (depth !== undefined && character === '{') templates[templates.length - 1] = depth + 1;
  if (depth !== undefined && character === '}') {
    if (depth === 0) {
      templates.pop();
      return template(source, at + 1, templates);
    }
    templates[templates.length - 1] = depth - 1;
  }
  return { kind: 'code', end: at + 1 };
}

/** Reads the text of a template from a position on: to its end, or to its next `${`, which opens code. */
function template(source: string, from: number, templates: number[]): Token {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '`') return { kind: 'literal', end: at + 1 };
    else if (source.startsWith('${', at)) {
      templates.push(0);
      return { kind: 'literal', end: at + 2 };
    }
  }
  return { kind: 'literal', end: source.length };
}

function endOfString(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== source[start] && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfPattern(source: string, start: number): number {
  let isClass = false;
  for (let at = start + 1; at < source.length && source[at] !== '\n'; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '[') isClass = true;
    else if (source[at] === ']') isClass = false;
    else if (source[at] === '/' && !isClass) return at + 1;
  }
  return start + 1;
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? source.length : found;
}

/** Blanks a stretch, but for its line breaks. */
function blank(masked: string[], from: number, to: number): void {
  for (let at = from; at < to && at < masked.length; at++) {
    if (masked[at] !== '\n') masked[at] = ' ';
  }
}

/** Joins `//` comments on lines that follow one another, and strips the markers. */
function joined(comments: readonly Comment[]): readonly Comment[] {
  const found: { line: number; last: number; text: string; isLine: boolean }[] = [];
  for (const { line, text } of comments) {
    const isLine = text.startsWith('//');
    const before = found.at(-1);
    const stripped = text.replace(/^\/\/+|^\/\*+|\*+\/$/g, '').replace(/\n\s*\*/g, '\n');
    if (isLine && before?.isLine && before.last === line - 1) {
      before.text += `\n${stripped}`;
      before.last = line;
    } else {
      found.push({ line, last: line, text: stripped, isLine });
    }
  }
  return found.map(({ line, text }) => ({ line, text: text.trim() }));
}
