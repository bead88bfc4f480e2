import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cloudClock } from '../../src/host/clock';

const NOW = Date.UTC(2026, 10, 24);

beforeEach(() => void jest.useFakeTimers({ now: NOW }));
afterEach(() => void jest.useRealTimers());

describe('the clock of the cloud', () => {
  test.each([
    [1, 1000],
    [60, 60_000],
    [1.5, 1500],
  ])('at speed %d begins at the current time and passes at that speed', (speed, passed) => {
    const clock = cloudClock(speed);
    expect([clock.speed, clock.now()]).toEqual([speed, NOW]);
    jest.advanceTimersByTime(1000);
    expect(clock.now()).toBe(NOW + passed);
  });

  test.each([0, -1, 0.5, 3601, Number.NaN])('refuses a speed of %d', (speed) => {
    expect(() => cloudClock(speed)).toThrow(
      `speed of the clock: ${speed} was given; a number from 1 to 3600 is needed`,
    );
  });
});
