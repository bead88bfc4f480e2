import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { stall, untilLiveAgain } from './stall';

/** Two minutes of playing, at the faster rate. */
const TWO_MINUTES = 120 * 1.1;

let command: LocalCommand;
let browser: Browser;

beforeAll(async () => {
  [command, browser] = await Promise.all([LocalCommand.start(undefined), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await command.end();
});

describe('the page brings a viewer back within two minutes', () => {
  test.each([1.2, 4])('to the latency target of DASH, after a stall that leaves them %d s behind', async (behind) => {
    const { page } = await openPlayer(browser, `${command.playerUrl}?channel=main&format=dash`);
    await untilPlaying(page, 5);
    await stall(page, behind);
    const { playedSeconds, overTargetSeconds } = await untilLiveAgain(page);
    expect(playedSeconds).toBeLessThanOrEqual(TWO_MINUTES);
    expect(overTargetSeconds).toBeLessThan(1.5);
    await page.close();
  });

  test('to the latency that they had of LL-HLS, however often they stalled', async () => {
    const { page } = await openPlayer(browser, `${command.playerUrl}?channel=main&format=ll-hls`);
    await untilPlaying(page, 5);
    const { latencySeconds } = await untilLiveAgain(page);
    // hls.js plays a second further behind after each stall, up to a segment of two seconds.
    for (const behind of [3, 4]) await stall(page, behind);
    const { playedSeconds } = await untilLiveAgain(page, latencySeconds + 1);
    expect(playedSeconds).toBeLessThanOrEqual(TWO_MINUTES);
    await page.close();
  });
});
