import type { CloudClock } from '../contract';

/** Highest speed of the cloud's time: an hour in a second. Beyond that, timers are too coarse for schedules by the minute. */
export const FASTEST = 3600;

/**
 * Makes the clock of a cloud. It begins at this machine's time and passes `speed` times as fast: schedules come due
 * sooner, and functions see the cloud's time. The media keeps its own pace.
 *
 * @param speed - 1 to {@link FASTEST}.
 * @throws Error for any other.
 */
export function cloudClock(speed = 1): CloudClock {
  if (!(speed >= 1 && speed <= FASTEST)) {
    throw new Error(`speed of the clock: ${speed} was given; a number from 1 to ${FASTEST} is needed`);
  }
  const [begun, since] = [Date.now(), performance.now()];
  return { speed, now: () => (speed === 1 ? Date.now() : begun + (performance.now() - since) * speed) };
}

/**
 * Returns milliseconds since 1970 by the wall clock at the start of this process, plus the time since then. Setting the
 * wall clock does not move it, so it can place media on a timeline.
 */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}
