import { isObject, type Value } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import type { PropertyReader } from '../../kit/property-reader';
import { type Attribute, checkedAttribute } from '../attribute';
import reserved from './reserved-words.json';

const RESERVED_WORDS: ReadonlySet<string> = new Set(reserved.words.flatMap((line) => line.split(' ')));

/**
 * The substitutions of one call: `#name` for names, `:value` for values. It remembers which the expressions use, because
 * DynamoDB refuses those that none uses.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html
 */
export class Placeholders {
  private readonly used = new Set<string>();

  private constructor(
    private readonly names: Readonly<Record<string, Value>>,
    private readonly values: Readonly<Record<string, Attribute>>,
  ) {}

  /** Reads `ExpressionAttributeNames` and `ExpressionAttributeValues` of a call. */
  static of(input: PropertyReader): Placeholders {
    const values = Object.entries(given(input, 'ExpressionAttributeValues'));
    return new Placeholders(
      given(input, 'ExpressionAttributeNames'),
      Object.fromEntries(values.map(([name, value]) => [name, checkedAttribute(value)])),
    );
  }

  /** The attribute name of a word or a `#name`. @throws AwsError ValidationException for a reserved word. */
  name(token: string, kind: string): string {
    if (!token.startsWith('#')) {
      if (!RESERVED_WORDS.has(token.toUpperCase())) return token;
      throw refused(kind, `Attribute name is a reserved keyword; reserved keyword: ${token}`);
    }
    this.used.add(token);
    const name = this.names[token];
    if (typeof name === 'string') return name;
    const sentence = 'An expression attribute name used in the document path is not defined; attribute name';
    throw refused(kind, `${sentence}: ${token}`);
  }

  /** The value of a `:value`. @throws AwsError ValidationException when it is not defined. */
  value(token: string, kind: string): Attribute {
    this.used.add(token);
    const value = this.values[token];
    if (value !== undefined) return value;
    throw refused(kind, `An expression attribute value used in expression is not defined; attribute value: ${token}`);
  }

  /** @throws AwsError ValidationException for names and values that no expression uses. */
  refuseUnused(): void {
    const sides = [
      ['ExpressionAttributeNames', this.names],
      ['ExpressionAttributeValues', this.values],
    ] as const;
    for (const [member, map] of sides) {
      const unused = Object.keys(map).filter((token) => !this.used.has(token));
      if (unused.length === 0) continue;
      const sentence =
        this.used.size === 0
          ? `${member} can only be specified when using expressions`
          : `Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`;
      throw new AwsError('ValidationException', sentence);
    }
  }
}

/** Makes the error for an expression. @param kind - `ConditionExpression`. */
export function refused(kind: string, sentence: string): AwsError {
  return new AwsError('ValidationException', `Invalid ${kind}: ${sentence}`);
}

function given(input: PropertyReader, member: string): Readonly<Record<string, Value>> {
  const map = input.value(member) ?? {};
  if (isObject(map)) return map;
  throw new AwsError('SerializationException', `${member} is not a map`);
}
