import type { Page } from 'playwright-core';

/** The experience of a viewer, as the page itself saw it: times in milliseconds. */
export interface Observed {
  /** From the first look at a channel until the first status `playing`; undefined when nothing played. */
  readonly startup: number | undefined;
  /** Time in which the video moved, and in which it stood still after the start. */
  readonly moved: number;
  readonly still: number;
  /** Bitrate of the rendition, bits per second. */
  readonly bitrate: number | undefined;
  readonly engine: string | undefined;
  readonly causes: readonly string[];
}

declare global {
  interface Window {
    observed?: () => Observed;
  }
}

/** Makes a page look at its own player, and count by other means than the code that reports. Called before it is opened. */
export async function observe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { opened: 0, playingAt: 0, moved: 0, still: 0, bitrate: 0, engine: '', causes: new Set<string>() };
    let last = { at: 0, position: 0 };
    setInterval(() => {
      const state = window.livePlayer?.state();
      const now = performance.now();
      if (state === undefined) return;
      seen.opened ||= now;
      if (state.status === 'playing') seen.playingAt ||= now;
      if (seen.playingAt > 0 && last.at > 0) {
        const kind = state.currentTime === last.position ? 'still' : 'moved';
        seen[kind] += now - last.at;
      }
      if (state.cause !== null) seen.causes.add(state.cause.kind);
      seen.bitrate = state.rendition?.bitrate ?? seen.bitrate;
      seen.engine = state.engine ?? seen.engine;
      last = { at: now, position: state.currentTime };
    }, 100);
    window.observed = () => ({
      startup: seen.playingAt === 0 ? undefined : seen.playingAt - seen.opened,
      moved: seen.moved,
      still: seen.still,
      bitrate: seen.bitrate || undefined,
      engine: seen.engine || undefined,
      causes: [...seen.causes],
    });
  });
}

/** Reads what a page has observed so far. */
export async function observed(page: Page): Promise<Observed> {
  const found = await page.evaluate(() => window.observed?.());
  if (found === undefined) throw new Error('The page observes nothing');
  return found;
}
