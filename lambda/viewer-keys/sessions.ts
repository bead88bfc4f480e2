import { revocations } from '../shared/viewers/edge-store';
import { isOpen, type Session, type Viewer, withSession } from '../shared/viewers/viewer';
import { changed } from '../shared/viewers/viewer-book';
import { secondsOf } from './keys';
import type { KeySurroundings } from './surroundings';

/** An open session, for the operator. Times are in seconds since 1970. */
export interface ListedSession {
  readonly sid: string;
  readonly viewer: string;
  readonly channel: string;
  readonly device: string;
  readonly since: number;
  readonly seen: number;
  readonly countries: readonly string[];
  readonly reported: boolean;
}

/** Lists the open sessions, the newest first. */
export async function openSessions(around: KeySurroundings): Promise<readonly ListedSession[]> {
  const now = secondsOf(around);
  const voidBefore = await around.book.voidBefore();
  return (await around.book.all())
    .flatMap(({ page: { viewer } }) => viewer.sessions.map((session) => ({ viewer, session })))
    .filter(({ session }) => isOpen(session, now) && session.since >= voidBefore)
    .map(({ viewer, session }) => listed(viewer, session))
    .toSorted((one, other) => other.since - one.since);
}

/**
 * Ends sessions: one by its id, or all of a viewer by name. The edge refuses their tokens from then on, and they cannot be
 * renewed.
 *
 * @returns the sessions that were ended.
 */
export async function revoke(which: string, around: KeySurroundings): Promise<readonly ListedSession[]> {
  const ended: ListedSession[] = [];
  let until = 0;
  for (const { id, page } of await around.book.all()) {
    const sought = (viewer: Viewer) =>
      viewer.sessions.filter(({ sid }) => sid === which || viewer.name.toLowerCase() === which.toLowerCase());
    if (sought(page.viewer).length === 0) continue;
    const gone = await changed(around.book, id, (viewer) => {
      const sessions = sought(viewer);
      const rest = sessions.reduce((left, { sid }) => withSession(left, sid, undefined), viewer);
      const last = Math.max(secondsOf(around), ...sessions.map((session) => session.until));
      return { viewer: rest, expires: last, result: sessions.map((session) => ({ viewer, session })) };
    });
    for (const { viewer, session } of gone) {
      until = Math.max(until, session.until);
      ended.push(listed(viewer, session));
    }
  }
  const sids = ended.map(({ sid }) => sid);
  if (sids.length > 0) await around.edge.put(revocations(sids, until));
  return ended;
}

function listed({ name }: Viewer, { sid, channel, device, since, seen, seenFrom, reported }: Session): ListedSession {
  return { sid, viewer: name, channel, device, since, seen, countries: seenFrom.countries, reported };
}
