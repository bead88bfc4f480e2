import type { Choice } from './choice';

/** Returns the token of the session with which a private channel plays; undefined for a public one. */
export function sessionOf(choice: Choice | undefined): string | undefined {
  const address = choice?.gate?.address(new URL('/', location.href).href);
  return /^\/s\/([^/]+)\//.exec(address === undefined ? '' : new URL(address).pathname)?.[1];
}
