import { setTimeout as pause } from 'node:timers/promises';
import { VASTClient } from '@dailymotion/vast-client';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AdsRun, type AdViewer } from './ads-run';
import { isBack, watch } from './ads-screen';
import { type AnswerRow, until } from './audience-run';
import { openBrowser } from './browser';
import { PATIENCE } from './patience';

jest.setTimeout(2 * PATIENCE);

/** Length of a segment of the channel, in milliseconds. */
const SEGMENT = 2000;
/** Milliseconds that a busy machine may take for a picture. */
const SLACK = 3000;

/** Seconds that the formats are behind live in the local run. */
const LATENCY = { 'll-hls': 2, dash: 6.5 } as const;

/** Milliseconds by which the dates of the media may be ahead of the clock. */
const DATES_AHEAD = 5000;

/** Length of a break, in seconds: two ads. */
const LENGTH = 8;

let run: AdsRun;

beforeAll(async () => {
  run = await AdsRun.start(openBrowser());
  await run.live('ads', 'add', run.film('red', 4), '--name', 'Red');
  await run.live('ads', 'add', run.film('blue', 4), '--name', 'Blue');
});

afterAll(() => run.end());

/** Watches a break, and returns when the first ad came to the screen after the marker, beyond the latency. */
async function watchBreak(viewer: AdViewer, format: keyof typeof LATENCY) {
  const [before] = (await watch(viewer, (seen) => (seen.at(-1)?.behindSeconds ?? null) !== null)).slice(-1);
  const { start, eventId } = await run.live('ad-break', 'main', '--seconds', String(LENGTH));
  const seen = await watch(viewer, isBack);
  const first = seen.find(({ colour }) => colour !== 'show');
  const late = (first?.at ?? 0) - Date.parse(String(start)) - LATENCY[format] * 1000;
  return { seen, late, eventId, before };
}

describe.each(['ll-hls', 'dash'] as const)('a break in %s', (format) => {
  test('shows its ads on time, and the show is back with its latency', async () => {
    // The break before is still on its way to a viewer of DASH, who is later than one of LL-HLS.
    if (format === 'dash') await pause(1000 * (LENGTH + LATENCY.dash) + DATES_AHEAD);
    const viewer = await run.open(`?format=${format}`);
    const heard = format === 'dash' ? unmuteAd(viewer) : undefined;
    const { seen, late, eventId, before } = await watchBreak(viewer, format);
    // dash.js goes by the clock, and the dates of a channel that started on a busy machine are ahead of it.
    expect(Math.abs(late)).toBeLessThan(SEGMENT + SLACK + (format === 'dash' ? DATES_AHEAD : 0));
    const words = [...new Set(seen.map(({ words: said }) => said.split(' · ')[0]))];
    expect(words).toEqual(expect.arrayContaining(['Ad 1 of 2', 'Ad 2 of 2']));
    const colours = new Set(seen.map(({ colour }) => colour));
    expect([...colours].sort()).toEqual(['blue', 'red', 'show']);
    expect(seen.at(-1)?.rebuilds).toBe(before?.rebuilds);
    await watch(viewer, (all) => (all.at(-1)?.behindSeconds ?? 99) < (before?.behindSeconds ?? 0) + 2);
    // A report waits for a few seconds for the next line.
    await until(
      'the end of both ads is reported',
      async () => viewer.told.filter(({ event }) => event === 'complete').length === 2,
    );
    const told = viewer.told.filter((one) => one.break === String(eventId));
    for (const event of ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete']) {
      expect(told.filter((one) => one.event === event)).toHaveLength(2);
    }
    expect(viewer.asked.filter((path) => path.startsWith('/ads/beacon'))).toEqual([]);
    expect(viewer.errors).toEqual([]);
    if (heard !== undefined) {
      expect(await heard).toEqual([true, false]);
      expect(await muted(viewer)).toEqual([false]);
    }
    await viewer.page.close();
  });
});

/** Unmutes while an ad lies over the show, and returns what is muted then: the show and the ad. */
async function unmuteAd(viewer: AdViewer): Promise<readonly boolean[]> {
  await viewer.page.locator('.ad-cover').waitFor({ timeout: PATIENCE });
  await viewer.page.keyboard.press('m');
  await viewer.page.waitForFunction(() => document.querySelector<HTMLVideoElement>('.ad-cover')?.muted === false);
  return muted(viewer);
}

/** Tells for each video of the page whether it is muted. */
function muted({ page }: AdViewer): Promise<readonly boolean[]> {
  return page.evaluate(() => [...document.querySelectorAll('video')].map((video) => video.muted));
}

