import { isList, isObject, type JsonObject, type Value } from '../contract';
import type { Scope } from './scope';
import { TemplateError } from './template-error';

/**
 * Reads the name and the argument of an intrinsic call (`{ Ref: … }`, `{ 'Fn::…': … }`); undefined for plain data.
 * Refuses an Fn:: key with neighbours, as CloudFormation does.
 */
export function intrinsicCall(value: JsonObject, at: string): readonly [name: string, argument: Value] | undefined {
  const entries = Object.entries(value);
  const [call] = entries.filter(([key], _, all) => key.startsWith('Fn::') || (key === 'Ref' && all.length === 1));
  if (call !== undefined && entries.length > 1) refuse(at, `${call[0]} must be the only key of its object`);
  return call;
}

/** Throws an error in CloudFormation's words, with the place. */
export function refuse(at: string, sentence: string): never {
  throw new TemplateError([`Template error: ${sentence} (at ${at})`]);
}

/** Converts a scalar to a string. CloudFormation accepts numbers and Booleans wherever it needs a string. */
export function textOf(value: Value | undefined, at: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return refuse(at, `a string is needed, ${value === undefined ? 'AWS::NoValue' : JSON.stringify(value)} was given`);
}

/** Reads the arguments of an intrinsic that takes a list of a certain length. @throws TemplateError with the sentence. */
export function argumentList(
  argument: Value,
  [least, most]: readonly [number, number],
  at: string,
  sentence: string,
): readonly Value[] {
  if (!isList(argument) || argument.length < least || argument.length > most) return refuse(at, sentence);
  return argument;
}

/** Reads the resource and the unevaluated attribute of an Fn::GetAtt. */
export function getAttTarget(argument: Value, at: string): readonly [logicalId: string, attribute: Value] {
  const parts: Value = typeof argument === 'string' ? [...splitAtDot(argument)] : argument;
  if (isList(parts) && parts.length === 2 && typeof parts[0] === 'string' && parts[1] !== undefined) {
    return [parts[0], parts[1]];
  }
  return refuse(
    at,
    'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );
}

/** Reads the string and the map of an Fn::Sub; a missing map is empty. */
export function subArguments(
  argument: Value,
  at: string,
): readonly [text: string, map: Readonly<Record<string, Value>>] {
  const [text, map = {}, ...rest] = isList(argument) ? argument : [argument];
  if (typeof text === 'string' && isObject(map) && rest.length === 0) return [text, map];
  return refuse(
    at,
    "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
  );
}

/** Splits a name at its first dot: `A.B.C` is resource A and attribute `B.C`. */
export function splitAtDot(name: string): readonly [first: string] | readonly [first: string, rest: string] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** Chooses the arm of an Fn::If. */
export function ifArm(
  argument: Value,
  at: string,
  holds: (condition: string) => boolean,
): { taken: Value; index: 1 | 2 } {
  const sentence = 'Fn::If requires a list argument with three elements, the first of them the name of a condition';
  const [condition, then, otherwise] = argumentList(argument, [3, 3], at, sentence);
  if (typeof condition !== 'string' || then === undefined || otherwise === undefined) return refuse(at, sentence);
  return holds(condition) ? { taken: then, index: 1 } : { taken: otherwise, index: 2 };
}

/** Refuses a construct that needs the AWS::LanguageExtensions transform in a template without it. */
export function needsLanguageExtensions(what: string, at: string, { languageExtensions }: Scope): void {
  if (!languageExtensions) refuse(at, `${what} needs "Transform": "AWS::LanguageExtensions" in the template`);
}

/** Limit of characters in the result of an intrinsic function: those of a whole template. */
const LONGEST_TEXT = 1_000_000;

/** Checks the length of an intrinsic's result, or of its pieces together. @throws TemplateError when it is too long. */
export function bounded<T extends string | readonly string[]>(made: T, at: string): T {
  const length = typeof made === 'string' ? made.length : made.reduce((sum, piece) => sum + piece.length, 0);
  return length <= LONGEST_TEXT
    ? made
    : refuse(at, `a string of more than ${LONGEST_TEXT} characters was made; ${LONGEST_TEXT} is the limit`);
}
