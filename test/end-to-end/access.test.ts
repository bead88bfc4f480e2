import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, untilPlaying } from './browser';
import { PATIENCE } from './patience';
import { MAIN, PrivateRun, signIn } from './private-run';

jest.setTimeout(2 * PATIENCE);

let run: PrivateRun;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  run = await PrivateRun.start();
});

afterAll(async () => {
  await browser.close();
  await run.command.end();
});

/** Opens the player in a browser profile of its own, as on another device. */
async function device(query: string): Promise<Page> {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${run.command.playerUrl}${query}`);
  return page;
}

/** Opens the player and signs in. */
const signedIn = async (query: string, name?: string) => signIn(await device(query), name);

const untilPanel = (page: Page, headline: string) => page.getByRole('heading', { name: headline }).waitFor();

/** Ends every session, so that a test begins with none. */
async function closeAll(): Promise<void> {
  for (const context of contexts.splice(0)) await context.close();
  run.live('revoke', '--all');
  // Tokens of the same second are void as well.
  await new Promise((done) => setTimeout(done, 2100));
}

describe('a viewer of a private channel', () => {
  test.each(['ll-hls', 'hls', 'dash'])('signs in and watches in %s', async (format) => {
    const page = await device(`?channel=main&format=${format}`);
    await untilPanel(page, 'Sign in to watch');
    await closeAll();
    await untilPlaying(await signedIn(`?channel=main&format=${format}`));
  });

  test('is told that a channel is for another group; a member of it waits for the picture', async () => {
    await closeAll();
    await untilPanel(await signedIn('?channel=gold'), 'Your account may not watch this channel');
    const member = await signedIn('?channel=gold', 'gold@example.com');
    await member.locator('[data-status="waiting"]').waitFor({ state: 'attached' });
    expect(run.live('sessions', 'gold')).toContain('gold');
  });

  test('needs no session for a public channel', async () => {
    const page = await device('?channel=free');
    await page.locator('[data-status="waiting"]').waitFor({ state: 'attached' });
    expect((await run.ask(MAIN.replace('/main/', '/free/'))).status).toBe(404);
  });

  test('is asked on the third device of two, and takes over from the first', async () => {
    await closeAll();
    const first = await signedIn('?channel=main');
    await untilPlaying(first);
    await untilPlaying(await signedIn('?channel=main'));
    const third = await signedIn('?channel=main');
    await untilPanel(third, 'Too many devices');
    await third.getByRole('button', { name: 'Watch here instead' }).click();
    await untilPlaying(third);
    await untilPanel(first, 'Your session was ended');
  });

  test('is told within a minute that an operator ended the session', async () => {
    await closeAll();
    const page = await signedIn('?channel=main');
    await untilPlaying(page);
    const [, sid = ''] = /^(\S{16}) /m.exec(run.live('sessions')) ?? [];
    run.live('revoke', sid);
    const begun = Date.now();
    await untilPanel(page, 'Your session was ended');
    console.log(`the session ended at the viewer after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    expect(run.live('sessions')).toMatch(/Nobody watches/);
  });

  test('watches on through renewals and a rotation of the keys', async () => {
    await closeAll();
    const page = await signedIn('?channel=main&format=hls');
    await untilPlaying(page);
    const tokens = new Set<string>();
    let begins = 0;
    page.on('request', (asked) => {
      const [, found] = /\/s\/([^/]+)\//.exec(asked.url()) ?? [];
      if (found !== undefined) tokens.add(found);
      if (/\/api\/session\?/.test(asked.url())) begins += 1;
    });
    await run.rotateKeys();
    const end = Date.now() + PATIENCE;
    while (tokens.size < 4 && Date.now() < end) await page.waitForTimeout(500);
    await untilPlaying(page);
    expect(tokens.size).toBeGreaterThanOrEqual(4);
    expect(begins).toBe(0);
    expect((await run.keyRing()).keys.length).toBeGreaterThanOrEqual(2);
  });

  test('uses a one-time link once', async () => {
    await closeAll();
    const link = run.link('--once');
    const page = await device(`?channel=main#link=${link}`);
    await untilPlaying(page);
    expect(page.url()).not.toContain('link=');
    await untilPanel(await device(`?channel=main#link=${link}`), 'This link has been used');
  });
});
