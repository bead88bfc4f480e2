import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { savedQueries } from '../../lib/analytics/queries';
import { AudienceRun, type ReportingViewer, together, until } from './audience-run';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { type Observed, observed } from './observed';
import { PastSite } from './past-site';
import { PATIENCE } from './patience';
import { stall } from './stall';

jest.setTimeout(2 * PATIENCE);

/** Seconds that the calm viewer watches at least. */
const WATCHED_SECONDS = 20;
/**
 * Milliseconds by which the report of a viewer may differ from what his page observed: four looks of the reporter, and
 * timers that come late on a busy machine.
 */
const SLACK = 2500;
/** Part of a time by which they may differ beside it. */
const SHARE = 0.2;

let run: AudienceRun;
let calm: ReportingViewer;
let stalled: ReportingViewer;
let failing: ReportingViewer;
let waiting: ReportingViewer;
let declining: ReportingViewer;
let seen: { readonly calm: Observed; readonly stalled: Observed };

const isBetween = (value: unknown, least: number, most: number): void => {
  expect(Number(value)).toBeGreaterThanOrEqual(least);
  expect(Number(value)).toBeLessThanOrEqual(most);
};

/** Expects a time to be as it was observed, within what the looks of both may miss. */
const isAbout = (value: number, expected: number): void =>
  isBetween(value, expected * (1 - SHARE) - SLACK, expected * (1 + SHARE) + SLACK);

/** Leaves before the start: no manifest ever arrives. */
async function leaveBeforeTheStart(): Promise<void> {
  waiting = await run.open((page) => page.route(/\.(m3u8|mpd)/, () => {}));
  await until('the waiting viewer has reported', async () => waiting.lines.length > 0);
  await run.leave(waiting);
}

async function failToStart(): Promise<void> {
  failing = await run.open((page) => page.route(/\/out\/.*\.(mp4|m4s|ts)(\?|$)/, (route) => route.abort()));
  await until('the failing viewer has reported an error', async () => failing.lines.some((line) => /,e=e,/.test(line)));
  await run.leave(failing);
}

beforeAll(async () => {
  run = await AudienceRun.start(openBrowser());
  calm = await run.open();
  await untilPlaying(calm.page, 3);
  stalled = await run.open();
  await untilPlaying(stalled.page, 3);
  await Promise.all([stall(stalled.page, 5), leaveBeforeTheStart(), failToStart()]);
  declining = await run.open((page) =>
    page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })),
  );
  await Promise.all([untilPlaying(stalled.page, 5), untilPlaying(declining.page, 5)]);
  await declining.page.close();
  await untilPlaying(calm.page, WATCHED_SECONDS);
  seen = { calm: await observed(calm.page), stalled: await observed(stalled.page) };
  await Promise.all([run.leave(calm), run.leave(stalled)]);
  await run.untilWritten([waiting, failing, stalled, calm]);
});

afterAll(() => run.end());

