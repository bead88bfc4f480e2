import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { StallCaution } from '../../player/engines/stall-caution';

const config = { liveSyncOnStallIncrease: 0 };
let caution: StallCaution;

beforeEach(() => {
  jest.useFakeTimers();
  caution = new StallCaution(config);
});

afterEach(() => {
  caution.end();
  jest.useRealTimers();
});

describe('a viewer of HLS who stalls', () => {
  test('is held back for a while, and then is not', () => {
    caution.stalled();
    jest.advanceTimersByTime(44_000);
    expect(config).toEqual({ liveSyncOnStallIncrease: 1 });
    jest.advanceTimersByTime(1000);
    expect(config).toEqual({ liveSyncOnStallIncrease: 0 });
  });

  test('is held back until a while after the last stall', () => {
    caution.stalled();
    jest.advanceTimersByTime(40_000);
    caution.stalled();
    jest.advanceTimersByTime(44_000);
    expect(config).toEqual({ liveSyncOnStallIncrease: 1 });
    jest.advanceTimersByTime(1000);
    expect(config).toEqual({ liveSyncOnStallIncrease: 0 });
  });

  test('leaves no timer behind when the engine ends', () => {
    caution.stalled();
    caution.end();
    expect(config).toEqual({ liveSyncOnStallIncrease: 0 });
    expect(jest.getTimerCount()).toBe(0);
  });
});
