import type { Sample } from './dimension';
import { identity, intrinsic, isObject, type Json, type JsonObject } from './json';

/** The value of a choice; undefined where it has none. */
export type ValueSample = Sample<Json | undefined>;

/** Tells whether samples with the same options of these dimensions have the same value. */
export function explain<T>(
  names: readonly string[],
  samples: readonly Sample<T>[],
  text: (value: T) => string,
): boolean {
  const values = new Map<string, string>();
  return samples.every(({ choice, value }) => {
    const options = names.map((name) => choice[name]).join(' + ');
    const known = values.get(options) ?? text(value);
    values.set(options, known);
    return known === text(value);
  });
}

/** Tells whether all lists have one length. */
export function sameLength(samples: readonly Sample<readonly Json[]>[]): boolean {
  return samples.every(({ value }) => value.length === samples[0]?.value.length);
}

/** Tells whether a value is a list of objects that are no functions of CloudFormation. */
export function isListOfObjects(sample: ValueSample): sample is Sample<readonly JsonObject[]> {
  const { value } = sample;
  return Array.isArray(value) && value.every((member) => isObject(member) && intrinsic(member) === undefined);
}

/** Returns the value that takes fewer characters of the template. */
export function shorter(one: Json, other: Json | undefined): Json {
  return other !== undefined && identity(other).length < identity(one).length ? other : one;
}