describe('the reports of an audience', () => {
  test('are answered by every saved query', async () => {
    for (const { name } of savedQueries()) expect(Array.isArray(await run.ask(name))).toBe(true);
  });

  test('count those who watched, and those who tried', async () => {
    const minutes = await run.ask('viewers-by-minute', '--channel', 'main');
    for (const { viewers } of minutes) isBetween(viewers, 1, 4);
    const days = await run.ask('peak-and-hours');
    expect(days.map(({ sessions }) => sessions)).toEqual(['4']);
    isBetween(days[0]?.['viewer_hours'], 0, together(Object.values(seen)).moved / 3.6e6 + 0.01);
  });

  test('have the start times that the pages observed', async () => {
    const [row] = await run.ask('start-time');
    const startups = Object.values(seen).map(({ startup = 0 }) => startup);
    expect(row?.['starts']).toBe('2');
    isBetween(row?.['p50_seconds'], (Math.min(...startups) - SLACK) / 1000, (Math.max(...startups) + SLACK) / 1000);
    isBetween(row?.['p95_seconds'], (Math.min(...startups) - SLACK) / 1000, (Math.max(...startups) + SLACK) / 1000);
  });

  test('tell who was failed from who left', async () => {
    expect(await run.ask('start-failures')).toEqual([
      expect.objectContaining({
        attempts: '4',
        start_failure_percent: '25.0',
        exit_before_start_percent: '25.0',
        playback_failure_percent: '0.0',
      }),
    ]);
    // Others may have met an error and gone on.
    const [, code = ''] = /,ec=\("([^"]+)"\)/.exec(failing.lines.join('\n')) ?? [];
    const found = (await run.ask('top-errors')).find(({ error }) => error === code);
    isBetween(found?.['times'], 1, 10);
  });

  test('have the stalls of a session, and the time that it played', async () => {
    for (const [viewer, { moved, still }] of [
      [stalled, seen.stalled],
      [calm, seen.calm],
    ] as const) {
      const rows = await run.ask('session-timeline', '--session', viewer.sid() ?? '');
      const sum = (column: string) => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
      isAbout(sum('played_ms'), moved);
      isAbout(sum('stall_ms'), still);
      if (viewer === stalled) expect(sum('stalls')).toBeGreaterThanOrEqual(1);
    }
    // Without a name, it is the session that stood still longest.
    const longest = seen.stalled.still > seen.calm.still ? stalled : calm;
    if (Math.abs(seen.stalled.still - seen.calm.still) < 2 * SLACK) return;
    expect((await run.ask('session-timeline'))[0]?.['sid']).toBe(longest.sid());
  });

  test('have the rebuffering ratio and the bitrate of all, by country and device', async () => {
    const { moved, still } = together(Object.values(seen));
    const ratio = (100 * still) / (still + moved);
    for (const name of ['by-country', 'by-device']) {
      const [row, ...more] = await run.ask(name);
      expect(more).toEqual([]);
      expect(row).toMatchObject({ sessions: '4' });
      isBetween(row?.['rebuffering_percent'], ratio - 15, ratio + 15);
      isBetween(row?.['bitrate_kbps'], kbps() * 0.9, kbps() * 1.1);
    }
    for (const { rebuffering_percent: percent } of await run.ask('rebuffering')) isBetween(percent ?? 0, 0, 100);
    for (const { kbps: played } of await run.ask('bitrates')) isBetween(played, kbps() * 0.9, kbps() * 1.1);
  });

  test('name the engine and the point of presence', async () => {
    const engines = await run.ask('by-engine');
    expect(engines.find(({ engine }) => engine === seen.calm.engine)).toBeDefined();
    const [pop] = await run.ask('by-pop');
    expect(pop?.['pop']).toBe('LOCAL50-C1');
  });

  test('meet the access log of the edge', async () => {
    await until('the access log is written', async () => (await run.ask('cache-by-pop')).length > 0);
    const [edge] = await run.ask('cache-by-pop');
    expect(edge).toMatchObject({ pop: 'LOCAL50' });
    expect((await run.ask('stall-causes')).length).toBeGreaterThan(0);
  });

  test('are shown as they come in', async () => {
    const { channels } = JSON.parse(await run.live('audience'));
    expect(channels).toEqual([expect.objectContaining({ channel: 'main', starts: 2 })]);
    expect(channels[0].errors).toBeGreaterThanOrEqual(1);
  });
});

/** Bitrate that the players named, in kbit/s. */
function kbps(): number {
  return (seen.calm.bitrate ?? 0) / 1000;
}

describe('a viewer who is not to be counted', () => {
  test('with Global Privacy Control plays, and sends nothing', () => {
    expect(declining.lines).toEqual([]);
    expect(declining.chunks.length).toBeLessThanOrEqual(1);
  });

  test('of a stack without analytics loads none of the code', async () => {
    expect(calm.chunks).toHaveLength(1);
    const plain = new PastSite(false);
    const browser = await openBrowser();
    const { page } = await openPlayer(browser, await plain.start());
    await untilPlaying(page);
    expect(plain.requested.filter((path) => /beacon|audience/.test(path))).toEqual([]);
    await browser.close();
    await plain.stop();
  });
});
