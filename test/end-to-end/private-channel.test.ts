import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, untilPlaying } from './browser';
import { PATIENCE } from './patience';
import { PrivateSite } from './private-site';

jest.setTimeout(2 * PATIENCE);

const site = new PrivateSite();
let browser: Browser;
let address: string;
/** A browser profile without a past. */
let viewer: BrowserContext;
let page: Page;
let logged: string[];

beforeAll(async () => {
  [address, browser] = await Promise.all([site.start(), openBrowser()]);
});

beforeEach(async () => {
  await viewer?.close();
  site.reset();
  viewer = await browser.newContext();
  page = await viewer.newPage();
  page.setDefaultTimeout(PATIENCE);
  logged = [];
  page.on('console', (message) => logged.push(message.text()));
});

afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** Waits for the headline of the panel. */
const untilPanel = (headline: string) => page.getByRole('heading', { name: headline }).waitFor();

const state = () => page.evaluate(() => window.livePlayer?.state());

/** Opens the private channel and signs in. */
async function watch(format = 'hls'): Promise<void> {
  await page.goto(`${address}/?channel=main&format=${format}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await untilPlaying(page);
}

describe('a private channel', () => {
  test('plays after the sign-in that the viewer asked for, in the format of the wish', async () => {
    await page.goto(`${address}/?channel=main&format=hls`);
    await untilPanel('Sign in to watch');
    expect(site.log).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await untilPlaying(page);
    expect(page.url()).toBe(`${address}/?channel=main&format=hls`);
    expect(site.log.filter((line) => line.startsWith('GET /media/'))).toEqual([]);
    expect(await page.getAttribute('meta[name="referrer"]', 'content')).toBe('no-referrer');
  });

  test.each(['hls', 'dash'])('goes on through renewals without starting over: %s', async (format) => {
    site.renewAfterSeconds = 1;
    await watch(format);
    await untilPlaying(page, 6);
    expect(site.usedTokens().length).toBeGreaterThan(2);
    const now = await state();
    expect(now).toMatchObject({ rebuilds: 0, format });
    expect(JSON.stringify(now)).not.toContain('/s/');
    expect(logged).toEqual([]);
  });

  test.each(['hls', 'dash'])('goes on with a new token when the edge refuses the old one: %s', async (format) => {
    await watch(format);
    site.refuseTokens(401);
    await page.waitForFunction(() => (window.livePlayer?.state().rebuilds ?? 0) > 0);
    await untilPlaying(page);
    expect(site.log.filter((line) => line.includes('/renew'))).toHaveLength(1);
  });

  test('says that the session was ended, and begins another one by a button', async () => {
    await watch();
    site.refuseTokens(410);
    await untilPanel('Your session was ended');
    const asked = site.log.length;
    await page.waitForTimeout(3000);
    // Nothing is retried.
    expect(site.log.slice(asked).filter((line) => line.startsWith('GET'))).toEqual([]);
    await page.getByRole('button', { name: 'Watch here again' }).click();
    await untilPlaying(page);
  });

  test('takes over from another device by a button', async () => {
    const devices = [{ device: 'Safari on iPhone', since: Date.now() / 1000 - 600 }];
    site.refusal = { status: 409, error: 'too-many-sessions', devices };
    await page.goto(`${address}/?channel=main&format=hls`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await untilPanel('Too many devices');
    await page.getByText('Safari on iPhone').waitFor();
    await page.getByRole('button', { name: 'Watch here instead' }).click();
    await untilPlaying(page);
  });

  test('says that it is not available in the country', async () => {
    site.refusal = { status: 451, error: 'country' };
    await page.goto(`${address}/?channel=main&format=hls`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await untilPanel('Not available in your country');
  });

  test('tries again when the service does not answer', async () => {
    site.refusal = { status: 503, error: 'unavailable' };
    await page.goto(`${address}/?channel=main&format=hls`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await untilPanel('The service that lets viewers in does not answer');
    site.refusal = undefined;
    await untilPlaying(page);
  });

  test('gives the session back when the page is left', async () => {
    await watch();
    await page.goto('about:blank');
    while (!site.log.includes('POST /api/session/sid/end')) await page.waitForTimeout(100);
  });

  test('is left by signing out', async () => {
    await watch();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((url) => url.search === '?channel=open&format=hls');
    expect(site.log).toEqual(expect.arrayContaining(['POST /api/session/sid/end', expect.stringMatching(/logout/)]));
    await page.goto(`${address}/?channel=main`);
    await untilPanel('Sign in to watch');
  });
});

describe('a link', () => {
  test('lets its viewer in, also after a reload, and is in no address', async () => {
    await page.goto(`${address}/?channel=main&format=hls#link=l.i.nk`);
    await untilPlaying(page);
    expect(page.url()).toBe(`${address}/?channel=main&format=hls`);
    await page.reload();
    await untilPlaying(page);

    const other = await browser.newContext();
    page = await other.newPage();
    await page.goto(`${address}/?channel=main&format=hls#link=l.i.nk`);
    await untilPanel('This link has been used');
    await other.close();
  });
});

describe('a public channel of the same stack', () => {
  test('loads no code that lets viewers in', async () => {
    await page.goto(`${address}/?channel=open&format=hls`);
    await untilPlaying(page);
    const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(names.filter((name) => /\/(load-|access)/.test(name))).toEqual([]);
    expect(site.log.filter((line) => !line.startsWith('GET /media/open/'))).toEqual([]);
  });
});
