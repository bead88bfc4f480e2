/** A JSON value, as a template holds it once every intrinsic is resolved. */
export type Value = string | number | boolean | null | readonly Value[] | JsonObject;

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Value };

/** Resolved properties of one resource, in CloudFormation's PascalCase. */
export type Properties = JsonObject;

/** Returns true for a JSON object, false for a list or a scalar. */
export function isObject(value: Value | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns true for a JSON list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Returns true if a value nests deeper than a number of levels; looks no deeper than that. */
export function isDeeperThan(value: Value, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner: Value) => isDeeperThan(inner, levels - 1));
}
