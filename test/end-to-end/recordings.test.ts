import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying, type Viewer } from './browser';
import { secondsBetween, variants } from './media';
import { PATIENCE } from './patience';
import { type Listed, listedSeconds, mpdSeconds, probedSeconds, RecordedRun } from './recorded-run';

jest.setTimeout(2 * PATIENCE);

const SMALL = [{ width: 320, height: 180, bitrate: 200_000 }];
const SEGMENT_SECONDS = 2;
/** Length of the show before somebody goes back in it, in milliseconds. */
const SHOWN = 30_000;
const CMAF = '/out/v1/live-streaming/main/cmaf';

let run: RecordedRun;
let browser: Browser;
/** Time of the first media of the show, in milliseconds since 1970. */
let began: number;
const opened: Viewer[] = [];

beforeAll(async () => {
  [run, browser] = await Promise.all([
    RecordedRun.start({
      channels: [
        {
          name: 'main',
          input: { kind: 'test-clip' },
          ladder: SMALL,
          latency: 'low',
          rewind: 10,
          recording: { pictures: true },
        },
        {
          name: 'empty',
          input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/secret'] },
          ladder: SMALL,
          recording: true,
        },
      ],
    }),
    openBrowser(),
  ]);
  began = await run.catalogue('the show that goes on', ({ running }) => {
    const show = running.find(({ channel }) => channel === 'main');
    return show && Date.parse(show.start);
  });
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ page }) => page.close()));
});

afterAll(async () => {
  await browser.close();
  await run.command.end();
});

/** Opens the player, with a query string. */
async function open(query = '?channel=main&format=hls'): Promise<Page> {
  const viewer = await openPlayer(browser, run.at(`/${query}`));
  opened.push(viewer);
  return viewer.page;
}

const state = (page: Page) => page.evaluate(() => window.livePlayer?.state());

/** Waits until a manifest plays. */
async function untilManifest(page: Page, part: string): Promise<void> {
  await page.waitForFunction((part) => window.livePlayer?.state().manifestUrl?.includes(part), part);
  await untilPlaying(page);
}

/** Returns the date of the frame on the screen, by the bar of the page, in milliseconds since 1970. */
const bar = (page: Page): Promise<number> =>
  page.locator('#timeline').evaluate((input: HTMLInputElement) => input.valueAsNumber);

/** Waits until the show has lasted for some time. */
const untilShown = (page: Page) => page.waitForTimeout(Math.max(0, began + SHOWN - Date.now()));

/** Plays a recording from the shelf of an open page, and returns its length in the player, in seconds. */
async function playFromShelf(page: Page, { id, title }: Listed): Promise<number> {
  await page.locator('.card', { hasText: title }).click();
  await untilManifest(page, `/vod/main/${id}/`);
  return page.evaluate(() => document.querySelector('video')?.duration ?? 0);
}

/** Returns the length of a show in a format, in seconds: HLS counts its media, DASH goes by the clock. */
const lengthIn = (format: string, { start, end, seconds }: Listed): number =>
  format === 'hls' ? seconds : (Date.parse(end) - Date.parse(start)) / 1000;

/** Expects a length to be right to within a segment. */
function expectLength(seconds: number, expected: number): void {
  expect(Math.abs(seconds - expected)).toBeLessThanOrEqual(SEGMENT_SECONDS);
}

