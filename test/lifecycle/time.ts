import { jest } from '@jest/globals';
import type { Clock } from '../../lambda/shared/clock';

/** Clock of the functions; it runs on the test's timers. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => later(milliseconds),
};

/** Waits for some milliseconds of the test's time. */
export function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Lets fake time pass, timer by timer, until some work is over. */
export async function inFakeTime<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const settled = work.finally(() => {
    over = true;
  });
  settled.catch(() => {});
  for (let turns = 0; !over; turns += 1) {
    if (turns > 200_000) throw new Error('The work is not over after 200,000 timers');
    await jest.advanceTimersToNextTimerAsync();
  }
  return settled;
}
