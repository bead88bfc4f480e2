import type { TokenKey } from './token';

/** A key of viewers' tokens, as the secret of the stack holds it. */
export interface RingKey {
  readonly kid: string;
  /** 32 random bytes in base64url. */
  readonly secret: string;
  /** Time at which it was made, in seconds since 1970. */
  readonly made: number;
}

/** The keys of viewers' tokens, the newest last. */
export interface KeyRing {
  readonly keys: readonly RingKey[];
}

/** Seconds after which a new key has certainly reached every edge location. */
export const SPREAD_SECONDS = 60;

/** Reads the keys from the secret. @returns undefined for a secret that has none yet. */
export function readKeyRing(text: string): KeyRing | undefined {
  const { keys } = JSON.parse(text) as Partial<KeyRing>;
  return keys === undefined || keys.length === 0 ? undefined : { keys };
}

/** Returns the key for new tokens: the newest one that every edge location knows. */
export function signingKey({ keys }: KeyRing, now: number): TokenKey {
  const known = keys.filter(({ made }) => made + SPREAD_SECONDS <= now).at(-1) ?? keys[0];
  if (known === undefined) throw new Error('The secret of the stack holds no key for tokens');
  return tokenKey(known);
}

/** Returns all keys, as tokens are checked. */
export function tokenKeys({ keys }: KeyRing): readonly TokenKey[] {
  return keys.map(tokenKey);
}

/**
 * Adds a key, and drops those that no token can name any more: their successor has signed for longer than a session lasts.
 *
 * @param sessionSeconds - longest life of a session, and so of a token.
 */
export function withNewKey(ring: KeyRing, secret: string, { now, sessionSeconds }: RingTimes): KeyRing {
  const all = [...ring.keys, { kid: nextId(ring), secret, made: now }];
  const keys = all.filter((_, index) => {
    const successor = all[index + 1];
    return successor === undefined || successor.made + SPREAD_SECONDS + sessionSeconds > now;
  });
  return { keys };
}

/** Times for a change of the keys, in seconds. */
export interface RingTimes {
  readonly now: number;
  readonly sessionSeconds: number;
}

/**
 * Writes the entry `cfg` of the key value store, from which the gate reads its keys. It has at most 1,024 bytes there.
 *
 * @param voidBefore - every token that was issued before it is void; seconds since 1970.
 */
export function gateSettings({ keys }: KeyRing, voidBefore: number): string {
  return JSON.stringify({ keys: Object.fromEntries(keys.map(({ kid, secret }) => [kid, secret])), voidBefore });
}

function tokenKey({ kid, secret }: RingKey): TokenKey {
  return { kid, secret: Buffer.from(secret, 'base64url') };
}

function nextId({ keys }: KeyRing): string {
  const last = Number(keys.at(-1)?.kid.slice(1) ?? 0);
  return `k${last + 1}`;
}
