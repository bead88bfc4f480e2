/** Most characters of a name. */
const MOST = 30;

/**
 * Reads a name that a viewer has chosen, encoded for a header.
 *
 * @returns undefined for one that is empty, too long, or has signs that do not belong into a line.
 */
export function chosenName(encoded: string): string | undefined {
  try {
    const name = decodeURIComponent(encoded).normalize('NFC').replace(/\s+/gu, ' ').trim();
    const isFine = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(name) && /[\p{L}\p{N}]/u.test(name);
    return isFine && [...name].length <= MOST ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the name that a sign-in or a link gives; undefined where that is an id that says nothing. */
export function givenName(name: string): string | undefined {
  const known = name.replace(/ \(link\)$/, '').replace(/@.*$/, '');
  if (/^link |^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(name)) return undefined;
  return chosenName(encodeURIComponent([...known].slice(0, MOST).join('')));
}
