import { isList, isObject, type JsonObject, UnsupportedError, type Value } from '../contract';
import { intrinsicCall, refuse } from './intrinsic-call';
import { RULE_FUNCTIONS } from './rule-functions';

/** The parameters that rules are checked against. */
export interface RuleScope {
  /** Evaluates a value that names parameters only. */
  resolve(value: Value, at: string): Value | undefined;
  /** The values of all parameters of a type, for Fn::RefAll. */
  valuesOfType(parameterType: string): readonly Value[];
}

/**
 * Checks the parameters against every rule. Returns one sentence for each assertion that does not hold.
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
      throw new UnsupportedError(
        `Rules.${name}.${stranger}: the local run does not know this part of a rule; remove it`,
      );
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

function holds(expression: Value, at: string, scope: RuleScope): boolean {
  const call = isObject(expression) ? intrinsicCall(expression, at) : undefined;
  const test = call && RULE_FUNCTIONS.get(call[0]);
  if (call === undefined || test === undefined) {
    throw new UnsupportedError(
      `${at}: ${call?.[0] ?? JSON.stringify(expression)} is not a rule function that the local run knows`,
    );
  }
  return test.holds(call[1], `${at}.${call[0]}`, {
    holds: (inner, place) => holds(inner, place, scope),
    resolve: (value, place) => resolve(value, place, scope),
  });
}

/** Evaluates a value in a rule: the template's intrinsics, and the functions that exist in rules only. */
function resolve(value: Value, at: string, scope: RuleScope): Value | undefined {
  const [name, argument] = (isObject(value) ? intrinsicCall(value, at) : undefined) ?? [];
  if (name === 'Fn::RefAll' && typeof argument === 'string') return scope.valuesOfType(argument);
  if (name === 'Fn::ValueOf' || name === 'Fn::ValueOfAll') {
    throw new UnsupportedError(
      `${at}: ${name} reads attributes of resources in an AWS account; the local run has none`,
    );
  }
  return scope.resolve(value, at);
}
