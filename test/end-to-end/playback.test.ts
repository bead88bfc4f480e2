import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { renditionsOf } from '../../lib/channel/ladder';
import { openBrowser, openPlayer, untilFrameChanges, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { bytes, decode, type ListedSegment, type MediaPlaylist, settledPlaylist, text, variants } from './media';
import { expectMovingVideo } from './origin-expectations';
import { PATIENCE } from './patience';

const FRAME = 1 / 30;
const SEGMENT_SECONDS = 2;

let command: LocalCommand;
let browser: Browser;

beforeAll(async () => {
  // The description that `npm start` runs.
  [command, browser] = await Promise.all([LocalCommand.start(undefined), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await command.end();
});

function url(path: string): string {
  return new URL(`/out/v1/live-streaming/main/${path}`, command.playerUrl).href;
}

/** The last complete segment of every variant, with the same number in all of them. */
async function lastSegments(
  playlist: string,
): Promise<
  readonly { readonly name: string; readonly initUrl: string | undefined; readonly segment: ListedSegment }[]
> {
  const all = variants(await text(playlist), playlist);
  const lists = await Promise.all(all.map(({ url: variant }) => settledPlaylist(variant)));
  const length = Math.min(...lists.map(({ segments }) => segments.length));
  return lists.map(({ initUrl, segments }, index) => {
    // Lists may differ by a segment that was completed between two requests; all of them have this one.
    const segment = segments[length - 2];
    if (segment === undefined) throw new Error('There is no segment yet');
    return { name: `${all[index]?.width}x${all[index]?.height}`, initUrl, segment };
  });
}

/** Tells if one encoder process made all segments of a media playlist. */
async function isOfOneSession(playlist: string): Promise<boolean> {
  const lines = (await text(playlist)).split('\n');
  return !lines.includes('#EXT-X-DISCONTINUITY') && lines.includes('#EXT-X-DISCONTINUITY-SEQUENCE:0');
}

/**
 * Waits until the newest five segments of a media playlist are of segmentSeconds, to within a frame. A busy machine
 * leaves out frames now and then, which makes the segment around them shorter or longer by some frames.
 */
async function untilRegular(playlist: string): Promise<MediaPlaylist> {
  for (const end = Date.now() + PATIENCE; ; await new Promise((done) => setTimeout(done, 500))) {
    const found = await settledPlaylist(playlist);
    const newest = found.segments.slice(1).slice(-5);
    const lengths = newest.map(({ seconds }) => seconds);
    const regular = lengths.filter((seconds) => Math.abs(seconds - SEGMENT_SECONDS) <= FRAME);
    if (regular.length === 5) return found;
    if (Date.now() > end) throw new Error(`${playlist}: the newest segments are of ${lengths.join(', ')} s`);
  }
}

describe('the local run of the default description', () => {
  test('shows a moving video to a viewer who opens the page, without an error on the console', async () => {
    const { page, errors } = await openPlayer(browser, command.playerUrl);
    await untilPlaying(page);
    await untilFrameChanges(page);
    await page.waitForSelector('[data-status="playing"]');
    expect(errors).toEqual([]);
    await page.close();
  });

  test.each(['ll-hls', 'hls', 'dash', 'hls-ts'])('plays %s', async (format) => {
    await expectMovingVideo(browser, `${command.playerUrl}?channel=main&format=${format}`);
  });

  test.each(['ll-hls', 'hls', 'dash'])(
    'plays %s faster while the viewer is behind live, by a tenth at most and at the same pitch',
    async (format) => {
      const { page } = await openPlayer(browser, `${command.playerUrl}?channel=main&format=${format}`);
      await untilPlaying(page, 5);
      // Far enough behind for the faster rate, and not far enough to jump. Repeated if the player starts over meanwhile.
      const faster = await page.waitForFunction(
        () => {
          const video = document.querySelector('video');
          if (video === null || video.paused || video.seeking) return undefined;
          const { behindSeconds = 0, window: dvr } = window.livePlayer?.state() ?? {};
          const { playbackRate, preservesPitch, currentTime } = video;
          // Above the slower rate, which it may have from the moment before.
          if (behindSeconds !== null && playbackRate > 1.05) return { playbackRate, preservesPitch };
          if (behindSeconds !== null && behindSeconds < 2 && dvr && currentTime - 4 > dvr.start) video.currentTime -= 4;
          return undefined;
        },
        undefined,
        { timeout: 300_000, polling: 1000 },
      );
      expect(await faster.jsonValue()).toEqual({ playbackRate: 1.1, preservesPitch: true });
      await page.close();
    },
    600_000,
  );

  test.each(['cmaf/index.m3u8', 'cmaf/low-latency.m3u8', 'ts/index.m3u8'])(
    'lists every rendition of the ladder, in its order, in %s',
    async (manifest) => {
      const found = variants(await text(url(manifest)), url(manifest));
      expect(found.map(({ width, height, frameRate }) => ({ width, height, frameRate }))).toEqual(
        renditionsOf('hd-720p').map(({ width, height }) => ({ width, height, frameRate: 30 })),
      );
    },
  );

  test('lists every rendition of the ladder in the DASH manifest', async () => {
    // On a busy machine there may be another encoder session, which has a period of its own.
    const period = (await text(url('cmaf/dash.mpd'))).split('<Period').at(-1) ?? '';
    const sizes = [...period.matchAll(/<Representation[^>]*/g)]
      .map(([tag]) => [/\bwidth="(\d+)"/.exec(tag)?.[1], /\bheight="(\d+)"/.exec(tag)?.[1]])
      .filter(([width]) => width !== undefined);
    expect(sizes).toEqual(renditionsOf('hd-720p').map(({ width, height }) => [String(width), String(height)]));
  });

  test('makes CMAF segments that decode at their declared size and frame rate, with keyframes at the same times in all renditions', async () => {
    const segments = await lastSegments(url('cmaf/index.m3u8'));
    const decoded = await Promise.all(
      segments.map(async ({ initUrl, segment }) =>
        decode(Buffer.concat([await bytes(initUrl ?? ''), await bytes(segment.url)])),
      ),
    );
    expect(decoded.map(({ width, height }) => `${width}x${height}`)).toEqual(segments.map(({ name }) => name));
    expect(new Set(decoded.map(({ frameRate }) => frameRate))).toEqual(new Set(['30/1']));
    expect(new Set(decoded.map(({ keyframes }) => keyframes.join()))).toHaveProperty('size', 1);
    expect(decoded[0]?.keyframes.length).toBe(SEGMENT_SECONDS);
  });

  test('makes MPEG-TS segments that decode at their declared size', async () => {
    const segments = await lastSegments(url('ts/index.m3u8'));
    const decoded = await Promise.all(segments.map(async ({ segment }) => decode(await bytes(segment.url))));
    expect(decoded.map(({ width, height }) => `${width}x${height}`)).toEqual(segments.map(({ name }) => name));
  });

  test.each(['cmaf/index.m3u8', 'cmaf/low-latency.m3u8', 'ts/index.m3u8'])(
    'lists segments of segmentSeconds, to within a frame, in %s',
    async (manifest) => {
      const [first] = variants(await text(url(manifest)), url(manifest));
      const { targetSeconds } = await untilRegular(first?.url ?? '');
      // A replaced encoder may have left a longer segment, and a target duration never shrinks.
      if (await isOfOneSession(first?.url ?? '')) expect(targetSeconds).toBe(SEGMENT_SECONDS);
      expect(targetSeconds).toBeGreaterThanOrEqual(SEGMENT_SECONDS);
    },
  );

  test('lets players on other sites read the media', async () => {
    const answer = await fetch(url('cmaf/index.m3u8'), { headers: { origin: 'https://tv.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test.each([
    '/in/v1/live-streaming/1/main/x',
    '/test-clip.mp4',
    '/site/index.html',
    '/out/v1/live-streaming/main/cmaf/nothing.m3u8',
  ])('refuses the path %s, which viewers do not need', async (path) => {
    const { status } = await fetch(new URL(path, command.playerUrl));
    expect([403, 404]).toContain(status);
  });

  test('serves the player with a content security policy and protection against content sniffing', async () => {
    const { headers } = await fetch(command.playerUrl);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
