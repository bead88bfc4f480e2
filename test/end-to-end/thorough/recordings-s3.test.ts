import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from '../browser';
import { variants } from '../media';
import { PATIENCE } from '../patience';
import { type Listed, listedSeconds, probedSeconds, RecordedRun } from '../recorded-run';

jest.setTimeout(2 * PATIENCE);

const SEGMENT_SECONDS = 2;
/** Length of the show at least, in milliseconds. */
const SHOWN = 20_000;

let run: RecordedRun;
let browser: Browser;
let show: Listed;
let clip: Listed;

beforeAll(async () => {
  const ladder = [{ width: 320, height: 180, bitrate: 200_000 }];
  [run, browser] = await Promise.all([
    RecordedRun.start({
      origin: 's3',
      channels: [{ name: 'main', input: { kind: 'test-clip' }, ladder, latency: 'low', recording: { pictures: true } }],
    }),
    openBrowser(),
  ]);
});

afterAll(async () => {
  await browser.close();
  await run.command.end();
});

describe('a show that is stored in a bucket', () => {
  test('gives a clip while it goes on', async () => {
    const began = await run.catalogue('the show that goes on', ({ running: [one] }) => one && Date.parse(one.start));
    await new Promise((done) => setTimeout(done, Math.max(0, began + SHOWN - Date.now())));
    run.live('clip', 'main', '--from', '-8s', '--title', 'The goal', '--mp4');
    clip = await run.catalogue('the clip', ({ recordings }) => recordings.find(({ kind }) => kind === 'clip'));
  });

  test('becomes a recording in full length, of segments that were copied while it went on', async () => {
    run.live('stop', 'main');
    show = await run.catalogue('the show', ({ recordings }) => recordings.find(({ kind }) => kind === 'show'));
    const hls = show.parts[0]?.manifests.hls ?? '';
    const [best] = variants(await run.text(hls), run.at(hls));
    const playlist = await run.text(best?.url ?? '');
    expect(playlist).toContain('../../media/');
    expect(listedSeconds(playlist) * 1000).toBeGreaterThanOrEqual(SHOWN - 1000 * SEGMENT_SECONDS);
    expect(Math.abs(probedSeconds(run.at(hls)) - show.seconds)).toBeLessThanOrEqual(SEGMENT_SECONDS);
  });

  test('plays in the page', async () => {
    const { page } = await openPlayer(browser, run.at(`/?recording=main/${show.id}`));
    await untilPlaying(page);
    expect(await page.evaluate(() => window.livePlayer?.state())).toMatchObject({ past: 'recorded' });
    await page.close();
  });

  test('has a poster and a storyboard, and the clip an MP4 of its length', async () => {
    const pictured = await run.catalogue('the pictures', ({ recordings }) =>
      recordings.find(({ kind, poster }) => kind === 'show' && poster !== undefined),
    );
    const { storyboard = '', poster = '' } = pictured;
    expect(await run.text(storyboard)).toMatch(/^WEBVTT/);
    const picture = await fetch(run.at(poster));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const { mp4 = '' } = await run.catalogue('the MP4', ({ recordings }) =>
      recordings.find(({ kind, mp4 }) => kind === 'clip' && mp4 !== undefined),
    );
    expect(Math.abs(probedSeconds(run.at(mp4)) - clip.seconds)).toBeLessThanOrEqual(SEGMENT_SECONDS);
  });

  test('is removed with its segments, and its clip still plays', async () => {
    const hls = show.parts[0]?.manifests.hls ?? '';
    const [best] = variants(await run.text(hls), run.at(hls));
    const [, first = ''] = /^(\.\.\/\.\.\/media\/.*)$/m.exec(await run.text(best?.url ?? '')) ?? [];
    run.live('recordings', 'remove', `main/${show.id}`);
    const segment = new URL(first, best?.url).href;
    expect((await fetch(`${segment}?${Date.now()}`)).status).not.toBe(200);
    expect(probedSeconds(run.at(clip.parts[0]?.manifests.hls ?? ''))).toBeGreaterThanOrEqual(SEGMENT_SECONDS);
  });
});
