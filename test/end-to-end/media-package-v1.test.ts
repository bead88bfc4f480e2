import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { renditionsOf } from '../../lib/channel/ladder';
import { openBrowser, openPlayer, pictureHash, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { bytes, decode, mediaPlaylist, text, variants } from './media';

jest.setTimeout(150_000);

let command: LocalCommand;
let browser: Browser;
/** The manifests of the player's configuration, by format. */
let manifests: ReadonlyMap<string, string>;

beforeAll(async () => {
  const channel = { name: 'main', input: { kind: 'test-clip' }, ladder: 'sd-540p', latency: 'low' } as const;
  const origin = { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf', 'mss'] } as const;
  [command, browser] = await Promise.all([
    LocalCommand.start({ origin: { ...origin, formats: [...origin.formats] }, channels: [channel] }),
    openBrowser(),
  ]);
  const config = JSON.parse(await text(new URL('/config.json', command.playerUrl).href)) as {
    readonly channels: readonly { readonly manifests: readonly { readonly format: string; readonly url: string }[] }[];
  };
  manifests = new Map(
    config.channels.flatMap((one) =>
      one.manifests.map(({ format, url }) => [format, new URL(url, command.playerUrl).href]),
    ),
  );
});

afterAll(async () => {
  await browser.close();
  await command.end();
});

describe('the local run with MediaPackage v1 as the origin', () => {
  test.each(['hls-ts', 'dash', 'hls'])('plays %s through the edge', async (format) => {
    const { page, errors } = await openPlayer(browser, `${command.playerUrl}?format=${format}`);
    await untilPlaying(page, 4, 60_000);
    const before = await pictureHash(page);
    await page.waitForTimeout(500);
    expect(await pictureHash(page)).not.toBe(before);
    expect(errors).toEqual([]);
    await page.close();
  });

  test('lists every rendition, with segments of the declared size that hold picture and sound', async () => {
    const url = manifests.get('hls-ts') ?? '';
    const found = variants(await text(url), url);
    expect(found.map(({ width, height }) => [width, height])).toEqual(
      renditionsOf('sd-540p').map(({ width, height }) => [width, height]),
    );
    const [first] = found;
    const { segments } = mediaPlaylist(await text(first?.url ?? ''), first?.url ?? '');
    const decoded = await decode(await bytes(segments[0]?.url ?? ''));
    expect([decoded.width, decoded.height]).toEqual([first?.width, first?.height]);
  });
});
