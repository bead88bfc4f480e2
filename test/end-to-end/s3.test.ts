import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { descendants, LocalCommand } from './command';
import { expectMovingPicture, expectRenditions } from './origin-expectations';

let command: LocalCommand;
let browser: Browser;

beforeAll(async () => {
  const channel = { name: 'main', input: { kind: 'test-clip' }, ladder: 'sd-540p', latency: 'low' } as const;
  [command, browser] = await Promise.all([LocalCommand.start({ origin: 's3', channels: [channel] }), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await command.end();
});

describe('the local run with a bucket as the origin', () => {
  test('plays HLS through the edge', async () => {
    await expectMovingPicture(browser, command.playerUrl);
  });

  test('lists every rendition, with segments of the declared size and length that hold picture and sound', async () => {
    const url = new URL('/live/main/index.m3u8', command.playerUrl).href;
    const { playlist, segments } = await expectRenditions(url, 'sd-540p');
    // Only where one encoder process ended and the next went on may a segment be cut short.
    const seams = playlist.match(/#EXT-X-DISCONTINUITY\n/g)?.length ?? 0;
    const others = segments.filter(({ seconds }) => Math.abs(seconds - 2) > 1 / 30);
    expect(others.length).toBeLessThanOrEqual(seams);
    expect(others.filter(({ seconds }) => seconds > 2)).toEqual([]);
  });

  test('says that the stream has stopped when the encoder dies for good, although the playlist is still there', async () => {
    const { page } = await openPlayer(browser, command.playerUrl);
    await untilPlaying(page, 2);
    // As often as it is started again: the encoder that puts HLS, and no other process.
    const killing = setInterval(() => {
      for (const { pid, command: words } of descendants(command.pid)) {
        if (!words.includes('-f hls')) continue;
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It was gone before.
        }
      }
    }, 100);
    try {
      await page.waitForSelector('[data-status="stale"]');
      expect(await page.locator('body').textContent()).toContain('The stream has stopped');
      const stale = await fetch(new URL('/live/main/index.m3u8', command.playerUrl));
      expect(stale.status).toBe(200);
    } finally {
      clearInterval(killing);
    }
    await page.waitForSelector('[data-status="playing"]');
    await page.close();
  });
});
