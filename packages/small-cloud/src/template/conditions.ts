import type { Value } from '../contract';
import { argumentList } from './intrinsic-call';
import { isList, isObject } from './template';

/** What a condition function may ask: the truth of another expression, or the value of something. */
export interface ConditionScope {
  holds(expression: Value, at: string): boolean;
  resolve(value: Value, at: string): Value | undefined;
}

/** A function that is true or false. */
export type ConditionFunction = (argument: Value, at: string, scope: ConditionScope) => boolean;

/**
 * The condition functions, for Conditions and for Rules. And and Or stop at the first member that decides.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export const CONDITION_FUNCTIONS: ReadonlyMap<string, ConditionFunction> = new Map<string, ConditionFunction>([
  [
    'Fn::And',
    (argument, at, scope) =>
      members('Fn::And', argument, 2, 10, at).every((member, index) => scope.holds(member, `${at}.${index}`)),
  ],
  [
    'Fn::Or',
    (argument, at, scope) =>
      members('Fn::Or', argument, 2, 10, at).some((member, index) => scope.holds(member, `${at}.${index}`)),
  ],
  [
    'Fn::Not',
    (argument, at, scope) => !members('Fn::Not', argument, 1, 1, at).some((member) => scope.holds(member, at)),
  ],
  [
    'Fn::Equals',
    (argument, at, scope) => {
      const [left, right] = members('Fn::Equals', argument, 2, 2, at).map((member) => scope.resolve(member, at));
      return sameValue(left, right);
    },
  ],
]);

/** Whether two values are equal as CloudFormation compares them: `1` and `"1"` are. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return JSON.stringify(asText(left)) === JSON.stringify(asText(right));
}

function members(name: string, argument: Value, least: number, most: number, at: string): readonly Value[] {
  const count = least === most ? `${least}` : `${least} to ${most}`;
  return argumentList(argument, least, most, at, `every ${name} object requires a list of ${count} parameters.`);
}

function asText(value: Value | undefined): Value | undefined {
  if (value === undefined || value === null) return value;
  if (isList(value)) return value.map((item) => asText(item) ?? null);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item) ?? null]));
  }
  return String(value);
}
