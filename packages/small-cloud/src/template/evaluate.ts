import { UnsupportedError, type Value } from '../contract';
import { CONDITION_FUNCTIONS } from './conditions';
import { bounded, intrinsicCall, refuse } from './intrinsic-call';
import { INTRINSICS } from './intrinsics';
import { settleParameters } from './parameters';
import { brokenRules } from './rules';
import type { Scope, World } from './scope';
import { isList, isObject, type Template } from './template';
import { TemplateError } from './template-error';

/** The pseudo parameters that CloudFormation gives to every template, `AWS::NoValue` apart. */
export type PseudoParameters = Readonly<
  Record<
    'AWS::AccountId' | 'AWS::Partition' | 'AWS::Region' | 'AWS::StackId' | 'AWS::StackName' | 'AWS::URLSuffix',
    string
  >
>;

/** A template with the values of its parameters: what is true in it, and what its values are. */
export interface Evaluation {
  /** The parameters' values, defaults included. */
  readonly parameters: Readonly<Record<string, Value>>;
  /** Whether a named condition is true. @throws TemplateError when there is no such condition. */
  holds(condition: string, at: string): boolean;
  /**
   * Evaluates a value of the template. Lazy: only what counts is looked at, and the world is asked only for what is
   * needed. Undefined is AWS::NoValue; inside objects and lists it is left out.
   *
   * @param at - where the value stands, for messages: `Resources.Site.Properties`.
   */
  resolve(value: Value, at: string, world: World): Value | undefined;
}

/**
 * Settles parameters, conditions and rules of a template.
 *
 * @param given - parameter values, as text.
 * @throws TemplateError with everything that is wrong with the parameters, or with every rule that is broken.
 * @throws UnsupportedError for what the local run does not know, by name.
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
    const value = truth(expression, `Conditions.${name}`);
    conditions.set(name, value);
    return value;
  }

  function truth(expression: Value, at: string): boolean {
    if (isObject(expression) && typeof expression['Condition'] === 'string') return holds(expression['Condition'], at);
    const [name, argument] = (isObject(expression) ? intrinsicCall(expression, at) : undefined) ?? [];
    const test = CONDITION_FUNCTIONS.get(name ?? '');
    if (test === undefined || argument === undefined) {
      return refuse(
        at,
        `a condition is made of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition, not of ${name ?? JSON.stringify(expression)}`,
      );
    }
    return test(argument, `${at}.${name}`, { holds: truth, resolve: resolveWithoutResources });
  }

  const resolveWithoutResources = (value: Value, at: string) => scopeOf(NO_RESOURCES).resolve(value, at);

  function scopeOf(world: World): Scope {
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

  const broken = brokenRules(template.rules, {
    resolve: resolveWithoutResources,
    valuesOfType: (type) =>
      Object.entries(template.parameters).flatMap(([name, declaration]) =>
        declaration['Type'] === type && parameters[name] !== undefined ? [parameters[name]].flat() : [],
      ),
  });
  if (broken.length > 0) throw new TemplateError(broken);

  return { parameters, holds, resolve: (value, at, world) => scopeOf(world).resolve(value, at) };
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
  // Those to secrets stay as they are: what a stack keeps and shows has the reference, and only a provider the value.
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
