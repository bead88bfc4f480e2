import type { Attribute } from '../attribute';
import type { Path } from './path';
import { type Placeholders, refused } from './placeholders';
import { ExpressionReader } from './reader';

/** A value in a condition: given, at a path of the item, or the size of what is at a path. */
export type Operand =
  | { readonly kind: 'value'; readonly value: Attribute }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'size'; readonly path: Path };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A parsed condition. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly options: readonly Operand[] }
  | { readonly kind: 'exists'; readonly path: Path; readonly expected: boolean }
  | { readonly kind: 'type'; readonly path: Path; readonly type: Operand }
  | { readonly kind: 'begins' | 'contains'; readonly whole: Operand; readonly part: Operand };

const COMPARATORS: readonly Comparator[] = ['=', '<>', '<', '<=', '>', '>='];

/** The most options of IN. */
const OPTIONS_LIMIT = 100;

/**
 * Parses a condition, filter or key condition expression.
 *
 * @param kind - its name in the call, for messages.
 * @throws AwsError ValidationException with DynamoDB's sentence.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function parsedCondition(text: string, kind: string, placeholders: Placeholders): Condition {
  const reader = new ExpressionReader(text, kind, placeholders);
  const condition = disjunction(reader);
  reader.end();
  return condition;
}

function disjunction(reader: ExpressionReader): Condition {
  const parts = [conjunction(reader)];
  while (reader.takes('OR')) parts.push(conjunction(reader));
  return joined('or', parts);
}

function conjunction(reader: ExpressionReader): Condition {
  const parts = [negation(reader)];
  while (reader.takes('AND')) parts.push(negation(reader));
  return joined('and', parts);
}

function joined(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  const [only, second] = parts;
  return only !== undefined && second === undefined ? only : { kind, parts };
}

function negation(reader: ExpressionReader): Condition {
  if (reader.takes('NOT')) return { kind: 'not', part: negation(reader) };
  if (reader.takes('(')) {
    const inner = disjunction(reader);
    reader.expect(')');
    return inner;
  }
  return predicate(reader) ?? comparison(reader);
}

/** A function that is a condition of its own; undefined when none is next. */
function predicate(reader: ExpressionReader): Condition | undefined {
  for (const [name, expected] of [
    ['attribute_exists', true],
    ['attribute_not_exists', false],
  ] as const) {
    if (reader.takesFunction(name)) return closed(reader, { kind: 'exists', path: reader.path(), expected });
  }
  if (reader.takesFunction('attribute_type')) {
    const path = reader.path();
    reader.expect(',');
    return closed(reader, { kind: 'type', path, type: operand(reader) });
  }
  for (const [name, kind] of [
    ['begins_with', 'begins'],
    ['contains', 'contains'],
  ] as const) {
    if (!reader.takesFunction(name)) continue;
    const whole = operand(reader);
    reader.expect(',');
    return closed(reader, { kind, whole, part: operand(reader) });
  }
  return undefined;
}

function closed(reader: ExpressionReader, condition: Condition): Condition {
  reader.expect(')');
  return condition;
}

function comparison(reader: ExpressionReader): Condition {
  const left = operand(reader);
  if (reader.takes('BETWEEN')) {
    const low = operand(reader);
    reader.expect('AND');
    return { kind: 'between', operand: left, low, high: operand(reader) };
  }
  if (reader.takes('IN')) {
    reader.expect('(');
    const options = reader.list(() => operand(reader));
    if (options.length > OPTIONS_LIMIT) {
      throw refused(reader.kind, `Invalid number of operands for operator or function; operator or function: IN`);
    }
    return closed(reader, { kind: 'in', operand: left, options });
  }
  const comparator = COMPARATORS.find((one) => one === reader.next);
  if (comparator === undefined) throw reader.wrong();
  reader.any();
  return { kind: 'compare', comparator, left, right: operand(reader) };
}

function operand(reader: ExpressionReader): Operand {
  const value = reader.maybeValue();
  if (value !== undefined) return { kind: 'value', value };
  if (!reader.takesFunction('size')) return { kind: 'path', path: reader.path() };
  const path = reader.path();
  reader.expect(')');
  return { kind: 'size', path };
}
