import type { CloudClock } from '../../contract';

/** The longest that Node.js waits; it takes more for one millisecond. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/**
 * Does something when the cloud's clock shows a time; soon, but never before this returns, when it is past.
 *
 * @param when - milliseconds since 1970, of the cloud's time.
 * @returns what calls it off.
 */
export function atCloudTime(clock: CloudClock, when: number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = Math.max(0, Math.ceil((when - clock.now()) / clock.speed));
    timer = setTimeout(look, Math.min(left, LONGEST_MILLISECONDS));
  };
  // A timer may ring a moment early, and a long wait is made of several: it is only time when the clock says so.
  const look = () => (clock.now() < when ? wait() : act());
  wait();
  return () => clearTimeout(timer);
}
