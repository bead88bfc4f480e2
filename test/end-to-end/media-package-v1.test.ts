import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser';
import { LocalCommand } from './command';
import { expectMovingVideo, expectRenditions, offeredManifests } from './origin-expectations';

let command: LocalCommand;
let browser: Browser;
/** Manifests in the player's configuration, by format. */
let manifests: ReadonlyMap<string, string>;

beforeAll(async () => {
  const channel = { name: 'main', input: { kind: 'test-clip' }, ladder: 'sd-540p', latency: 'low' } as const;
  const origin = { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf', 'mss'] } as const;
  [command, browser] = await Promise.all([
    LocalCommand.start({ origin: { ...origin, formats: [...origin.formats] }, channels: [channel] }),
    openBrowser(),
  ]);
  manifests = await offeredManifests(command.playerUrl);
});

afterAll(async () => {
  await browser.close();
  await command.end();
});

describe('the local run with MediaPackage v1 as the origin', () => {
  test.each(['hls-ts', 'dash', 'hls'])('plays %s through the edge', async (format) => {
    await expectMovingVideo(browser, `${command.playerUrl}?format=${format}`);
  });

  test('lists every rendition, with segments of the declared size that have video and audio', async () => {
    const url = manifests.get('hls-ts') ?? '';
    await expectRenditions(url, 'sd-540p');
  });
});
