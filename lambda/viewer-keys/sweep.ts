import { REVOKED } from '../shared/viewers/edge-store';
import { secondsOf } from './keys';
import type { KeySurroundings } from './surroundings';

/** Time for which a revocation is kept beyond its session, in seconds. The gate accepts a token for 30 s after it expires. */
const MARGIN = 60;

/**
 * Removes revocations whose sessions are over by now. The store of the edge has room for some 170,000 of them. A listing
 * costs one dollar for 50,000 entries, so it is made once a day.
 *
 * @returns how many were removed.
 */
export async function sweep(around: KeySurroundings): Promise<number> {
  const over = secondsOf(around) - MARGIN;
  const entries = Object.entries(await around.edge.all())
    .filter(([key, until]) => key.startsWith(REVOKED) && Number(until) < over)
    .map(([key]) => [key, undefined]);
  if (entries.length > 0) await around.edge.put(Object.fromEntries(entries));
  return entries.length;
}
