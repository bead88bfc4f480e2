import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from '../browser';
import { offeredManifests } from '../origin-expectations';
import { PATIENCE } from '../patience';
import { type Listed, probedSeconds, RecordedRun } from '../recorded-run';

jest.setTimeout(2 * PATIENCE);

const SEGMENT_SECONDS = 2;

let run: RecordedRun;
let browser: Browser;
/** Time of the first media of the show, in milliseconds since 1970. */
let began: number;

beforeAll(async () => {
  const ladder = [{ width: 320, height: 180, bitrate: 200_000 }];
  const options = { latency: 'low', rewind: 10, recording: true } as const;
  [run, browser] = await Promise.all([
    RecordedRun.start({
      origin: { kind: 'media-package-v1' },
      channels: [{ name: 'main', input: { kind: 'test-clip' }, ladder, ...options }],
    }),
    openBrowser(),
  ]);
  began = await run.catalogue('the show that goes on', ({ running: [show] }) => show && Date.parse(show.start));
});

afterAll(async () => {
  await browser.close();
  await run.command.end();
});

/** Waits until a manifest plays. */
async function untilManifest(page: Page, part: string): Promise<void> {
  await page.waitForFunction((part) => window.livePlayer?.state().manifestUrl?.includes(part), part);
  await untilPlaying(page);
}

describe('a show on MediaPackage v1', () => {
  test.each([
    ['dash', '/index.mpd'],
    ['hls', '/dvr/dvr.m3u8'],
  ])('is seen from a moment of its past: %s', async (format, manifest) => {
    const live = (await offeredManifests(run.command.playerUrl)).get(format) ?? '';
    const moment = new Date(Math.ceil(began / 1000) * 1000 + 2000).toISOString();
    const { page } = await openPlayer(browser, run.at(`/?channel=main&format=${format}&t=${moment}`));
    await untilManifest(page, manifest);
    const state = await page.evaluate(() => window.livePlayer?.state());
    expect(state).toMatchObject({ format, past: 'rewound' });
    expect(state?.manifestUrl).not.toBe(live);
    await page.close();
  });

  test('is seen from its beginning', async () => {
    const { page } = await openPlayer(browser, run.at('/?channel=main&format=hls-ts'));
    await untilPlaying(page);
    await page.locator('#beginning').click();
    await untilManifest(page, `?start=${Math.floor(began / 1000)}`);
    await page.close();
  });

  test('gives a clip while it goes on', async () => {
    expect(run.live('clip', 'main', '--from', '-10s', '--title', 'The goal')).toMatch(/^Clip main\/.*The goal$/m);
    await run.catalogue('the clip', ({ recordings }) => recordings.find(({ kind }) => kind === 'clip'));
  });

  test('becomes a recording that plays in full length', async () => {
    run.live('stop', 'main');
    const show = await run.catalogue<Listed>('the show', ({ recordings }) =>
      recordings.find(({ kind }) => kind === 'show'),
    );
    const hls = show.parts[0]?.manifests.hls ?? '';
    expect(Math.abs(probedSeconds(run.at(hls)) - show.seconds)).toBeLessThanOrEqual(SEGMENT_SECONDS);
    expect(Math.abs(Date.parse(show.start) - began)).toBeLessThanOrEqual(1000 * SEGMENT_SECONDS);
    const { page } = await openPlayer(browser, run.at(`/?recording=main/${show.id}`));
    await untilManifest(page, hls);
    expect(await page.evaluate(() => window.livePlayer?.state())).toMatchObject({ past: 'recorded' });
  });
});
