import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** Observations of {@link watched}. */
export interface Watched {
  /** Longest time that the video stood still, in seconds. */
  readonly stoodStill: number;
  /** Every status that was shown. */
  readonly shown: readonly string[];
}

/** Expects at most a moment of buffering, which a busy machine may need. */
export function expectToGoOn({ stoodStill, shown }: Watched): void {
  expect(shown.filter((status) => status !== 'playing' && status !== 'buffering')).toEqual([]);
  expect(stoodStill).toBeLessThan(3);
}

/** Watches the video for some seconds. */
export function watched(page: Page, seconds: number): Promise<Watched> {
  return page.evaluate(async (milliseconds) => {
    const shown = new Set<string>();
    const video = document.querySelector('video');
    const begun = performance.now();
    let [position, movedAt, longest] = [video?.currentTime ?? 0, begun, 0];
    while (performance.now() - begun < milliseconds) {
      await new Promise((done) => setTimeout(done, 50));
      shown.add(document.querySelector('[data-status]')?.getAttribute('data-status') ?? '');
      longest = Math.max(longest, performance.now() - movedAt);
      if ((video?.currentTime ?? 0) > position) movedAt = performance.now();
      position = video?.currentTime ?? 0;
    }
    return { stoodStill: longest / 1000, shown: [...shown] };
  }, seconds * 1000);
}
