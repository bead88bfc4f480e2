import { revocations } from '../shared/viewers/edge-store';
import type { ListedSession } from '../shared/viewers/listed-session';
import { isOpen, type Session, type Viewer, withSession } from '../shared/viewers/viewer';
import { changed } from '../shared/viewers/viewer-book';
import { secondsOf } from './keys';
import type { KeySurroundings } from './surroundings';

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
  const sought = ({ name, sessions }: Viewer) =>
    sessions.filter(({ sid }) => sid === which || name.toLowerCase() === which.toLowerCase());
  const pages = (await around.book.all()).filter(({ page }) => sought(page.viewer).length > 0);
  const ended: ListedSession[] = [];
  // First the edge: if the book cannot be written, the task is repeated, and finds the sessions still there.
  await atEdge(
    pages.flatMap(({ page }) => sought(page.viewer)),
    around,
  );
  for (const { id, page } of pages) {
    const known = new Set(page.viewer.sessions.map(({ sid }) => sid));
    const gone = await changed(around.book, id, (viewer) => {
      const sessions = sought(viewer);
      const rest = sessions.reduce((left, { sid }) => withSession(left, sid, undefined), viewer);
      const last = Math.max(secondsOf(around), ...sessions.map(({ until }) => until));
      return { viewer: rest, expires: last, result: sessions };
    });
    // Sessions may have begun meanwhile.
    await atEdge(
      gone.filter(({ sid }) => !known.has(sid)),
      around,
    );
    ended.push(...gone.map((session) => listed(page.viewer, session)));
  }
  return ended;
}

async function atEdge(sessions: readonly Session[], { edge }: KeySurroundings): Promise<void> {
  if (sessions.length === 0) return;
  const until = Math.max(...sessions.map((session) => session.until));
  await edge.put(
    revocations(
      sessions.map(({ sid }) => sid),
      until,
    ),
  );
}

function listed({ name }: Viewer, { sid, channel, device, since, seen, seenFrom, reported }: Session): ListedSession {
  return { sid, viewer: name, channel, device, since, seen, countries: seenFrom.countries, reported };
}
