import type { Page } from 'playwright-core';

/** Media of every format that the local run serves: segments and parts, but no manifests. */
const MEDIA = /\/out\/.*\.(mp4|m4s|ts)(\?|$)/;

/**
 * Holds the media back until the buffer is empty and the viewer is a while behind live, then lets all of it through.
 *
 * @param behindSeconds - distance to live at which the stall ends.
 */
export async function stall(page: Page, behindSeconds: number): Promise<void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(MEDIA, async (route) => {
    await released;
    // The player may have given up on the request meanwhile.
    await route.continue().catch(() => {});
  });
  await page.waitForFunction((least) => {
    const state = window.livePlayer?.state();
    return state !== undefined && state.bufferSeconds < 0.5 && (state.behindSeconds ?? 0) > least;
  }, behindSeconds);
  release();
  await page.unroute(MEDIA);
}

/**
 * Waits until the viewer is live again, at the normal rate.
 *
 * @param mostSeconds - greatest latency that counts as live.
 * @returns the seconds of media that it took since the last stall, and the latency then.
 */
export async function untilLiveAgain(
  page: Page,
  mostSeconds = Number.MAX_VALUE,
): Promise<{ readonly playedSeconds: number; readonly latencySeconds: number; readonly overTargetSeconds: number }> {
  const counted = await page.evaluateHandle(
    (mostSeconds) => ({ played: 0, last: Number.NaN, mostSeconds }),
    mostSeconds,
  );
  const result = await page.waitForFunction((counted) => {
    const video = document.querySelector('video');
    const state = window.livePlayer?.state();
    if (video === null || state === undefined) return undefined;
    const step = video.currentTime - counted.last;
    // On a slow machine the media may come too late to catch up, or stall again: only time with a buffer counts.
    if (state.status !== 'playing') counted.played = 0;
    else if (step > 0 && step < 1 && state.bufferSeconds >= 1) counted.played += step;
    counted.last = video.currentTime;
    const { behindSeconds, latencySeconds, targetLatencySeconds } = state;
    if (state.status !== 'playing' || video.playbackRate !== 1 || counted.played < 3) return undefined;
    if (behindSeconds === null || behindSeconds > 1 || latencySeconds === null) return undefined;
    if (latencySeconds > counted.mostSeconds) return undefined;
    const overTargetSeconds = latencySeconds - (targetLatencySeconds ?? 0);
    return { playedSeconds: counted.played, latencySeconds, overTargetSeconds };
  }, counted);
  const value = await result.jsonValue();
  if (value === undefined) throw new Error('The page gave no result');
  return value;
}
