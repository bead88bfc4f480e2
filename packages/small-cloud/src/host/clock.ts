import type { CloudClock } from '../contract';

/** How many times faster the cloud's time may pass: an hour in a second. Beyond that, timers are too coarse for a minute. */
export const FASTEST = 3600;

/**
 * This machine's time, or one that begins now and passes `speed` times as fast: schedules come due sooner, and functions
 * see the cloud's time. The media goes on at its own pace.
 *
 * @param speed - 1 to {@link FASTEST}.
 * @throws Error for any other.
 */
export function cloudClock(speed = 1): CloudClock {
  if (!(speed >= 1 && speed <= FASTEST)) {
    throw new Error(`A clock that is hurried ${speed} times was asked for; 1 to ${FASTEST} times is possible.`);
  }
  const [begun, since] = [Date.now(), performance.now()];
  return { speed, now: () => (speed === 1 ? Date.now() : begun + (performance.now() - since) * speed) };
}

/**
 * Milliseconds since 1970 as the wall clock had it when this process began, and the time that has passed since. A clock
 * that is set, back or forward, does not move it: for what places media on a timeline.
 */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}
