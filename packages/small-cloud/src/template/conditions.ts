import { isList, isObject, type Value } from '../contract';
import { argumentList } from './intrinsic-call';

/** The questions that a condition function may ask: the truth of an expression, and the value of an expression. */
export interface ConditionScope {
  holds(expression: Value, at: string): boolean;
  resolve(value: Value, at: string): Value | undefined;
}

/** One condition function: its name, and its truth for an argument that is not evaluated yet. */
export interface ConditionFunction {
  readonly name: string;
  holds(argument: Value, at: string, scope: ConditionScope): boolean;
}

/** `{ "Fn::And": [condition, condition] }`: stops at the first member that is false. */
const and: ConditionFunction = {
  name: 'Fn::And',
  holds: (argument, at, scope) =>
    members('Fn::And', argument, [2, 10], at).every((member, index) => scope.holds(member, `${at}.${index}`)),
};

/** `{ "Fn::Or": [condition, condition] }`: stops at the first member that is true. */
const or: ConditionFunction = {
  name: 'Fn::Or',
  holds: (argument, at, scope) =>
    members('Fn::Or', argument, [2, 10], at).some((member, index) => scope.holds(member, `${at}.${index}`)),
};

/** `{ "Fn::Not": [condition] }` */
const not: ConditionFunction = {
  name: 'Fn::Not',
  holds: (argument, at, scope) => !members('Fn::Not', argument, [1, 1], at).some((member) => scope.holds(member, at)),
};

/** `{ "Fn::Equals": [value, value] }` */
const equals: ConditionFunction = {
  name: 'Fn::Equals',
  holds(argument, at, scope) {
    const [left, right] = members('Fn::Equals', argument, [2, 2], at).map((member) => scope.resolve(member, at));
    return sameValue(left, right);
  },
};

/**
 * The condition functions, for Conditions and for Rules.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export const CONDITION_FUNCTIONS: ReadonlyMap<string, ConditionFunction> = new Map(
  [and, or, not, equals].map((one) => [one.name, one]),
);

/** Compares two values as CloudFormation does: `1` equals `"1"`. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return JSON.stringify(asText(left)) === JSON.stringify(asText(right));
}

function members(
  name: string,
  argument: Value,
  [least, most]: readonly [number, number],
  at: string,
): readonly Value[] {
  const count = least === most ? `${least}` : `${least} to ${most}`;
  return argumentList(argument, [least, most], at, `every ${name} object requires a list of ${count} parameters.`);
}

function asText(value: Value | undefined): Value | undefined {
  if (value === undefined || value === null) return value;
  if (isList(value)) return value.map((item) => asText(item) ?? null);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item) ?? null]));
  }
  return String(value);
}
