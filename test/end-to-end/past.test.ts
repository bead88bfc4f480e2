import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying, type Viewer } from './browser';
import { catalogueOf, PastSite } from './past-site';
import { PATIENCE } from './patience';

jest.setTimeout(2 * PATIENCE);

const MINUTE = 60_000;
/** Length of the long manifest of the site. */
const WINDOW = 5 * MINUTE;
const site = new PastSite();
let address: string;
let browser: Browser;
const opened: Viewer[] = [];

beforeAll(async () => {
  [address, browser] = await Promise.all([site.start(), openBrowser()]);
});

afterEach(async () => {
  site.missing.clear();
  await Promise.all(opened.splice(0).map(({ page }) => page.close()));
});

afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** Opens the player, with a query string. */
async function open(query = ''): Promise<Page> {
  const viewer = await openPlayer(browser, `${address}/${query}`);
  opened.push(viewer);
  return viewer.page;
}

const state = (page: Page) => page.evaluate(() => window.livePlayer?.state());

/** Waits until another manifest plays. */
async function untilManifest(page: Page, part: string): Promise<void> {
  await page.waitForFunction((part) => window.livePlayer?.state().manifestUrl?.includes(part), part);
  await untilPlaying(page);
}

const bar = (page: Page): Promise<number> =>
  page.locator('#timeline').evaluate((input: HTMLInputElement) => input.valueAsNumber);

/** Waits until the site has answered a request for a path, after so many requests. */
async function untilRequested(path: string, after: number): Promise<void> {
  while (!site.requested.slice(after).includes(path)) await new Promise((done) => setTimeout(done, 100));
}

/** Expects the frame on the screen to be from a date, or as much later as the viewer has been watching since. */
async function expectDate(page: Page, date: number, watchingSince: number): Promise<void> {
  const at = await bar(page);
  expect(at).toBeGreaterThan(date - 3000);
  expect(at).toBeLessThan(date + 3000 + (Date.now() - watchingSince));
}

describe('a page whose connection fails for a moment', () => {
  test('gets the parts that it could not load at first', async () => {
    await untilPlaying(await open());
    const chunk = site.requested.find((path) => /^\/furniture-\w+\.js$/.test(path)) ?? '';
    site.missing.add(chunk);
    const before = site.requested.length;
    const page = await open();
    await untilPlaying(page);
    await untilRequested(chunk, before);
    expect(await page.locator('#timeline').count()).toBe(0);
    site.missing.clear();
    await page.waitForSelector('#timeline');
    expect(await page.locator('#timeline').count()).toBe(1);
  });
});

describe('a channel that can be rewound', () => {
  test('plays the long manifest from the place that the viewer goes back to, and returns to live', async () => {
    const page = await open();
    await untilPlaying(page);
    await page.locator('#timeline').focus();
    const [since, before] = [Date.now(), await bar(page)];
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await untilManifest(page, 'dvr.m3u8');
    await expectDate(page, before - 2 * MINUTE, since);
    expect(await page.textContent('#behind')).toMatch(/^−[2-9]:\d\d$/);
    expect(await page.getAttribute('#timeline', 'aria-valuetext')).toMatch(/2 minutes .*behind live/);

    await page.locator('#live').click();
    await untilManifest(page, 'live.m3u8');
    await page.waitForSelector('#live[data-lit]');
    expect(await state(page)).toMatchObject({ past: null, atLiveEdge: true });
  });

  test('goes back and forward by ten seconds, by keys and buttons, on a bar as long as the window', async () => {
    const page = await open();
    await untilPlaying(page);
    await page.locator('#timeline').focus();
    await page.keyboard.press('PageDown');
    await untilManifest(page, 'dvr.m3u8');
    const start = await page.locator('#timeline').evaluate((input: HTMLInputElement) => Number(input.min));
    expect(Math.abs(Date.now() - WINDOW - start)).toBeLessThan(15_000);
    const steps = [
      [() => page.locator('#back').click(), -10_000],
      [() => page.keyboard.press('ArrowLeft'), -10_000],
      [() => page.locator('#forward').click(), 10_000],
      [() => page.locator('#timeline').press('ArrowRight'), 10_000],
    ] as const;
    for (const [step, by] of steps) {
      const [since, before] = [Date.now(), await bar(page)];
      await step();
      const moved = (at: number) => Math.abs(at - before) > 5000;
      while (!moved(await bar(page))) await page.waitForTimeout(50);
      await expectDate(page, before + by, since);
    }
    const shown = await page
      .locator('#timeline')
      .evaluate((input: HTMLInputElement) => [
        document.querySelector('#clock')?.textContent,
        new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(input.valueAsNumber),
      ]);
    expect(shown[0]).toContain(shown[1]);
  });

  test('shows the whole show from its beginning', async () => {
    const page = await open();
    await untilPlaying(page);
    const since = Date.now();
    await page.locator('#beginning').click();
    await untilManifest(page, `start.m3u8?aws.manifestsettings=start%3A${site.began / 1000}`);
    await expectDate(page, site.began, since);
  });

  test.each(['hls', 'dash'])('opens a link to a moment, in %s', async (format) => {
    const date = site.began + 12 * MINUTE;
    const since = Date.now();
    const page = await open(`?format=${format}&t=${new Date(date).toISOString()}`);
    await untilManifest(page, 'dvr');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#timeline')?.disabled === false);
    await expectDate(page, date, since);
    expect((await state(page))?.format).toBe(format);
  });

  test('says that a moment is still to come, and plays live', async () => {
    const page = await open(`?t=${new Date(Date.now() + 60 * MINUTE).toISOString()}`);
    await untilManifest(page, 'live.m3u8');
    expect(await page.textContent('#notice-text')).toMatch(/is still to come; live is playing\.$/);
  });

  test('stays live when the long manifest is missing, and says so', async () => {
    site.missing.add('/out/dvr.m3u8');
    const page = await open(`?t=${new Date(site.began + 12 * MINUTE).toISOString()}`);
    await untilManifest(page, 'live.m3u8');
    expect(await page.textContent('#notice-text')).toMatch(/not possible to go back now: the server answered 404/);
  });
});

