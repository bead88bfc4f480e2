import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPlayer } from '../browser';
import { LocalCommand } from '../command';
import { mediaPlaylist, text } from '../media';

let command: LocalCommand;
let browser: Browser;

beforeAll(async () => {
  const channel = { name: 'radio', input: { kind: 'test-clip' }, ladder: 'audio-only', latency: 'low' } as const;
  [command, browser] = await Promise.all([LocalCommand.start({ origin: 's3', channels: [channel] }), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await command.end();
});

describe('the local run of a channel without a picture', () => {
  test('plays the audio in the player', async () => {
    const { page, errors } = await openPlayer(browser, command.playerUrl);
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0);
    const from = await page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
    await page.waitForFunction((start) => (document.querySelector('video')?.currentTime ?? 0) > start + 4, from);
    await page.waitForSelector('[data-status="playing"]');
    expect(await page.evaluate(() => document.querySelector('video')?.videoWidth)).toBe(0);
    await page.getByText('Audio only', { exact: true }).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  test('lists the audio as the only variant, in segments of the declared length', async () => {
    const url = new URL('/live/radio/index.m3u8', command.playerUrl).href;
    const multivariant = await text(url);
    expect(multivariant.match(/#EXT-X-STREAM-INF:.*/g)).toEqual([
      '#EXT-X-STREAM-INF:BANDWIDTH=105601,CODECS="mp4a.40.2"',
    ]);
    const { segments } = mediaPlaylist(await text(new URL('index_audio.m3u8', url).href), url);
    expect(segments.length).toBeGreaterThan(0);
    for (const { seconds } of segments) expect(seconds).toBeLessThan(2.1);
  });
});
