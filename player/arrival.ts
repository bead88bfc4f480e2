/** The part of the page's address that says what to play, and the secrets that came with it. */
export interface Arrival {
  /** Query string of the viewer's wish. After a sign-in it is the one from before. */
  readonly search: string;
  /** Link to one private channel, from the fragment; undefined without one. */
  readonly link: string | undefined;
  /** Query string with which the sign-in led back to the page; undefined without one. */
  readonly answer: string | undefined;
}

/**
 * Takes the secrets out of the address of the page, so that they are neither shown nor passed on.
 *
 * The sign-in gives back its `state`: a random value, and then the query string of the wish.
 */
export function takeArrival(): Arrival {
  const { pathname, search, hash } = location;
  const link = new URLSearchParams(hash.slice(1)).get('link') ?? undefined;
  const state = new URLSearchParams(search).get('state') ?? undefined;
  const wish = state?.replace(/^[^?]*/, '') ?? search;
  if (link !== undefined || state !== undefined) history.replaceState(null, '', pathname + wish);
  return { search: wish, link, answer: state === undefined ? undefined : search };
}
