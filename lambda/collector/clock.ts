import { type Event, SENT_KEY } from './row';

/** Difference of clocks that is put up with where a player does not say when it sent its report, in milliseconds. */
const TOLERATED = 60_000;

/**
 * Finds by how many milliseconds a player's clock is behind. The project's player writes its own time into a report in the
 * moment in which it sends it, so that the collector needs to remember nothing, and a clock that is set during a session
 * does no harm. Other players do not; their newest event then counts as new, unless its time is about right.
 *
 * @param events - all events of a call.
 * @param received - milliseconds since 1970.
 */
export function clockBehind(events: readonly Event[], received: number): number {
  const sent = events.map(({ members }) => members.get(SENT_KEY)).findLast((value) => typeof value === 'number');
  if (sent !== undefined) return received - sent;
  const behind = received - Math.max(...events.map(({ ts }) => ts));
  return Math.abs(behind) <= TOLERATED ? 0 : behind;
}