describe('a show that goes on', () => {
  test('is rewound by the bar of the page, and live is a press away', async () => {
    const page = await open();
    await untilPlaying(page);
    await untilShown(page);
    const { latencySeconds: before } = (await state(page)) ?? {};
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#timeline')?.disabled === false);
    await page.locator('#timeline').focus();
    const from = await bar(page);
    // A minute, or as far as the show goes back.
    await page.keyboard.press('PageDown');
    await untilManifest(page, '/dvr.m3u8');
    expect(await page.textContent('#behind')).toMatch(/^−\d:\d\d$/);
    expect(await bar(page)).toBeLessThan(from);
    // A busy machine shows the new place a moment later.
    await page.waitForFunction(() => window.livePlayer?.state().atLiveEdge === false);
    expect(await state(page)).toMatchObject({ past: 'rewound' });

    await page.locator('#live').click();
    await untilManifest(page, '/index.m3u8');
    await page.waitForSelector('#live[data-lit]');
    await page.waitForFunction(
      (limit) => (window.livePlayer?.state().latencySeconds ?? Number.POSITIVE_INFINITY) <= limit,
      (before ?? 0) + 2 * SEGMENT_SECONDS,
    );
    expect(await state(page)).toMatchObject({ past: null, atLiveEdge: true });
  });

  test.each(['hls', 'dash'])('is seen from the moment that a link names, in %s', async (format) => {
    const date = Math.ceil(began / 1000) * 1000 + 4000;
    const since = Date.now();
    const page = await open(`?channel=main&format=${format}&t=${new Date(date).toISOString()}`);
    await untilManifest(page, '/dvr');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#timeline')?.disabled === false);
    const at = await bar(page);
    expect(at).toBeGreaterThan(date - 1000 * SEGMENT_SECONDS);
    expect(at).toBeLessThan(date + 1000 * SEGMENT_SECONDS + Date.now() - since);
    expect(await state(page)).toMatchObject({ format, past: 'rewound' });
  });

  test('gives a clip that is played from the shelf', async () => {
    const page = await open();
    await untilPlaying(page);
    await untilShown(page);
    const said = run.live('clip', 'main', '--from', '-20s', '--title', 'The goal');
    expect(said).toMatch(/^Clip main\/.*The goal$/m);
    // An address that a browser on this machine opens.
    expect(said).toContain(run.at('/?recording=main/'));
    const clip = await run.catalogue('the clip', ({ recordings }) => recordings.find(({ kind }) => kind === 'clip'));
    expect(await playFromShelf(page, clip)).toBeGreaterThan(SEGMENT_SECONDS);
    expect(await state(page)).toMatchObject({ past: 'recorded' });
    const since = await run.catalogue('the show', ({ running }) => running[0]?.start);
    expect(Date.parse(since)).toBe(began);
  });

  test('lists in its long manifests the same media, for a past that is over', async () => {
    const [first] = variants(await run.text(`${CMAF}/dvr.m3u8`), run.at(`${CMAF}/dvr.m3u8`));
    const dvr = await run.text(first?.url ?? '');
    const [, start = ''] = /#EXT-X-PROGRAM-DATE-TIME:(\S+)/.exec(dvr) ?? [];
    expect(Math.abs(Date.parse(start) - began)).toBeLessThanOrEqual(1000 * SEGMENT_SECONDS);
    expect(await run.text(`${CMAF}/dvr-dash.mpd`)).toContain('timeShiftBufferDepth="PT600S"');

    const from = Math.ceil(began / 1000) + 2;
    const query = `?aws.manifestsettings=start%3A${from}%3Bend%3A${from + 20}`;
    // Whole segments: one may reach out at either end.
    const margin = 2 * SEGMENT_SECONDS;
    // A busy machine may have lost media. HLS counts what is there, and DASH goes by the clock, from the first to the last.
    const media = secondsBetween(dvr, 1000 * from, 1000 * (from + 20));
    const hls = probedSeconds(run.at(`${CMAF}/index.m3u8${query}`));
    expect(Math.abs(hls - media)).toBeLessThanOrEqual(margin);
    const dash = mpdSeconds(await run.text(`${CMAF}/dash.mpd${query}`));
    expect(dash).toBeGreaterThanOrEqual(media - margin);
    expect(dash).toBeLessThanOrEqual(20 + margin);
  });
});

describe('a show that is over', () => {
  let page: Page;
  let show: Listed;

  test('is on the shelf of an open page, with a poster', async () => {
    page = (await openPlayer(browser, run.at('/?channel=main'))).page;
    await untilPlaying(page);
    run.live('stop', 'main');
    show = await run.catalogue('the show with its poster', ({ recordings }) =>
      recordings.find(({ kind, poster }) => kind === 'show' && poster !== undefined),
    );
    await page.locator(`.card img[src$="${show.poster}"]`).waitFor();
    expect(run.live('recordings', 'main')).toContain(`main/${show.id}`);
  });

  test('lasts as long as it was on air, to within a segment', async () => {
    const [part] = show.parts;
    const { hls = '', dash = '' } = part?.manifests ?? {};
    const [best] = variants(await run.text(hls), run.at(hls));
    const [live] = variants(await run.text(`${CMAF}/dvr.m3u8`), run.at(`${CMAF}/dvr.m3u8`));
    const playlist = await run.text(best?.url ?? '');
    const lengths = [
      listedSeconds(await run.text(live?.url ?? '')),
      listedSeconds(playlist),
      probedSeconds(run.at(hls)),
    ];
    for (const seconds of lengths) expectLength(seconds, lengthIn('hls', show));
    expectLength(mpdSeconds(await run.text(dash)), lengthIn('dash', show));
  });

  test.each(['hls', 'dash'])('plays in full length: %s', async (format) => {
    const viewer = await open(`?recording=main/${show.id}&format=${format}`);
    await untilManifest(viewer, `/vod/main/${show.id}/`);
    expect(await state(viewer)).toMatchObject({ format, past: 'recorded' });
    const seconds = await viewer.evaluate(() => document.querySelector('video')?.duration ?? 0);
    expectLength(seconds, lengthIn(format, show));
  });

  test('leaves the shelf of an open page when it is removed', async () => {
    expect(await playFromShelf(page, show)).toBeGreaterThan(0);
    expect(run.live('recordings', 'remove', `main/${show.id}`)).toContain(`Recording main/${show.id} is removed`);
    await page.locator('.card', { hasText: show.title }).waitFor({ state: 'detached' });
    await page.close();
    expect((await fetch(run.at(`/vod/main/${show.id}/1/index.m3u8`))).status).not.toBe(200);
  });
});

describe('a run without media', () => {
  test('gives no recording', async () => {
    const log = run.command.log.length;
    run.live('stop', 'empty');
    while (!/empty (had no media|is \w+ without media): nothing is recorded/.test(run.command.log.slice(log))) {
      await new Promise((done) => setTimeout(done, 500));
    }
    expect(run.live('recordings', 'empty')).toBe('There are no recordings yet.\n');
  });
});
