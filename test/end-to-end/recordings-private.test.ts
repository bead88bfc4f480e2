import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { signingKey } from '../../lambda/shared/viewers/key-ring';
import { signed } from '../../lambda/shared/viewers/token';
import { openBrowser, untilPlaying } from './browser';
import { PATIENCE } from './patience';
import { PrivateRun, signIn } from './private-run';
import type { Listed } from './recorded-run';

jest.setTimeout(2 * PATIENCE);

const CATALOGUE = '/vod/main/catalogue.json';

let run: PrivateRun;
let browser: Browser;
let page: Page;
let clip: Listed;

beforeAll(async () => {
  browser = await openBrowser();
  run = await PrivateRun.start({ recorded: true });
  page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${run.command.playerUrl}?channel=main&format=hls`);
  await untilPlaying(await signIn(page));
  run.live('clip', 'main', '--from', '-1m', '--title', 'For members');
  clip = await listed();
});

afterAll(async () => {
  await browser.close();
  await run.command.end();
});

/** Returns the beginning of the paths that a token for a channel opens. */
async function tokenPath(channel: string): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sid: 'a'.repeat(16), v: 'v', ch: [channel], iat, exp: iat + 60 };
  return `/s/${signed(claims, signingKey(await run.keyRing(), iat))}`;
}

/** Waits until the clip is listed with its poster. */
async function listed(): Promise<Listed> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await new Promise((done) => setTimeout(done, 500))) {
    const { status, body } = await run.ask(`${await tokenPath('main')}${CATALOGUE}?${Date.now()}`);
    const { recordings = [] } = status === 200 ? (JSON.parse(body) as { recordings?: readonly Listed[] }) : {};
    const found = recordings.find(({ kind, poster }) => kind === 'clip' && poster !== undefined);
    if (found !== undefined) return found;
  }
  throw new Error(`The clip is not listed:\n${run.command.log.slice(-4000)}`);
}

/** The files of a private recording, by their names. */
const FILES: Readonly<Record<string, () => string>> = {
  'the catalogue': () => CATALOGUE,
  'the poster': () => clip.poster ?? '',
  'the HLS manifest': () => clip.parts[0]?.manifests.hls ?? '',
  'the DASH manifest': () => clip.parts[0]?.manifests.dash ?? '',
};

describe('a recording of a private channel', () => {
  test.each(Object.keys(FILES))('is read with a token for its channel alone: %s', async (name) => {
    const path = FILES[name]?.() ?? '';
    expect(path).toMatch(/^\/vod\/main\//);
    expect((await run.ask(path)).status).toBe(401);
    expect((await run.ask(`${await tokenPath('gold')}${path}`)).status).toBe(401);
    expect((await run.ask(`${await tokenPath('main')}${path}`)).status).toBe(200);
  });

  test('is not in the list of public channels', async () => {
    const { body } = await run.ask('/vod/catalogue.json');
    expect(body).not.toContain('For members');
    expect(body).not.toContain(clip.id);
  });

  test('is on the shelf of a viewer who was let in, and plays through the session', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.locator('.card', { hasText: 'For members' }).click();
    await page.waitForFunction((id) => window.livePlayer?.state().manifestUrl?.includes(`/vod/main/${id}/`), clip.id);
    await untilPlaying(page, 1);
    const media = asked.filter((path) => /\/vod\//.test(path));
    expect(media.length).toBeGreaterThan(1);
    expect(media.filter((path) => !path.startsWith('/s/'))).toEqual([]);
  });
});
