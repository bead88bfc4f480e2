import type { Declared } from '../../kit/declared';

/** What names of MediaPackage resources look like, and those of manifests. */
const NAME = /^[a-zA-Z0-9_-]{1,256}$/;
const MANIFEST_NAME = /^[a-zA-Z0-9-]{1,256}$/;

/** A resource name. @throws Error when it is missing or not of MediaPackage's pattern. */
export function resourceName(properties: Declared, key: string): string {
  return named(properties, key, NAME, "letters, digits, '_' and '-'");
}

/** A manifest name, which is part of a URL. @throws Error when it is missing or not of MediaPackage's pattern. */
export function manifestName(properties: Declared, key: string): string {
  return named(properties, key, MANIFEST_NAME, "letters, digits and '-'");
}

function named(properties: Declared, key: string, pattern: RegExp, of: string): string {
  const name = properties.maybeText(key);
  if (name !== undefined && pattern.test(name)) return name;
  throw new Error(`${properties.path}.${key}: ${JSON.stringify(name)} was given; it must be a name of 1 to 256 ${of}`);
}
