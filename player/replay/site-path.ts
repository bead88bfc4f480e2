/** Any other site. A path that stays on it stays on every site. */
const SITE = 'https://site.invalid';

/** Longest path that is accepted, in characters. */
const LONGEST = 2048;

/** Returns a path of this site, or undefined for anything that could lead elsewhere: `//host`, `/\host`, `javascript:`. */
export function sitePath(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.length > LONGEST || !given.startsWith('/') || !URL.canParse(given, SITE)) {
    return undefined;
  }
  const { origin, pathname, search } = new URL(given, SITE);
  return origin === SITE ? pathname + search : undefined;
}
