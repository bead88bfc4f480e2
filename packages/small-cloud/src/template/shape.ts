import { isObject, type JsonObject, type Value } from '../contract';
import { TemplateError } from './template-error';

/** Reads a section whose entries are objects; a missing section is empty. @throws TemplateError */
export function objects(root: JsonObject, section: string): Readonly<Record<string, JsonObject>> {
  return mapValues(object(root[section] ?? {}, section), (entry, key) => object(entry, `${section}.${key}`));
}

/** @throws TemplateError when the value is not an object. */
export function object(value: Value, at: string): JsonObject {
  if (isObject(value)) return value;
  throw new TemplateError([`Template format error: ${at} must be an object`]);
}

/** @throws TemplateError when the value is not a string. */
export function text(value: Value, at: string): string {
  if (typeof value === 'string') return value;
  throw new TemplateError([`Template format error: ${at} must be a string`]);
}

/** @throws TemplateError when there is a value and it is not a string. */
export function optionalText(value: Value | undefined, at: string): string | undefined {
  return value === undefined ? undefined : text(value, at);
}

/** Applies a function to every value of a record. */
export function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  to: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value, key)]));
}
