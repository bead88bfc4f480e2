import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { EncoderSwitch } from './encoder-switch';
import { expectMovingVideo, expectRenditions } from './origin-expectations';

let command: LocalCommand;
let browser: Browser;
let encoder: EncoderSwitch;
const folder = mkdtempSync(join(tmpdir(), 's3-'));

beforeAll(async () => {
  const channel = { name: 'main', input: { kind: 'test-clip' }, ladder: 'sd-540p', latency: 'low' } as const;
  encoder = new EncoderSwitch(folder, '-f hls');
  const started = LocalCommand.start({ origin: 's3', channels: [channel] }, [], { FFMPEG_PATH: encoder.path });
  [command, browser] = await Promise.all([started, openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await command.end();
  rmSync(folder, { recursive: true });
});

describe('the local run with a bucket as the origin', () => {
  test('plays HLS through the edge', async () => {
    await expectMovingVideo(browser, command.playerUrl);
  });

  test('lists every rendition, with segments of the declared size and length that have video and audio', async () => {
    const url = new URL('/live/main/index.m3u8', command.playerUrl).href;
    const { playlist, segments } = await expectRenditions(url, 'sd-540p');
    // Only the last segment of an encoder process may be shorter.
    const seams = playlist.match(/#EXT-X-DISCONTINUITY\n/g)?.length ?? 0;
    const others = segments.filter(({ seconds }) => Math.abs(seconds - 2) > 1 / 30);
    expect(others.length).toBeLessThanOrEqual(seams);
    expect(others.filter(({ seconds }) => seconds > 2)).toEqual([]);
  });

  test('reports that the stream has stopped when the encoder dies for good, although the playlist remains', async () => {
    const { page } = await openPlayer(browser, command.playerUrl);
    await untilPlaying(page, 2);
    encoder.off(command.pid);
    await page.waitForSelector('[data-status="stale"]:has-text("The stream has stopped")');
    const stale = await fetch(new URL('/live/main/index.m3u8', command.playerUrl));
    expect(stale.status).toBe(200);
    encoder.on();
    await page.waitForSelector('[data-status="playing"]');
    await page.close();
  });
});
