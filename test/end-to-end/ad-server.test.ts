import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AdServer, COUNTED } from './ad-server';
import { AdsRun } from './ads-run';
import { watch } from './ads-screen';
import { openBrowser } from './browser';
import { PATIENCE } from './patience';

jest.setTimeout(2 * PATIENCE);

let server: AdServer;
let run: AdsRun;

beforeAll(async () => {
  server = await AdServer.open();
  const decisionUrl = `${server.url}/vast?event=[scte.event_id]&seconds=[session.avail_duration_secs]&agent=[session.user_agent]`;
  run = await AdsRun.start(openBrowser(), { service: 'mediatailor', decisionUrl });
});

afterAll(async () => {
  await run?.end();
  server?.close();
});

describe('an ad server of a customer', () => {
  test('fills a break through MediaTailor, is told what the break is, and gets the reports', async () => {
    const viewer = await run.open('?format=ll-hls');
    const counted: string[] = [];
    await viewer.page.route(`${COUNTED}**`, (route) => {
      counted.push(new URL(route.request().url()).search);
      return route.fulfill({ status: 204 });
    });
    const { eventId } = await run.live('ad-break', 'main', '--seconds', '4');
    await watch(viewer, (seen) => seen.at(-1)?.words.startsWith('Ad 1 of 1') === true);
    await watch(viewer, (seen) => seen.at(-1)?.words === '' && seen.at(-1)?.status === 'playing');
    const [question = ''] = server.asked.filter((url) => url.startsWith('/vast'));
    expect(question).toMatch(new RegExp(`^/vast\\?event=${eventId}&seconds=4&agent=Mozilla`));
    expect([...counted].sort()).toEqual(['?e=complete', '?e=impression', '?e=start']);
    expect(viewer.asked.some((path) => path.startsWith('/ads/'))).toBe(false);
    await viewer.page.close();
  });
});
