import { createHmac } from 'node:crypto';

/** Most characters of a name. */
const MOST = 30;

/**
 * Makes the id of a user, from which nothing can be told. `g-` is a guest, known by address and browser; `v-` is a viewer of
 * a private channel.
 *
 * @param secret - of the stack, so that nobody finds an address by trying.
 */
export function userId(kind: 'g' | 'v', parts: readonly string[], secret: string): string {
  return `${kind}-${createHmac('sha256', secret).update(parts.join('\n')).digest('base64url').slice(0, 16)}`;
}

/** Returns the address of a viewer without its port: `203.0.113.7:4711` → `203.0.113.7`. */
export function addressOf(addressAndPort: string): string {
  return addressAndPort.replace(/:\d+$/, '');
}

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
