import { isList, isObject, UnsupportedError, type Value } from '../contract';
import { CONDITION_FUNCTIONS, type ConditionScope } from './conditions';
import { bounded, intrinsicCall, refuse } from './intrinsic-call';
import { INTRINSICS } from './intrinsics';
import { settleParameters } from './parameters';
import { brokenRules } from './rules';
import type { Scope, World } from './scope';
import type { Template } from './template';
import { TemplateError } from './template-error';

/** The pseudo parameters that CloudFormation gives to every template, `AWS::NoValue` apart. */
export type PseudoParameters = Readonly<
  Record<
    'AWS::AccountId' | 'AWS::Partition' | 'AWS::Region' | 'AWS::StackId' | 'AWS::StackName' | 'AWS::URLSuffix',
    string
  >
>;

/** A template with the values of its parameters: the truth of its conditions, and its values. */
export interface Evaluation {
  /** The parameters' values, defaults included. */
  readonly parameters: Readonly<Record<string, Value>>;
  /** Returns the truth of a named condition. @throws TemplateError when there is no such condition. */
  holds(condition: string, at: string): boolean;
  /**
   * Evaluates a value of the template, lazily: it looks only at the arms of Fn::If that count, and asks the world only
   * for the resources that they name. Undefined is AWS::NoValue; inside objects and lists it is left out.
   *
   * @param at - where the value stands, for messages: `Resources.Site.Properties`.
   */
  resolve(value: Value, at: string, world: World): Value | undefined;
}

/**
 * Settles parameters, conditions and rules of a template.
 *
 * @param given - parameter values, as strings.
 * @throws TemplateError with everything that is wrong with the parameters, or with every rule that is broken.
 * @throws UnsupportedError that names each construct which the local run does not know.
 */
export function evaluate(
  template: Template,
  given: Readonly<Record<string, string>>,
  pseudo: PseudoParameters,
): Evaluation {
  const parameters = settleParameters(template.parameters, given);
  const conditions = new Map<string, boolean | 'being evaluated'>();

  function holds(name: string, at: string): boolean {
    const known = conditions.get(name);
    if (known === 'being evaluated') refuse(at, `circular dependency between conditions, at ${name}`);
    if (typeof known === 'boolean') return known;
    const expression = template.conditions[name];
    if (expression === undefined) return refuse(at, `unresolved condition dependency ${name}`);
    conditions.set(name, 'being evaluated');
    const value = truth(expression, `Conditions.${name}`, { named: holds, resolve: withoutResources });
    conditions.set(name, value);
    return value;
  }

  const facts = { template, parameters, pseudo, holds };
  const resolve: Evaluation['resolve'] = (value, at, world) => scopeOf(facts, world).resolve(value, at);
  const withoutResources = (value: Value, at: string) => resolve(value, at, NO_RESOURCES);
  const broken = brokenRules(template.rules, {
    resolve: withoutResources,
    valuesOfType: (type) => valuesOfType(type, template, parameters),
  });
  if (broken.length > 0) throw new TemplateError(broken);
  return { parameters, holds, resolve };
}

/** The settled parts of a template, from which a scope answers. */
interface Facts {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, Value>>;
  readonly pseudo: PseudoParameters;
  readonly holds: (condition: string, at: string) => boolean;
}

function scopeOf({ template, parameters, pseudo, holds }: Facts, world: World): Scope {
  const scope: Scope = {
    region: pseudo['AWS::Region'],
    languageExtensions: template.languageExtensions,
    mappings: template.mappings,
    resolve: (value, at) => resolveValue(value, at, scope),
    condition: holds,
    ref(name, at) {
      if (name === 'AWS::NoValue') return undefined;
      if (name === 'AWS::NotificationARNs') return [];
      if (Object.hasOwn(pseudo, name)) return pseudo[name as keyof PseudoParameters];
      if (Object.hasOwn(parameters, name)) return parameters[name];
      if (Object.hasOwn(template.resources, name)) return world.ref(name);
      return refuse(at, `Unresolved resource dependencies [${name}]`);
    },
    attribute(logicalId, attribute, at) {
      if (Object.hasOwn(template.resources, logicalId)) return world.attribute(logicalId, attribute);
      return refuse(at, `instance of Fn::GetAtt references undefined resource ${logicalId}`);
    },
  };
  return scope;
}

/** Evaluates the expression of a condition. `named` evaluates another condition, by its name. */
function truth(
  expression: Value,
  at: string,
  ask: { readonly named: Facts['holds']; readonly resolve: ConditionScope['resolve'] },
): boolean {
  if (isObject(expression) && typeof expression['Condition'] === 'string') {
    return ask.named(expression['Condition'], at);
  }
  const [name, argument] = (isObject(expression) ? intrinsicCall(expression, at) : undefined) ?? [];
  const test = CONDITION_FUNCTIONS.get(name ?? '');
  if (test === undefined || argument === undefined) {
    const given = name ?? JSON.stringify(expression);
    return refuse(at, `a condition is made of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition, not of ${given}`);
  }
  const holds: ConditionScope['holds'] = (inner, place) => truth(inner, place, ask);
  return test.holds(argument, `${at}.${name}`, { holds, resolve: ask.resolve });
}

/** The values of all parameters of a type, lists flattened. */
function valuesOfType(
  type: string,
  { parameters: declarations }: Template,
  values: Readonly<Record<string, Value>>,
): readonly Value[] {
  return Object.entries(declarations)
    .filter(([, declaration]) => declaration['Type'] === type)
    .flatMap(([name]) => values[name] ?? []);
}

function resolveValue(value: Value, at: string, scope: Scope): Value | undefined {
  if (typeof value === 'string') return withoutDynamicReference(value, at);
  if (isList(value)) {
    return value.map((item, index) => scope.resolve(item, `${at}.${index}`)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const call = intrinsicCall(value, at);
  if (call === undefined) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => {
        const resolved = scope.resolve(item, `${at}.${key}`);
        return resolved === undefined ? [] : [[key, resolved]];
      }),
    );
  }
  const [name, argument] = call;
  const intrinsic = INTRINSICS.get(name);
  if (intrinsic === undefined) {
    throw new UnsupportedError(`${name} (at ${at}): the local run does not know this intrinsic function`);
  }
  const result = intrinsic.evaluate(argument, at, scope);
  return typeof result === 'string' ? withoutDynamicReference(bounded(result, at), at) : result;
}

function withoutDynamicReference(text: string, at: string): string {
  // References to secrets stay: a stack keeps and shows the reference, and only a provider gets the value.
  const reference = /\{\{resolve:(?!secretsmanager:)[^}]*\}\}/.exec(text);
  if (reference === null) return text;
  throw new UnsupportedError(
    `dynamic reference ${reference[0]} (at ${at}): the local run resolves only those to Secrets Manager; use a parameter`,
  );
}

/** Conditions and Rules are settled before any resource exists. */
const NO_RESOURCES: World = {
  ref: (logicalId) => unresolved(logicalId),
  attribute: (logicalId) => unresolved(logicalId),
};

function unresolved(logicalId: string): never {
  throw new TemplateError([
    `Template format error: Unresolved dependencies [${logicalId}]. Cannot reference resources in the Conditions block of the template`,
  ]);
}
