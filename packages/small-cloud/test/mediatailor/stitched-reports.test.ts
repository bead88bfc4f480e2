import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ResourceState } from '../../src/contract';
import type { StitchedField } from './stitched-field';
import { EDGE } from './tailor-field';
import { twoAds } from './two-ads';

const BREAK = { id: 7, at: 110, seconds: 8 };
const AVAIL = '7-110000';

let field: StitchedField;
let made: ResourceState;
let dash: string;

beforeEach(async () => {
  ({ field, made, dash } = await twoAds());
});
afterEach(() => field.end());

describe('the segments of an ad', () => {
  test('are at MediaTailor, which leads to the file and reports each event once', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [BREAK] });
    const [, red] = await field.periods();
    const base = red?.base ?? '';
    const { status, headers } = await field.ask(`${base}asset_0init.mp4`);
    expect(status).toBe(302);
    expect(headers.get('location')).toMatch(/^\/tm\/[0-9a-f]{40}\/main-1\/[0-9a-f]{24}\/asset_0init\.mp4$/);
    expect(field.asked.filter((path) => path.startsWith('/count'))).toEqual([]);
    for (const number of [1, 1, 2]) await field.ask(`${base}asset_0_00000000${number}.mp4`);
    await field.ask(`${base}asset_1_000000002.mp4`);
    const counted = await settled(() => field.asked.filter((path) => path.startsWith('/count')), 6);
    const events = ['impression', 'start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete'];
    expect([...counted].sort()).toEqual(events.map((one) => `/count?e=${one}&ad=red`).sort());
    const file = (await field.ask(`${base}asset_0_000000002.mp4`)).headers.get('location') ?? '';
    expect((await field.ask(file)).text).toBe('segment 1');
    expect((await field.ask(file.replace('asset_0_000000002', 'asset_9_000000002'))).status).toBe(404);
    expect((await field.ask(base.replace('_1/', '_9/asset_0init.mp4'))).status).toBe(404);
  });

  test('are the files themselves where the player reports', async () => {
    await field.begin(dash, '?aws.reportingMode=CLIENT');
    field.show({ from: 106, to: 122, breaks: [BREAK] });
    const [, red] = await field.periods();
    expect(red?.base).toMatch(/^\/tm\/[0-9a-f]{40}\/main-1\/[0-9a-f]{24}\/$/);
  });

  test('are reported to a server that may refuse it, which is said', async () => {
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [BREAK] });
    const [, red] = await field.periods();
    await field.ask(`${red?.base}asset_0_000000002.mp4`);
    const said = await settled(() => field.told, 3);
    expect(new Set(said)).toEqual(new Set([`An ad was not reported to ${EDGE}, which answers with status 404.`]));
  });

  test('are not reported to another machine, which is said', async () => {
    const vast = String(field.files.get('/ads')).replaceAll(/https:[^<]*(?=\/count)/g, 'https://count.example.com');
    field.files.set('/ads', vast);
    await field.begin(dash);
    field.show({ from: 106, to: 122, breaks: [BREAK] });
    const [, red] = await field.periods();
    for (const number of [1, 2]) await field.ask(`${red?.base}asset_0_00000000${number}.mp4`);
    expect(field.told).toEqual([
      'Ads of DASH are not reported to count.example.com: MediaTailor of the local run reports to this machine only.',
    ]);
  });
});

describe('the tracking of a stitched session', () => {
  test('has the ads by their periods, with times since the availabilityStartTime', async () => {
    const session = field.path(made, 'SessionInitializationEndpointPrefix');
    const { text } = await field.ask(`${session}out/index.mpd`, { method: 'POST', body: '{"reportingMode":"client"}' });
    const { manifestUrl, trackingUrl } = JSON.parse(text);
    field.manifest = manifestUrl;
    field.show({ from: 106, to: 112, breaks: [BREAK] });
    expect(JSON.parse((await field.ask(trackingUrl)).text)).toEqual({ avails: [], nonLinearAvails: [] });
    await field.periods();
    const [avail] = JSON.parse((await field.ask(trackingUrl)).text).avails;
    expect(avail).toMatchObject({ availId: AVAIL, startTimeInSeconds: 110, durationInSeconds: 8 });
    expect(avail.ads[1]).toMatchObject({
      adId: `${AVAIL}_2`,
      vastAdId: 'blue',
      startTimeInSeconds: 114,
      duration: 'PT4S',
    });
    expect(avail.ads[1].trackingEvents[3]).toMatchObject({
      eventType: 'midpoint',
      startTimeInSeconds: 116,
      beaconUrls: ['/count?e=midpoint&ad=blue'],
    });
  });

  test('is refused to a session that is unknown', async () => {
    expect((await field.ask(`${dash.replace('/dash/', '/tracking/')}1`)).status).toBe(400);
  });
});

/** Waits for reports, which nobody waits for. */
async function settled(read: () => readonly string[], count: number): Promise<readonly string[]> {
  for (let turn = 0; turn < 100 && read().length < count; turn++) await new Promise((done) => setTimeout(done, 10));
  return read();
}
