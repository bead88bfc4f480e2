import { createHmac } from 'node:crypto';

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
