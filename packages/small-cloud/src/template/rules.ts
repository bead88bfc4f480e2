import { UnsupportedError, type Value } from '../contract';
import { CONDITION_FUNCTIONS, type ConditionFunction, sameValue } from './conditions';
import { argumentList, intrinsicCall, refuse } from './intrinsic-call';
import { isList, isObject, type JsonObject } from './template';

/** What rules are checked against. */
export interface RuleScope {
  /** Evaluates a value that names parameters only. */
  resolve(value: Value, at: string): Value | undefined;
  /** The values of all parameters of a type, for Fn::RefAll. */
  valuesOfType(parameterType: string): readonly Value[];
}

/**
 * The sentences of all assertions that do not hold; empty when the parameters keep every rule.
 *
 * @param rules - the Rules section.
 * @throws UnsupportedError for rule functions that look into an AWS account (Fn::ValueOf, Fn::ValueOfAll).
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function brokenRules(rules: Readonly<Record<string, JsonObject>>, scope: RuleScope): readonly string[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const { RuleCondition: when, Assertions: assertions, ...unknown } = rule;
    const [stranger] = Object.keys(unknown);
    if (stranger !== undefined) {
      throw new UnsupportedError(`Rules.${name}.${stranger}: no such part of a rule is known`);
    }
    if (when !== undefined && !holds(when, `Rules.${name}.RuleCondition`, scope)) return [];
    if (!isList(assertions)) return refuse(`Rules.${name}`, 'every Rules member must contain a list of Assertions');
    return assertions.flatMap((assertion, index) => {
      const at = `Rules.${name}.Assertions.${index}`;
      if (!isObject(assertion) || assertion['Assert'] === undefined) return refuse(at, 'an assertion needs an Assert');
      if (holds(assertion['Assert'], at, scope)) return [];
      const { AssertDescription: described } = assertion;
      return [`Rule ${name} failed: ${typeof described === 'string' ? described : `assertion ${index + 1} is false`}`];
    });
  });
}

/** `needle` is in `list`, by CloudFormation's equality. */
function contains(list: readonly Value[], needle: Value | undefined): boolean {
  return list.some((item) => sameValue(item, needle));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html */
const RULE_FUNCTIONS: ReadonlyMap<string, ConditionFunction> = new Map<string, ConditionFunction>([
  ...CONDITION_FUNCTIONS,
  [
    'Fn::Contains',
    (argument, at, scope) => {
      const [list, needle] = operands('Fn::Contains', argument, at, scope.resolve);
      return contains(asList(list, at), needle);
    },
  ],
  [
    'Fn::EachMemberIn',
    (argument, at, scope) => {
      const [list, allowed] = operands('Fn::EachMemberIn', argument, at, scope.resolve);
      return asList(list, at).every((member) => contains(asList(allowed, at), member));
    },
  ],
  [
    'Fn::EachMemberEquals',
    (argument, at, scope) => {
      const [list, value] = operands('Fn::EachMemberEquals', argument, at, scope.resolve);
      return asList(list, at).every((member) => sameValue(member, value));
    },
  ],
]);

function holds(expression: Value, at: string, scope: RuleScope): boolean {
  const call = isObject(expression) ? intrinsicCall(expression, at) : undefined;
  const test = call && RULE_FUNCTIONS.get(call[0]);
  if (call === undefined || test === undefined) {
    throw new UnsupportedError(
      `${at}: ${call?.[0] ?? JSON.stringify(expression)} is not a rule function that is known`,
    );
  }
  return test(call[1], `${at}.${call[0]}`, {
    holds: (inner, place) => holds(inner, place, scope),
    resolve: (value, place) => resolve(value, place, scope),
  });
}

/** A value in a rule: what the template's intrinsics give, and the functions that exist in rules only. */
function resolve(value: Value, at: string, scope: RuleScope): Value | undefined {
  const [name, argument] = (isObject(value) ? intrinsicCall(value, at) : undefined) ?? [];
  if (name === 'Fn::RefAll' && typeof argument === 'string') return scope.valuesOfType(argument);
  if (name === 'Fn::ValueOf' || name === 'Fn::ValueOfAll') {
    throw new UnsupportedError(`${at}: ${name} reads attributes of resources in an AWS account; there is none here`);
  }
  return scope.resolve(value, at);
}

function operands(
  name: string,
  argument: Value,
  at: string,
  resolved: RuleScope['resolve'],
): readonly (Value | undefined)[] {
  return argumentList(argument, 2, 2, at, `every ${name} object requires two parameters`).map((item) =>
    resolved(item, at),
  );
}

function asList(value: Value | undefined, at: string): readonly Value[] {
  return isList(value) ? value : refuse(at, `a list is needed, ${JSON.stringify(value)} was given`);
}