describe('a recording', () => {
  test('plays its parts one after the other, and ends', async () => {
    const page = await open('?recording=main/1&t=9');
    await untilManifest(page, '/vod/main/1/1/');
    expect(await page.textContent('#behind')).toMatch(/^0:\d\d \/ 0:24$/);
    await untilManifest(page, '/vod/main/1/2/');
    await page.waitForSelector('#player[data-status="ended"]');
    expect((await state(page))?.sentence).toBe('The recording has ended');
    expect(await page.textContent('#behind')).toBe('0:24 / 0:24');
    await page.locator('#play').click();
    await untilManifest(page, '/vod/main/1/1/');
  });

  test('shows the picture of a position under the pointer', async () => {
    const page = await open('?recording=main/1');
    await untilManifest(page, '/vod/main/1/1/');
    await page.locator('#timeline').hover({ position: { x: 600, y: 10 } });
    await page.mouse.move(0, 0);
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => /\.vtt$/.test(name)));
    await page.locator('#timeline').hover({ position: { x: 610, y: 10 } });
    await page.locator('#timeline').hover({ position: { x: 620, y: 10 } });
    await page.waitForSelector('.bubble img[src$="/vod/main/1/sheet.jpg"]');
  });

  test('that is gone is told in a sentence, and live is a press away', async () => {
    site.missing.add('/vod/main/1/1/index.m3u8');
    const page = await open('?recording=main/1');
    await page.waitForFunction(() => window.livePlayer?.state().sentence.includes('no longer there'));
    await page.locator('#live').click();
    await untilManifest(page, 'live.m3u8');
  });

  test('appears on an open page when it is ready, with its title as plain text', async () => {
    site.catalogue = undefined;
    const page = await open();
    await untilPlaying(page);
    await page.getByText('There is no recording yet.').waitFor();
    site.catalogue = catalogueOf(site.began, '<img src=x onerror="document.title=1">');
    await page.locator('.card').waitFor();
    expect(await page.textContent('.card strong')).toBe('<img src=x onerror="document.title=1">');
    await page.locator('.card').click();
    await untilManifest(page, '/vod/main/1/1/');
    expect(page.url()).toMatch(/\?recording=main%2F1/);
    expect(await page.locator('.card').getAttribute('aria-current')).toBe('true');
  });
});

describe('a channel without a past', () => {
  test('loads none of the code for it', async () => {
    const plain = new PastSite(false);
    const page = await open();
    await page.goto(await plain.start());
    await untilPlaying(page);
    await page.locator('#stats-toggle').waitFor();
    expect(plain.requested.filter((path) => /replay|vod/.test(path))).toEqual([]);
    expect(await page.locator('#seek').isVisible()).toBe(true);
    await page.goto('about:blank');
    await plain.stop();
  });
});
