import { admission, type Session, type Viewer } from '../shared/viewers/viewer';
import { changed } from '../shared/viewers/viewer-book';
import type { Entitled } from './identity';
import { Refusal } from './refusal';
import type { SessionSurroundings } from './surroundings';

/** A viewer who asks for a place. */
export interface Asking {
  readonly viewer: Entitled;
  /** True when the oldest session ends in favour of the new one. */
  readonly takeOver: boolean;
}

/**
 * Gives a session a place among those of its viewer, and ends others for it. A one-time link is used up only when there is
 * a place, so that a viewer who is asked about another device can still answer.
 *
 * @throws Refusal when the viewer watches on too many devices, or the link has been used.
 */
export async function takePlace(
  asked: Session,
  { viewer, takeOver }: Asking,
  around: SessionSurroundings,
): Promise<void> {
  const { book, rules } = around;
  const voidBefore = await book.voidBefore();
  const admitted = (before: Viewer) => {
    // Sessions that were made void with all others cannot be renewed, so they take no place.
    const sessions = before.sessions.filter(({ since }) => since >= voidBefore);
    const result = admission({ name: viewer.name, sessions }, asked, { most: rules.maxSessions, takeOver });
    if (result.kind === 'admitted') return result;
    const devices = result.devices.map(({ device, since }) => ({ device, since }));
    throw new Refusal('too-many-sessions', 'You are watching on too many devices.', devices);
  };
  if (viewer.useLink !== undefined) {
    admitted((await book.read(viewer.id)).viewer);
    await viewer.useLink();
  }
  const ended = await changed(book, viewer.id, (before) => {
    const { viewer: after, ended: gone } = admitted(before);
    return { viewer: after, expires: asked.until, result: gone };
  });
  if (ended.length > 0) await endAtEdge(ended, { viewer, asked }, around);
}

/** Tells whether a session has one token for its whole life. */
export function isNative({ since, until, silence }: Session, around: SessionSurroundings): boolean {
  return silence >= until - since && silence > around.rules.tokenMinutes * 60;
}

/** Makes the edge refuse sessions that ended. If it cannot be told, they are put back: the next try ends them again. */
async function endAtEdge(
  ended: readonly Session[],
  { viewer, asked }: { readonly viewer: Entitled; readonly asked: Session },
  around: SessionSurroundings,
): Promise<void> {
  const sids = ended.map(({ sid }) => sid);
  try {
    await around.revoke(sids, Math.max(...ended.map(({ until }) => until)));
  } catch (error) {
    await changed(around.book, viewer.id, (before) => {
      const others = before.sessions.filter(({ sid }) => sid !== asked.sid);
      return { viewer: { ...before, sessions: [...ended, ...others] }, expires: asked.until, result: undefined };
    });
    throw error;
  }
}
