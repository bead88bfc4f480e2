import type { CloudClock } from './cloud';

/** This machine's time, or one that begins now and passes `speed` times as fast. */
export function cloudClock(speed = 1): CloudClock {
  const begun = Date.now();
  return { speed, now: () => (speed === 1 ? Date.now() : begun + (Date.now() - begun) * speed) };
}
