import type { Declared } from '../../kit/declared';

/** The sets of methods that a behaviour may allow. The first two may also be cached. */
const SETS = [
  ['GET', 'HEAD'],
  ['GET', 'HEAD', 'OPTIONS'],
  ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
] as const;

/**
 * Reads the methods that a behaviour lets through.
 *
 * @default GET and HEAD
 * @throws Error for another set than CloudFront has.
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_AllowedMethods.html
 */
export function allowedMethods(behavior: Declared): ReadonlySet<string> {
  return oneOfSets(behavior, 'AllowedMethods', SETS);
}

/**
 * Reads the methods whose answers are cached.
 *
 * @default GET and HEAD
 * @throws Error for another set than CloudFront has, or for one that is not allowed.
 */
export function cachedMethods(behavior: Declared, allowed: ReadonlySet<string>): ReadonlySet<string> {
  const cached = oneOfSets(behavior, 'CachedMethods', SETS.slice(0, 2));
  const stranger = [...cached].find((method) => !allowed.has(method));
  if (stranger === undefined) return cached;
  throw new Error(`${behavior.at('CachedMethods')}: ${stranger} was given; AllowedMethods must have it too.`);
}

function oneOfSets(behavior: Declared, key: string, sets: readonly (readonly string[])[]): ReadonlySet<string> {
  const given = behavior.texts(key);
  const methods = new Set(given.length === 0 ? SETS[0] : given);
  if (sets.some((set) => set.length === methods.size && set.every((method) => methods.has(method)))) return methods;
  const known = sets.map((set) => set.join(', ')).join('; or ');
  throw new Error(`${behavior.at(key)}: ${given.join(', ')} was given; ${known} are needed.`);
}
