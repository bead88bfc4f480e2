import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AdsRun } from './ads-run';
import { isBack, watch } from './ads-screen';
import { until } from './audience-run';
import { openBrowser } from './browser';
import { PATIENCE } from './patience';

jest.setTimeout(2 * PATIENCE);

/** Length of a segment of the channel, and the latency of LL-HLS in the local run, in milliseconds. */
const [SEGMENT, LATENCY] = [2000, 2000];
/** Milliseconds that a busy machine may take for a picture. */
const SLACK = 3000;

let run: AdsRun;

beforeAll(async () => {
  run = await AdsRun.start(openBrowser(), { service: 'mediatailor' });
  await run.live('ads', 'add', run.film('red', 4), '--name', 'Red');
  await run.live('ads', 'add', run.film('blue', 4), '--name', 'Blue');
});

afterAll(() => run.end());

describe('a break that MediaTailor fills', () => {
  test('shows its ads on time in a guided session, reports them, and the show is back', async () => {
    const viewer = await run.open('?format=ll-hls');
    expect(viewer.asked.some((path) => /^\/v1\/master\/.*aws\.insertionMode=GUIDED/.test(path))).toBe(true);
    const [before] = (await watch(viewer, (seen) => (seen.at(-1)?.behindSeconds ?? null) !== null)).slice(-1);
    const { start, eventId } = await run.live('ad-break', 'main', '--seconds', '8');
    const seen = await watch(viewer, isBack);
    const first = seen.find(({ colour }) => colour !== 'show');
    expect(Math.abs((first?.at ?? 0) - Date.parse(String(start)) - LATENCY)).toBeLessThan(SEGMENT + SLACK);
    const words = [...new Set(seen.map(({ words: said }) => said.split(' · ')[0]))];
    expect(words).toEqual(expect.arrayContaining(['Ad 1 of 2', 'Ad 2 of 2']));
    expect([...new Set(seen.map(({ colour }) => colour))].sort()).toEqual(['blue', 'red', 'show']);
    expect(seen.at(-1)?.rebuilds).toBe(before?.rebuilds);
    await watch(viewer, (all) => (all.at(-1)?.behindSeconds ?? 99) < (before?.behindSeconds ?? 0) + 2);
    const beacons = viewer.asked.filter((path) => path.startsWith('/ads/beacon') && path.includes(`break=${eventId}`));
    for (const event of ['impression', 'start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete']) {
      expect(beacons.filter((path) => path.endsWith(`event=${event}`))).toHaveLength(2);
    }
    // Two to the ad server, and two in the report of the audience.
    await until(
      'all ends are reported',
      async () => viewer.told.filter(({ event }) => event === 'complete').length > 3,
    );
    expect(viewer.asked.some((path) => path.startsWith('/tm/'))).toBe(true);
    expect(viewer.asked.some((path) => path.startsWith('/ads/break'))).toBe(false);
    expect(viewer.errors).toEqual([]);
    await viewer.page.close();
  });

  test('can be skipped where the description allows it', async () => {
    const viewer = await run.open('?format=ll-hls');
    const { eventId } = await run.live('ad-break', 'main', '--seconds', '8');
    await viewer.page.locator('.ad-skip').click();
    await watch(viewer, (seen) => seen.at(-1)?.colour === 'show' && seen.at(-1)?.words === '');
    expect(viewer.asked.some((path) => path.includes(`break=${eventId}`) && path.endsWith('event=skip'))).toBe(true);
    await viewer.page.close();
  });
});

describe('a break that MediaTailor stitches into DASH', () => {
  test('shows its ads, which MediaTailor reports, and the show is back as far behind live', async () => {
    const viewer = await run.open('?format=dash');
    expect(viewer.asked.some((path) => /^\/v1\/dash\/.*aws\.sessionId=/.test(path))).toBe(true);
    const [before] = (await watch(viewer, (seen) => (seen.at(-1)?.behindSeconds ?? null) !== null)).slice(-1);
    await run.live('ad-break', 'main', '--seconds', '8');
    const seen = await watch(viewer, isBack);
    expect([...new Set(seen.map(({ colour }) => colour))].sort()).toEqual(['blue', 'red', 'show']);
    const words = [...new Set(seen.map(({ words: said }) => said.split(' · ')[0]))];
    expect(words).toEqual(expect.arrayContaining(['Ad 1 of 2', 'Ad 2 of 2']));
    expect(seen.at(-1)?.rebuilds).toBe(before?.rebuilds);
    await watch(viewer, (all) => (all.at(-1)?.behindSeconds ?? 99) < (before?.behindSeconds ?? 0) + 2);
    // Each segment is asked for at MediaTailor, and is a file of the edge.
    expect(viewer.asked.some((path) => /^\/v1\/dashsegment\/.*_000000001\.mp4/.test(path))).toBe(true);
    expect(viewer.asked.some((path) => /^\/tm\/.*_000000001\.mp4/.test(path))).toBe(true);
    expect(viewer.asked.some((path) => path.startsWith('/ads/beacon'))).toBe(false);
    expect(run.command.log).not.toMatch(/not reported|left out of DASH/);
    expect(viewer.errors).toEqual([]);
    await viewer.page.close();
  });
});

describe('the show', () => {
  test('goes on without ads while MediaTailor does not answer', async () => {
    const viewer = await run.open('?format=ll-hls');
    const ofTailor = ({ pathname }: URL) => pathname.startsWith('/v1/');
    await viewer.page.route(ofTailor, (route) => route.fulfill({ status: 503 }));
    await viewer.page.reload();
    const seen = await watch(viewer, (all) => all.filter(({ status }) => status === 'playing').length > 30);
    expect(new Set(seen.slice(-20).map(({ colour }) => colour))).toEqual(new Set(['show']));
    expect(seen.at(-1)?.rebuilds).toBe(0);
    await viewer.page.close();
  });
});
