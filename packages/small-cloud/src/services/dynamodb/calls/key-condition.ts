import { AwsError } from '../../kit/aws-error';
import { type Attribute, typeOf } from '../attribute';
import type { Condition, Operand } from '../expression/condition';
import type { KeySchema } from '../table/key';

/**
 * Reads the hash key that a query asks for, and checks that the rest of the condition is about the range key.
 *
 * @throws AwsError ValidationException for any other condition.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
 */
export function keyCondition({ hash, range }: KeySchema, condition: Condition): Attribute {
  const parts = condition.kind === 'and' ? condition.parts : [condition];
  const values = parts.flatMap((part) => hashValue(part, hash.name));
  const [value, second] = values;
  if (value === undefined) throw refused(`Query condition missed key schema element: ${hash.name}`);
  if (second !== undefined) {
    throw refused('Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key');
  }
  if (typeOf(value) !== hash.type) {
    throw refused('One or more parameter values were invalid: Condition parameter type does not match schema type');
  }
  const others = parts.filter((part) => hashValue(part, hash.name).length === 0);
  if (others.length > 1 || others.some((part) => !isAbout(part, range?.name))) {
    throw refused('Query key condition not supported');
  }
  return value;
}

/** The value of `hash = :value`; empty for any other condition. */
function hashValue(part: Condition, name: string): readonly Attribute[] {
  if (part.kind !== 'compare' || part.comparator !== '=') return [];
  const { left, right } = part;
  return isKey(left, name) && right.kind === 'value' ? [right.value] : [];
}

/** Tells whether a condition is one that a range key may have. */
function isAbout(part: Condition, name: string | undefined): boolean {
  if (name === undefined) return false;
  if (part.kind === 'compare') return part.comparator !== '<>' && isKey(part.left, name);
  if (part.kind === 'between') return isKey(part.operand, name);
  return part.kind === 'begins' && isKey(part.whole, name);
}

function isKey(operand: Operand, name: string): boolean {
  return operand.kind === 'path' && operand.path.length === 1 && operand.path[0] === name;
}

function refused(sentence: string): AwsError {
  return new AwsError('ValidationException', sentence);
}
