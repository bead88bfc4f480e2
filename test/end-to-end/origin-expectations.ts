import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type Ladder, renditionsOf } from '../../lib/channel/ladder';
import { openPlayer, untilFrameChanges, untilPlaying } from './browser';
import { bytes, decode, type ListedSegment, mediaPlaylist, text, trackKinds, variants } from './media';

/** Manifests in the player's configuration, by format. */
export async function offeredManifests(playerUrl: string): Promise<ReadonlyMap<string, string>> {
  const config = JSON.parse(await text(new URL('/config.json', playerUrl).href)) as {
    readonly channels: readonly { readonly manifests: readonly { readonly format: string; readonly url: string }[] }[];
  };
  return new Map(
    config.channels.flatMap((one) => one.manifests.map(({ format, url }) => [format, new URL(url, playerUrl).href])),
  );
}

/** Opens the player and expects a moving video, without an error on the console. */
export async function expectMovingVideo(browser: Browser, playerUrl: string): Promise<void> {
  const { page, errors } = await openPlayer(browser, playerUrl);
  await untilPlaying(page, 4);
  await untilFrameChanges(page);
  expect(errors).toEqual([]);
  await page.close();
}

/**
 * Expects a multivariant playlist of MPEG-TS to list the renditions of a ladder, with segments of the declared size
 * that have video and audio.
 *
 * @returns the media playlist of the first rendition, and its segments.
 */
export async function expectRenditions(
  url: string,
  ladder: Ladder,
): Promise<{ playlist: string; segments: readonly ListedSegment[] }> {
  const found = variants(await text(url), url);
  expect(found.map(({ width, height }) => [width, height])).toEqual(
    renditionsOf(ladder).map(({ width, height }) => [width, height]),
  );
  const [first] = found;
  const playlist = await text(first?.url ?? '');
  const { segments } = mediaPlaylist(playlist, first?.url ?? '');
  const segment = await bytes(segments[0]?.url ?? '');
  const decoded = decode(segment);
  expect([decoded.width, decoded.height]).toEqual([first?.width, first?.height]);
  expect(trackKinds(segment)).toEqual(['audio', 'video']);
  return { playlist, segments };
}
