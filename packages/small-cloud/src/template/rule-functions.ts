import { isList, type Value } from '../contract';
import { CONDITION_FUNCTIONS, type ConditionFunction, type ConditionScope, sameValue } from './conditions';
import { argumentList, refuse } from './intrinsic-call';

/** `{ "Fn::Contains": [list, value] }` */
const contains: ConditionFunction = {
  name: 'Fn::Contains',
  holds(argument, at, scope) {
    const [list, value] = operands('Fn::Contains', argument, at, scope);
    return has(asList(list, at), value);
  },
};

/** `{ "Fn::EachMemberIn": [list, allowed] }` */
const eachMemberIn: ConditionFunction = {
  name: 'Fn::EachMemberIn',
  holds(argument, at, scope) {
    const [list, allowed] = operands('Fn::EachMemberIn', argument, at, scope);
    return asList(list, at).every((member) => has(asList(allowed, at), member));
  },
};

/** `{ "Fn::EachMemberEquals": [list, value] }` */
const eachMemberEquals: ConditionFunction = {
  name: 'Fn::EachMemberEquals',
  holds(argument, at, scope) {
    const [list, value] = operands('Fn::EachMemberEquals', argument, at, scope);
    return asList(list, at).every((member) => sameValue(member, value));
  },
};

/**
 * The functions of a rule: the condition functions and those that exist in Rules only.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
export const RULE_FUNCTIONS: ReadonlyMap<string, ConditionFunction> = new Map(
  [...CONDITION_FUNCTIONS.values(), contains, eachMemberIn, eachMemberEquals].map((one) => [one.name, one]),
);

function has(list: readonly Value[], value: Value | undefined): boolean {
  return list.some((item) => sameValue(item, value));
}

function operands(name: string, argument: Value, at: string, scope: ConditionScope): readonly (Value | undefined)[] {
  const sentence = `every ${name} object requires two parameters`;
  return argumentList(argument, [2, 2], at, sentence).map((item) => scope.resolve(item, at));
}

function asList(value: Value | undefined, at: string): readonly Value[] {
  return isList(value) ? value : refuse(at, `a list is needed, ${JSON.stringify(value)} was given`);
}
