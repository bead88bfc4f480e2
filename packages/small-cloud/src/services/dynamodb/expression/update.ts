import { AwsError } from '../../kit/aws-error';
import { type Attribute, elements, type Item, scalar, setValues, typeOf } from '../attribute';
import { addNumbers } from '../decimal';
import { attributeAt, type Path, shownPath, withAttribute } from './path';
import { type Placeholders, refused } from './placeholders';
import { ExpressionReader } from './reader';

/** Computes a value from the item as it was before the update. */
type Compute = (item: Item) => Attribute | undefined;

/** One action of an update: the path that it changes, and its new value; undefined to remove it. */
export interface UpdateAction {
  readonly path: Path;
  readonly value: Compute;
}

const CLAUSES = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Clause = (typeof CLAUSES)[number];

const ACTIONS: Readonly<Record<Clause, (reader: ExpressionReader) => UpdateAction>> = {
  SET: (reader) => {
    const path = reader.path();
    reader.expect('=');
    return { path, value: sum(reader) };
  },
  REMOVE: (reader) => ({ path: reader.path(), value: () => undefined }),
  ADD: (reader) => {
    const [path, given] = [reader.path(), requiredValue(reader)];
    return { path, value: (item) => added(attributeAt(item, path), given) };
  },
  DELETE: (reader) => {
    const [path, given] = [reader.path(), requiredValue(reader)];
    return { path, value: (item) => without(attributeAt(item, path), given) };
  },
};

/**
 * Parses an update expression.
 *
 * @throws AwsError ValidationException with DynamoDB's sentence.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function parsedUpdate(text: string, placeholders: Placeholders): readonly UpdateAction[] {
  const reader = new ExpressionReader(text, 'UpdateExpression', placeholders);
  const actions: UpdateAction[] = [];
  const seen = new Set<Clause>();
  while (reader.next !== undefined) {
    const clause = CLAUSES.find((one) => reader.takes(one));
    if (clause === undefined) throw reader.wrong();
    if (seen.has(clause)) {
      throw refused(reader.kind, `The "${clause}" section can only be used once in an update expression;`);
    }
    seen.add(clause);
    actions.push(...reader.list(() => ACTIONS[clause](reader)));
  }
  refuseOverlap(actions);
  return actions;
}

/** Makes the item that an update leaves. Each action sees the item as it was before. */
export function updated(item: Item, actions: readonly UpdateAction[]): Item {
  // Elements of lists are removed from behind, so that the positions before them stay.
  const inOrder = [...actions].sort((one, other) => lastIndex(other.path) - lastIndex(one.path));
  return inOrder.reduce((made, { path, value }) => withAttribute(made, path, value(item)), item);
}

function lastIndex(path: Path): number {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
}

function sum(reader: ExpressionReader): Compute {
  const first = operand(reader);
  const sign = reader.takes('+') ? 1 : reader.takes('-') ? -1 : undefined;
  if (sign === undefined) return first;
  const second = operand(reader);
  return (item) => {
    const [one, other] = [required(first(item)), required(second(item))];
    if (one['N'] === undefined || other['N'] === undefined) throw wrongType(sign === 1 ? '+' : '-');
    return { N: addNumbers(String(one['N']), String(other['N']), sign) };
  };
}

function operand(reader: ExpressionReader): Compute {
  const value = reader.maybeValue();
  if (value !== undefined) return () => value;
  if (reader.takesFunction('if_not_exists')) {
    const path = reader.path();
    reader.expect(',');
    const fallback = operand(reader);
    reader.expect(')');
    return (item) => attributeAt(item, path) ?? fallback(item);
  }
  if (reader.takesFunction('list_append')) {
    const first = operand(reader);
    reader.expect(',');
    const second = operand(reader);
    reader.expect(')');
    return (item) => {
      const [one, other] = [elements(required(first(item))), elements(required(second(item)))];
      if (one === undefined || other === undefined) throw wrongType('list_append');
      return { L: [...one, ...other] };
    };
  }
  const path = reader.path();
  return (item) => required(attributeAt(item, path));
}

function requiredValue(reader: ExpressionReader): Attribute {
  const value = reader.maybeValue();
  if (value === undefined) throw reader.wrong();
  return value;
}

/** Adds to a number or a set. */
function added(old: Attribute | undefined, given: Attribute): Attribute {
  const [number, values] = [given['N'], setValues(given)];
  if (number === undefined && values === undefined) throw wrongType('ADD');
  if (old === undefined) return given;
  if (typeOf(old) !== typeOf(given)) throw mismatch();
  if (values === undefined) return { N: addNumbers(scalar(old) ?? '0', scalar(given) ?? '0') };
  return { [typeOf(given)]: [...new Set([...(setValues(old) ?? []), ...values])].sort() };
}

/** Takes values from a set. An empty set is removed. */
function without(old: Attribute | undefined, given: Attribute): Attribute | undefined {
  const values = setValues(given);
  if (values === undefined) throw wrongType('DELETE');
  if (old === undefined) return undefined;
  if (typeOf(old) !== typeOf(given)) throw mismatch();
  const left = (setValues(old) ?? []).filter((value) => !values.includes(value));
  return left.length === 0 ? undefined : { [typeOf(old)]: left };
}

function refuseOverlap(actions: readonly UpdateAction[]): void {
  for (const [index, { path }] of actions.entries()) {
    const other = actions.slice(index + 1).find((later) => isWithin(path, later.path) || isWithin(later.path, path));
    if (other === undefined) continue;
    const sentence =
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ';
    throw refused('UpdateExpression', `${sentence}${shownPath(path)}, path two: ${shownPath(other.path)}`);
  }
}

function isWithin(outer: Path, inner: Path): boolean {
  return outer.every((step, index) => inner[index] === step);
}

function required(value: Attribute | undefined): Attribute {
  if (value !== undefined) return value;
  const sentence = 'The provided expression refers to an attribute that does not exist in the item';
  throw new AwsError('ValidationException', sentence);
}

function wrongType(operator: string): AwsError {
  const sentence = `Incorrect operand type for operator or function; operator or function: ${operator}`;
  return refused('UpdateExpression', sentence);
}

function mismatch(): AwsError {
  return new AwsError('ValidationException', 'An operand in the update expression has an incorrect data type');
}
