import type { Declared } from '../../kit/declared';

/** Patterns of the names of MediaPackage resources and manifests. */
const NAME = /^[a-zA-Z0-9_-]{1,256}$/;
const MANIFEST_NAME = /^[a-zA-Z0-9-]{1,256}$/;

/** Reads a resource name. @throws Error when it is missing or does not match MediaPackage's pattern. */
export function resourceName(properties: Declared, key: string): string {
  return named(properties, key, NAME, "letters, digits, '_' and '-'");
}

/** Reads a manifest name, which is part of a URL. @throws Error as {@link resourceName} does. */
export function manifestName(properties: Declared, key: string): string {
  return named(properties, key, MANIFEST_NAME, "letters, digits and '-'");
}

function named(properties: Declared, key: string, pattern: RegExp, of: string): string {
  const name = properties.maybeText(key);
  if (name !== undefined && pattern.test(name)) return name;
  throw new Error(`${properties.path}.${key}: ${JSON.stringify(name)} was given; a name of 1 to 256 ${of} is needed`);
}
