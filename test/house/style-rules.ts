import { type Scanned, scan } from './scan';

/** A breach of a rule of style, for people to read: `line 12: …`. */
export type Breach = string;

/** Finds comments that begin with a word that makes a riddle of them. */
export function riddles(source: string): readonly Breach[] {
  return scan(source)
    .comments.filter(({ text }) => /^(What|That|Who|Whether)\b/.test(text))
    .map(({ line, text }) => `line ${line}: "${text.split('\n')[0]}"`);
}

/** Finds spreads of object literals: `...{ a, b }`, which only shortens a line. */
export function literalSpreads(source: string): readonly Breach[] {
  const { code } = scan(source);
  return [...code.matchAll(/\.\.\.\s*\{/g)].map(({ index }) => `line ${lineOf(code, index)}: ...{`);
}

/** Finds `if`, `else`, `for` and `while` whose statement goes on to another line, or stands on one, without braces. */
export function bareStatements(source: string): readonly Breach[] {
  const { code } = scan(source);
  return [...code.matchAll(/(?<![.\w$])(if|else|for|while)\b/g)].flatMap(({ index, 0: keyword }) => {
    const body = bodyOf(code, index, keyword);
    if (body === undefined || code[body] === '{' || (keyword === 'else' && /^if\b/.test(code.slice(body)))) return [];
    const end = endOfStatement(code, body);
    return code.slice(index, end).includes('\n') ? [`line ${lineOf(code, index)}: ${keyword} without braces`] : [];
  });
}

/** Finds functions of more lines than that. The callback of a `describe` is a heading, and no function here. */
export function longFunctions(source: string, limit: number): readonly Breach[] {
  const { code } = scan(source);
  return blocks(code).flatMap(({ from, to }) => {
    const lines = lineOf(code, to) - lineOf(code, from) + 1;
    if (lines <= limit) return [];
    const head = code.slice(statementStart(code, from), from).trim();
    return isFunction(head) ? [`line ${lineOf(code, from)}: ${lines} lines`] : [];
  });
}

/** Returns true if a block with this text before it is the body of a function. */
function isFunction(head: string): boolean {
  if (/^describe\b/.test(head)) return false;
  if (head.endsWith('=>') || /\bfunction\b/.test(head)) return true;
  const isMethod = /^((private|protected|public|static|async|override|get|set)\s+)*[\w$#]+\s*(<.*>)?\s*\(/s.test(head);
  return isMethod && /\)\s*(:[^=]*)?$/.test(head) && !/^(if|for|while|switch|catch|return)\b/.test(head);
}

/** Finds the start of the statement, or of the member, in which a position is. */
function statementStart(code: string, position: number): number {
  let at = position - 1;
  while (at >= 0) {
    const character = code.charAt(at);
    if (character === ';' || character === '{') break;
    // A block that ends on a line of its own ends a statement; an object literal goes on behind its brace.
    if (character === '}' && /^\}[^\S\n]*\n/.test(code.slice(at, at + 200))) break;
    at = character === ')' || character === ']' || character === '}' ? matching(code, at) - 1 : at - 1;
  }
  return at + 1;
}

/** Finds the opening bracket that belongs to a closing one. */
function matching(code: string, closing: number): number {
  let depth = 0;
  for (let at = closing; at >= 0; at--) {
    if (')]}'.includes(code.charAt(at))) depth++;
    if ('([{'.includes(code.charAt(at)) && --depth === 0) return at;
  }
  return 0;
}

/** Lists every pair of braces. */
function blocks(code: string): readonly { readonly from: number; readonly to: number }[] {
  const open: number[] = [];
  const found: { from: number; to: number }[] = [];
  for (const { index, 0: brace } of code.matchAll(/[{}]/g)) {
    if (brace === '{') open.push(index);
    else found.push({ from: open.pop() ?? 0, to: index });
  }
  return found;
}

/** Finds where the statement of a keyword begins; undefined when there is none, as after `do … while (…);`. */
function bodyOf(code: string, index: number, keyword: string): number | undefined {
  let at = index + keyword.length;
  if (keyword === 'for' && /^\s+await\b/.test(code.slice(at, at + 20))) at = code.indexOf('(', at);
  at = skipBlanks(code, at);
  if (keyword !== 'else') {
    if (code[at] !== '(') return undefined;
    at = skipBlanks(code, endOfBrackets(code, at));
  }
  return code[at] === ';' ? undefined : at;
}

/** Finds the end of a statement without braces: its semicolon, or the end of the block that it consists of. */
function endOfStatement(code: string, from: number): number {
  for (let at = from; at < code.length; at++) {
    const character = code.charAt(at);
    if (character === ';' || character === '}') return at;
    if ('([{'.includes(character)) {
      at = endOfBrackets(code, at) - 1;
      if (character === '{' && /^(try|switch|for|if|while)\b/.test(code.slice(from))) return at;
    }
  }
  return code.length;
}

/** Finds the position behind the bracket that closes the one at a position. */
function endOfBrackets(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    if ('([{'.includes(code.charAt(at))) depth++;
    if (')]}'.includes(code.charAt(at)) && --depth === 0) return at + 1;
  }
  return code.length;
}

function skipBlanks(code: string, from: number): number {
  let at = from;
  while (/\s/.test(code.charAt(at))) at++;
  return at;
}

function lineOf(code: Scanned['code'], position: number): number {
  return code.slice(0, position).split('\n').length;
}
