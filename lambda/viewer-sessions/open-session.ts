import { tokenKeys } from '../shared/viewers/key-ring';
import { readSigned } from '../shared/viewers/token';
import { isOpen, type Session } from '../shared/viewers/viewer';
import type { Page } from '../shared/viewers/viewer-book';
import { Refusal } from './refusal';
import type { SessionSurroundings } from './surroundings';

/** A session that a token of the stack names. */
export interface OpenSession {
  readonly sid: string;
  /** Opaque id of its viewer. */
  readonly viewer: string;
  readonly channel: string;
  /** Time before which every session is void, in seconds since 1970. */
  readonly voidBefore: number;
}

/**
 * Reads the token of a session. One that has expired is accepted: a page may have slept.
 *
 * @throws Refusal for a token that is not of this session, or was issued before all were made void.
 */
export async function openSession(
  sid: string,
  token: string | undefined,
  around: SessionSurroundings,
): Promise<OpenSession> {
  const claims = token === undefined ? undefined : readSigned(token, tokenKeys(await around.keys()));
  const { v, ch, iat } = claims ?? {};
  const channel: unknown = Array.isArray(ch) ? ch[0] : undefined;
  if (claims?.['sid'] !== sid || typeof v !== 'string' || typeof channel !== 'string' || typeof iat !== 'number') {
    throw new Refusal('sign-in', 'The token of the session is not valid.');
  }
  const voidBefore = await around.book.voidBefore();
  if (iat < voidBefore) throw ended();
  return { sid, viewer: v, channel, voidBefore };
}

/**
 * Finds a session among those of its viewer.
 *
 * @throws Refusal when it was ended, by an operator or in favour of another device; or is over, so that a new one is needed.
 */
export function sessionOf({ viewer }: Page, { sid, voidBefore }: OpenSession, now: number): Session {
  const found = viewer.sessions.find((session) => session.sid === sid);
  // A token may be newer than the moment at which all sessions were made void: it was being issued then.
  if (found === undefined || found.since < voidBefore) throw ended();
  if (!isOpen({ ...found, silence: Number.POSITIVE_INFINITY }, now)) {
    throw new Refusal('sign-in', 'The session is over.');
  }
  return found;
}

function ended(): Refusal {
  return new Refusal('session-ended', 'Your session was ended.');
}
