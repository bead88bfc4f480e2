import { recordOf } from './record';

/** One viewer's permission to watch one channel, for a time. */
export interface Session {
  readonly sid: string;
  /** First part of the path of every media request: `/s/<token>`. */
  readonly base: string;
  /** Seconds that the token is valid, counted from the answer that brought it. */
  readonly lifetimeSeconds: number;
  /** Seconds until a new token is to be fetched, counted from the answer that brought this one. */
  readonly renewAfterSeconds: number;
}

/** Reasons for which the service lets nobody in, as its answers spell them. */
export const REFUSALS = [
  'sign-in',
  'not-entitled',
  'no-such-channel',
  'too-many-sessions',
  'session-ended',
  'link-used',
  'link-expired',
  'country',
] as const;

/** One of {@link REFUSALS}. */
export type RefusalName = (typeof REFUSALS)[number];

/** Another device on which the viewer watches. */
export interface Device {
  /** Name for people to read: `Chrome on Windows`. */
  readonly device: string;
  /** Start of its session, in seconds since 1970. */
  readonly since: number;
}

/** Answer of the service to a request for a session. */
export type SessionAnswer =
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'refused'; readonly name: RefusalName; readonly devices: readonly Device[] }
  /** No answer, or none that means anything: the service is out of order. */
  | { readonly kind: 'unanswered' };

const UNANSWERED: SessionAnswer = { kind: 'unanswered' };

/**
 * Reads an answer of the service.
 *
 * @param now - the server's time at the answer, in seconds since 1970; the clock of the viewer's device may be wrong.
 */
export function readSessionAnswer(ok: boolean, body: unknown, now: number): SessionAnswer {
  const { sid, base, expiresAt, renewAfterSeconds, error, devices } = recordOf(body);
  if (!ok) {
    const name = REFUSALS.find((known) => known === error);
    return name === undefined ? UNANSWERED : { kind: 'refused', name, devices: devicesOf(devices) };
  }
  if (typeof sid !== 'string' || !/^[\w-]+$/.test(sid)) return UNANSWERED;
  if (typeof base !== 'string' || !/^\/s\/[\w.-]+$/.test(base)) return UNANSWERED;
  if (typeof expiresAt !== 'number' || typeof renewAfterSeconds !== 'number') return UNANSWERED;
  const lifetimeSeconds = expiresAt - now;
  if (!(lifetimeSeconds > 0 && renewAfterSeconds > 0)) return UNANSWERED;
  return { kind: 'session', session: { sid, base, lifetimeSeconds, renewAfterSeconds } };
}

function devicesOf(given: unknown): readonly Device[] {
  const entries = Array.isArray(given) ? given.map(recordOf) : [];
  return entries.flatMap(({ device, since }) =>
    typeof device === 'string' && typeof since === 'number' ? [{ device, since }] : [],
  );
}
