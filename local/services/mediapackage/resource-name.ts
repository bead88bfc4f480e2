import type { Declared } from '../../declared';

/** What names of MediaPackage resources look like. */
const NAME = /^[a-zA-Z0-9_-]{1,256}$/;

/** A resource name. @throws Error when it is missing or not of MediaPackage's pattern. */
export function resourceName(properties: Declared, key: string): string {
  const name = properties.maybeText(key);
  if (name !== undefined && NAME.test(name)) return name;
  throw new Error(
    `${properties.path}.${key}: ${JSON.stringify(name)} was given; it must be a name of 1 to 256 letters, digits, '_' and '-'`,
  );
}
