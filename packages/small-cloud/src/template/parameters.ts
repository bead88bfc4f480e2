import { isList, type JsonObject, UnsupportedError, type Value } from '../contract';
import { fitsPattern } from '../host/bounded-pattern';
import { TemplateError } from './template-error';

/**
 * Value of the CDK's bootstrap version parameter. Nothing is bootstrapped in the local run; any version will do that
 * passes the check in every CDK template (6 or later).
 */
const BOOTSTRAP_VERSION = 30;
const BOOTSTRAP_VERSION_PATH = /^\/cdk-bootstrap\/[^/]+\/version$/;

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

const ATTRIBUTES = [
  'Type',
  'Default',
  'NoEcho',
  'AllowedValues',
  'AllowedPattern',
  'MinLength',
  'MaxLength',
  'MinValue',
  'MaxValue',
  'Description',
  'ConstraintDescription',
];

/**
 * Settles the values of all parameters: those given, and the defaults of the others. A Number becomes a number, a list
 * type a list. An empty string is a value.
 *
 * @param declarations - the Parameters section.
 * @param given - as strings, as the console and the CLI send them.
 * @throws TemplateError with every problem of every parameter. It repeats no value, which may be a secret.
 * @throws UnsupportedError for a parameter type or attribute that is not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function settleParameters(
  declarations: Readonly<Record<string, JsonObject>>,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, Value>> {
  const problems: string[] = [];
  const strangers = Object.keys(given).filter((name) => !Object.hasOwn(declarations, name));
  if (strangers.length > 0) problems.push(`Parameters: [${strangers.join(', ')}] do not exist in the template`);
  const missing = Object.keys(declarations).filter(
    (name) => !Object.hasOwn(given, name) && !Object.hasOwn(declarations[name] ?? {}, 'Default'),
  );
  if (missing.length > 0) problems.push(`Parameters: [${missing.join(', ')}] must have values`);

  const settled: Record<string, Value> = {};
  for (const [name, declaration] of Object.entries(declarations)) {
    refuseUnknownAttributes(name, declaration);
    const value = Object.hasOwn(given, name) ? given[name] : declaration['Default'];
    if (value === undefined) continue;
    const members = readMembers(name, declaration, text(value));
    const broken = members.map((member) => brokenRule(declaration, member)).find((rule) => rule !== undefined);
    if (broken !== undefined) problems.push(sentence(name, declaration, broken));
    settled[name] = toValue(name, declaration, members);
  }
  if (problems.length > 0) throw new TemplateError(problems);
  return settled;
}

/** Returns true for the parameter types with several values. */
function isListType(type: Value | undefined): boolean {
  return type === 'CommaDelimitedList' || type === 'List<Number>';
}

function isNumberType(type: Value | undefined): boolean {
  return type === 'Number' || type === 'List<Number>';
}

function readMembers(name: string, { Type: type }: JsonObject, value: string): readonly string[] {
  if (isListType(type)) return value === '' ? [] : value.split(',').map((member) => member.trim());
  if (type === 'String' || type === 'Number') return [value];
  if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value<')) {
    if (BOOTSTRAP_VERSION_PATH.test(value)) return [value];
    throw new UnsupportedError(
      `Parameter ${name}: Parameter Store is not part of the local run; only the CDK's own bootstrap version is known, ` +
        'so make it a String and give the value itself',
    );
  }
  throw new UnsupportedError(`Parameter ${name}: type ${JSON.stringify(type)} needs an AWS account; make it a String`);
}

function toValue(name: string, { Type: type }: JsonObject, members: readonly string[]): Value {
  if (typeof type === 'string' && type.startsWith('AWS::SSM::')) return BOOTSTRAP_VERSION;
  const values = isNumberType(type) ? members.map(Number) : members;
  if (isListType(type)) return values;
  const [value] = values;
  if (value === undefined) throw new UnsupportedError(`Parameter ${name} has no value`);
  return value;
}

/** Finds the first rule that a value breaks, in words; undefined when it keeps them all. */
function brokenRule(declaration: JsonObject, value: string): string | undefined {
  const { Type: type, AllowedValues: allowed, AllowedPattern: pattern } = declaration;
  if (isNumberType(type) && !NUMBER.test(value)) return 'must be a number';
  if (isList(allowed) && !allowed.map(text).includes(value)) return 'must be one of AllowedValues';
  if (typeof pattern === 'string') {
    const problem = patternProblem(pattern, value);
    if (problem !== undefined) return problem;
  }
  const least = (attribute: string) => Number(declaration[attribute] ?? Number.NEGATIVE_INFINITY);
  const most = (attribute: string) => Number(declaration[attribute] ?? Number.POSITIVE_INFINITY);
  if (value.length < least('MinLength')) return `must contain at least ${least('MinLength')} characters`;
  if (value.length > most('MaxLength')) return `must contain at most ${most('MaxLength')} characters`;
  if (Number(value) < least('MinValue')) return `must be a number not less than ${least('MinValue')}`;
  if (Number(value) > most('MaxValue')) return `must be a number not greater than ${most('MaxValue')}`;
  return undefined;
}

/** Checks a value against a pattern. No sentence repeats the value, which may be a secret. */
function patternProblem(pattern: string, value: string): string | undefined {
  try {
    return fitsPattern(`^(?:${pattern})$`, value) ? undefined : `must match pattern ${pattern}`;
  } catch (error) {
    return `cannot be checked: ${error instanceof Error ? error.message : error}`;
  }
}

function sentence(name: string, { ConstraintDescription: described }: JsonObject, broken: string): string {
  return typeof described === 'string'
    ? `Parameter ${name} failed to satisfy constraint: ${described}`
    : `Parameter '${name}' ${broken}`;
}

function refuseUnknownAttributes(name: string, declaration: JsonObject): void {
  for (const attribute of Object.keys(declaration)) {
    if (!ATTRIBUTES.includes(attribute)) {
      throw new UnsupportedError(
        `Parameters.${name}.${attribute}: the local run does not know this parameter attribute; remove it`,
      );
    }
  }
}

function text(value: Value): string {
  return typeof value === 'string' ? value : isList(value) ? value.map(text).join(',') : String(value);
}
