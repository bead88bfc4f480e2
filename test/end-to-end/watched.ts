import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** What {@link watched} has seen. */
export interface Watched {
  /** The longest time that the picture stood still, in seconds. */
  readonly stoodStill: number;
  readonly shown: readonly string[];
}

/** Expects that a viewer had no more to bear than a moment of buffering: a machine that is busy may need one. */
export function expectToGoOn({ stoodStill, shown }: Watched): void {
  expect(shown.filter((status) => status !== 'playing' && status !== 'buffering')).toEqual([]);
  expect(stoodStill).toBeLessThan(3);
}

/** Watches the picture for some seconds: the longest time that it stood still, and every status that was shown. */
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
