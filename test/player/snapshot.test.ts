import { describe, expect, test } from '@jest/globals';
import type { Engine } from '../../player/engines/engine';
import { bufferAhead, measure } from '../../player/snapshot';

const ranges = (...pairs: readonly (readonly [number, number])[]): TimeRanges => ({
  length: pairs.length,
  start: (index) => pairs[index]?.[0] ?? Number.NaN,
  end: (index) => pairs[index]?.[1] ?? Number.NaN,
});

/** The latency of a snapshot when an engine measures some seconds. */
function latency(measured: number | undefined): number | null {
  const video = {
    currentTime: 10,
    readyState: 4,
    buffered: ranges([0, 12]),
    videoWidth: 0,
    videoHeight: 0,
    muted: true,
  };
  const engine: Engine = {
    label: 'fake',
    play: async () => {},
    ladder: () => [],
    playing: () => undefined,
    choose: () => {},
    audioTracks: () => [],
    audioTrack: () => undefined,
    chooseAudio: () => {},
    latencySeconds: () => measured,
    date: () => undefined,
    bandwidth: () => undefined,
    window: () => undefined,
    livePosition: () => undefined,
    recoverMedia: () => {},
    destroy: () => {},
  };
  return measure(video, engine, 2).latencySeconds;
}

describe('the measured latency', () => {
  test.each([
    [3.2, 3.2],
    [-0.4, 0],
    [-1.5, null],
    [undefined, null],
  ])('of %s s is shown as %s', (measured, shown) => {
    expect(latency(measured)).toBe(shown);
  });
});

describe('the buffer ahead', () => {
  test.each([
    [5, 7],
    [12.5, 0],
    [19.95, 5.05],
  ])('of %d s ends at the first hole, after %d s', (currentTime, expected) => {
    expect(bufferAhead(ranges([0, 12], [20, 25]), currentTime)).toBeCloseTo(expected);
  });
});
