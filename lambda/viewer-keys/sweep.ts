import { REVOKED } from '../shared/viewers/edge-store';
import { secondsOf } from './keys';
import type { KeySurroundings } from './surroundings';

/**
 * Removes revocations whose sessions are over by now. The store of the edge has room for some 170,000 of them. A listing
 * costs one dollar for 50,000 entries, so it is made once a day.
 *
 * @returns how many were removed.
 */
export async function sweep(around: KeySurroundings): Promise<number> {
  const now = secondsOf(around);
  const over = Object.entries(await around.edge.all())
    .filter(([key, until]) => key.startsWith(REVOKED) && Number(until) < now)
    .map(([key]) => [key, undefined]);
  if (over.length > 0) await around.edge.put(Object.fromEntries(over));
  return over.length;
}
