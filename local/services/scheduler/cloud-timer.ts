import type { CloudClock } from '../../cloud';

/** The longest that Node.js waits; it takes more for one millisecond. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/**
 * Does something when the cloud's clock shows a time: at once when it is past.
 *
 * @param when - milliseconds since 1970, of the cloud's time.
 * @returns what calls it off.
 */
export function atCloudTime(clock: CloudClock, when: number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = (when - clock.now()) / clock.speed;
    // A timer may ring a moment early: it is only time when the clock says so.
    timer = setTimeout(left > 0 ? wait : act, Math.min(Math.max(0, Math.ceil(left)), LONGEST_MILLISECONDS));
  };
  wait();
  return () => clearTimeout(timer);
}
