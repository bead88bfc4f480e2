import type { Attribute } from '../attribute';
import type { Path } from './path';
import { type Placeholders, refused } from './placeholders';

const TOKEN = /\s*(<>|<=|>=|[=<>(),.[\]+-]|[#:][A-Za-z0-9_]+|[A-Za-z_][A-Za-z0-9_]*|\d+)/y;

/** The longest expression. */
const LENGTH_LIMIT_BYTES = 4096;

/** Reads the tokens of an expression one by one, and the parts that all kinds of expressions have. */
export class ExpressionReader {
  private readonly tokens: readonly string[];
  private at = 0;

  /** @param kind - the name of the expression in the call, for messages: `ConditionExpression`. */
  constructor(
    text: string,
    readonly kind: string,
    private readonly placeholders: Placeholders,
  ) {
    if (text.trim() === '') throw refused(kind, 'The expression can not be empty;');
    if (Buffer.byteLength(text) > LENGTH_LIMIT_BYTES) {
      throw refused(kind, `Expression size has exceeded the maximum allowed size of ${LENGTH_LIMIT_BYTES} bytes`);
    }
    this.tokens = this.split(text);
  }

  /** The next token; undefined at the end. */
  get next(): string | undefined {
    return this.tokens[this.at];
  }

  /** Tells whether a token is next, ignoring case, and takes it if so. */
  takes(token: string): boolean {
    if (this.next?.toUpperCase() !== token) return false;
    this.at += 1;
    return true;
  }

  /** Takes a token that has to be next. */
  expect(token: string): void {
    if (!this.takes(token)) throw this.wrong();
  }

  /** Takes any token. */
  any(): string {
    const token = this.next;
    if (token === undefined) throw this.wrong();
    this.at += 1;
    return token;
  }

  /** Tells whether a call of a function is next, and takes its name and parenthesis if so. */
  takesFunction(name: string): boolean {
    if (this.next !== name || this.tokens[this.at + 1] !== '(') return false;
    this.at += 2;
    return true;
  }

  /** Takes a value; undefined when something else is next. */
  maybeValue(): Attribute | undefined {
    return this.next?.startsWith(':') ? this.placeholders.value(this.any(), this.kind) : undefined;
  }

  /** Takes a path: `a`, `#a.b[0]`. */
  path(): Path {
    const rest: (string | number)[] = [];
    const first = this.name();
    for (;;) {
      if (this.takes('.')) {
        rest.push(this.name());
      } else if (this.takes('[')) {
        const index = this.any();
        if (!/^\d+$/.test(index)) throw this.wrong(index);
        rest.push(Number(index));
        this.expect(']');
      } else {
        return [first, ...rest];
      }
    }
  }

  /** Takes items separated by commas. */
  list<T>(item: () => T): readonly T[] {
    const items = [item()];
    while (this.takes(',')) items.push(item());
    return items;
  }

  /** @throws AwsError ValidationException when a token is left. */
  end(): void {
    if (this.next !== undefined) throw this.wrong();
  }

  /** Makes the error for a token that cannot be where it is. */
  wrong(token = this.next ?? '<EOF>') {
    const near = this.tokens.slice(Math.max(0, this.at - 1), this.at + 2).join(' ');
    return refused(this.kind, `Syntax error; token: "${token}", near: "${near}"`);
  }

  private name(): string {
    const token = this.any();
    if (!/^[A-Za-z_#]/.test(token)) throw this.wrong(token);
    return this.placeholders.name(token, this.kind);
  }

  private split(text: string): readonly string[] {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    for (let at = 0; at < text.trimEnd().length; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at;
      const [, token] = TOKEN.exec(text) ?? [];
      if (token === undefined) {
        const near = text.slice(at, at + 10).trim();
        throw refused(this.kind, `Syntax error; token: "${near.charAt(0)}", near: "${near}"`);
      }
      tokens.push(token);
    }
    return tokens;
  }
}
