import type { CloudClock } from '../../contract';

/** The longest timer of Node.js. It treats a longer one as one millisecond. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/**
 * Acts when the cloud's clock shows a time. For a time in the past it acts soon, but never before this returns.
 *
 * @param when - milliseconds since 1970, of the cloud's time.
 * @returns a function that cancels it.
 */
export function atCloudTime(clock: CloudClock, when: number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = Math.max(0, Math.ceil((when - clock.now()) / clock.speed));
    timer = setTimeout(look, Math.min(left, LONGEST_MILLISECONDS));
  };
  // A timer may fire a moment early, and a long wait consists of several, so the clock decides.
  const look = () => (clock.now() < when ? wait() : act());
  wait();
  return () => clearTimeout(timer);
}
