import { type KeyRing, tokenKeys } from './key-ring';
import { readSigned } from './token';
import { isOpen } from './viewer';
import type { ViewerBook } from './viewer-book';

/** A viewer of a private channel, as the session says. */
export interface KnownViewer {
  /** Opaque id. */
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
}

/** The sessions of viewers. */
export interface ViewerSessions {
  keys(): Promise<KeyRing | undefined>;
  readonly book: Pick<ViewerBook, 'read' | 'voidBefore'>;
  /** Time in seconds since 1970. */
  now(): number;
}

/**
 * Reads the token of a session, as the gate at the edge does, and asks whether the session is still open: one that was
 * revoked is not.
 *
 * @returns undefined for a token that does not open the channel.
 */
export async function knownViewer(
  token: string,
  channel: string,
  { keys, book, now }: ViewerSessions,
): Promise<KnownViewer | undefined> {
  const ring = await keys();
  const claims = ring && readSigned(token, tokenKeys(ring));
  const { v, ch, sid, iat, exp } = claims ?? {};
  if (typeof v !== 'string' || !Array.isArray(ch) || !ch.includes(channel)) return undefined;
  if (typeof iat !== 'number' || typeof exp !== 'number' || exp <= now()) return undefined;
  if (iat < (await book.voidBefore())) return undefined;
  const { viewer } = await book.read(v);
  const session = viewer.sessions.find((each) => each.sid === sid);
  if (session === undefined || !isOpen(session, now())) return undefined;
  return { id: v, name: viewer.name, groups: session.groups ?? [] };
}