describe('a break', () => {
  test('without ads, and one whose ad is broken, leave the show on the screen', async () => {
    const empty = await run.open();
    await empty.page.route('**/ads/break*', (route) => route.fulfill({ json: { ASSETS: [] } }));
    const broken = await run.open();
    await broken.page.route('**/ads/clips/**', (route) => route.fulfill({ status: 404 }));
    await run.live('ad-break', 'main', '--seconds', '8');
    const over = Date.now() + 15_000;
    for (const viewer of [empty, broken]) {
      const seen = await watch(viewer, (all) => Date.now() > over && all.at(-1)?.status === 'playing');
      expect(new Set(seen.map(({ colour }) => colour))).toEqual(new Set(['show']));
      expect(viewer.asked.some((path) => path.startsWith('/ads/break'))).toBe(true);
    }
    await until('the error is reported', async () => broken.told.some(({ event }) => event === 'error'));
    await Promise.all([empty.page.close(), broken.page.close()]);
  });

  test('inside of a break, and one that had begun before the viewer came, have no ads of their own', async () => {
    const viewer = await run.open();
    const outer = await run.live('ad-break', 'main', '--seconds', '20');
    const inner = await run.live('ad-break', 'main', '--seconds', '4');
    const seen = await watch(viewer, isBack);
    // The ads are over, and the break is not.
    const late = await run.open();
    const lists = (of: AdViewer) => of.asked.filter((path) => path.startsWith('/ads/break')).join();
    expect(seen.some(({ colour }) => colour !== 'show')).toBe(true);
    expect(lists(viewer)).toContain(`id=${outer['eventId']}&`);
    expect(lists(viewer)).not.toContain(`id=${inner['eventId']}&`);
    expect(lists(late)).not.toContain(`id=${outer['eventId']}&`);
    await Promise.all([viewer.page.close(), late.page.close()]);
  });

  test('can be skipped where the description allows it', async () => {
    const viewer = await run.open();
    const { eventId } = await run.live('ad-break', 'main', '--seconds', '8');
    await viewer.page.locator('.ad-skip').click();
    await watch(viewer, (seen) => seen.at(-1)?.colour === 'show' && seen.at(-1)?.words === '');
    await until('the skip is reported', async () =>
      viewer.told.some((one) => one.event === 'skip' && one.break === String(eventId)),
    );
    await viewer.page.close();
  });
});

describe('a player of others', () => {
  test('shows the ads that it finds in the playlist, and the show after them', async () => {
    const viewer = await run.openOther();
    const { eventId } = await run.live('ad-break', 'main', '--seconds', String(LENGTH));
    const seen = await watch(viewer, (all) => {
      const colours = new Set(all.map(({ colour }) => colour));
      return colours.has('red') && colours.has('blue') && all.at(-1)?.colour === 'show';
    });
    expect(seen.at(-1)?.colour).toBe('show');
    expect(viewer.asked.filter((path) => path.startsWith('/ads/break')).join()).toContain(`id=${eventId}&`);
    const media = viewer.asked.filter((path) => path.startsWith('/ads/clips'));
    expect(media.length).toBeGreaterThan(0);
    await viewer.page.close();
  });
});

describe('what became of the ads', () => {
  const ask = async () => (await run.live('query', 'ads', '--channel', 'main')) as unknown as readonly AnswerRow[];

  test('is counted by the query, as the viewers before reported it', async () => {
    const sum = (rows: readonly AnswerRow[], column: string) =>
      rows.reduce((total, row) => total + Number(row[column]), 0);
    await until('the skip is in the table', async () => sum(await ask(), 'skips') >= 1);
    const rows = await ask();
    // A page that is closed may lose its last report.
    for (const [column, event] of [
      ['starts', 'start'],
      ['completes', 'complete'],
      ['skips', 'skip'],
    ] as const) {
      const told = run.told.filter((one) => one.event === event).length;
      expect(sum(rows, column)).toBeLessThanOrEqual(told);
    }
    expect(sum(rows, 'starts')).toBeGreaterThan(0);
    for (const { ad, viewers } of rows) {
      expect(ad).toMatch(/^(blue|red)-\w+$/);
      expect(Number(viewers)).toBeGreaterThan(0);
    }
  });

  test('is counted by requests of their own where the audience is not measured', async () => {
    const viewer = await run.openUnmeasured();
    await run.live('ad-break', 'main', '--seconds', '8');
    await watch(viewer, isBack);
    await until('the end is reported', async () => viewer.told.some(({ event }) => event === 'complete'));
    expect(viewer.asked.some((path) => path.startsWith('/ads/beacon') && path.endsWith('event=start'))).toBe(true);
    await viewer.page.close();
  });
});

describe('the decision', () => {
  const ask = (query: string) =>
    fetch(new URL(`/ads/break?channel=main&id=7&seconds=4&${query}`, run.command.playerUrl));

  test('differs between groups of viewers', async () => {
    const answers = new Set<string>();
    for (const slot of Array(16).keys()) {
      // One after the other: a busy machine may be too late with sixteen functions at once.
      await until(`group ${slot} has an answer`, async () => {
        const answer = await ask(`slot=${slot}`);
        if (answer.ok) answers.add(await answer.text());
        return answer.ok;
      });
    }
    expect(answers.size).toBe(2);
  });

  test('is VAST that an independent parser takes', async () => {
    const url = new URL('/ads/break?channel=main&id=7&seconds=8&format=vast', run.command.playerUrl);
    const { ads } = await new VASTClient().get(url.href);
    expect(ads.map(({ title }: { readonly title: string }) => title).sort()).toEqual(['Blue', 'Red']);
    for (const { creatives, impressionURLTemplates } of ads) {
      expect(impressionURLTemplates[0]?.url).toContain(`${url.origin}/ads/beacon?`);
      expect(creatives[0]).toMatchObject({ type: 'linear', duration: 4 });
      expect(JSON.stringify(creatives[0])).toContain(`${url.origin}/ads/clips/`);
    }
  });
});
