/** A value of a template. */
export type Json = boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An object of a template. */
export type JsonObject = { readonly [key: string]: Json };

/** Tells whether a value is an object, neither a list nor a scalar. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value);
}

/** Returns the name and the argument of an intrinsic function; undefined for other values. */
export function intrinsic(value: Json | undefined): readonly [name: string, argument: Json] | undefined {
  if (!isObject(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  return entry[0].startsWith('Fn::') || entry[0] === 'Ref' ? entry : undefined;
}

/** Returns a string that is the same for equal values. */
export function identity(value: Json | undefined): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
