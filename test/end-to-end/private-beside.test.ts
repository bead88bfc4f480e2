import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, untilPlaying } from './browser';
import { PATIENCE } from './patience';
import { voteFor } from './polls-run';
import { EMPTY_BODY, PrivateRun, signIn } from './private-run';

jest.setTimeout(2 * PATIENCE);

const QUESTION = 'Who scores next?';
const GUEST = {
  'x-poll-guest': 'a-guest-of-this-stack',
  'x-chat-guest': 'a-guest-of-this-stack',
  'x-chat-name': 'Eve',
};

let run: PrivateRun;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
  run = await PrivateRun.start({ beside: true });
});

afterAll(async () => {
  await browser.close();
  await run.command.end();
});

/** A signed-in viewer of the channel main. */
interface PrivateViewer {
  readonly page: Page;
  /** Addresses and sessions with which the page asked the functions of polls and chat. */
  readonly asked: { readonly path: string; readonly session: string | undefined }[];
}

/** Opens the channel on a device of its own, and signs in. */
async function watch(name: string): Promise<PrivateViewer> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(PATIENCE);
  const asked: { path: string; session: string | undefined }[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (!/^\/(polls|chat)\//.test(pathname)) return;
    asked.push({ path: pathname + search, session: request.headers()['x-viewer-session'] });
  });
  await page.goto(`${run.command.playerUrl}?channel=main`);
  await signIn(page, name);
  await untilPlaying(page, 3);
  return { page, asked };
}

/** Asks a function of the stack at the edge, as a page does. */
async function post(path: string, headers: Readonly<Record<string, string>>) {
  const { status, body } = await run.ask(path, 'POST', { ...EMPTY_BODY, ...headers });
  return { status, ...(JSON.parse(body) as { readonly error?: string; readonly token?: string }) };
}

/** The session with which a page asked for something. */
function sessionOf({ asked }: PrivateViewer, beginning: string): string {
  return asked.find(({ path }) => path.startsWith(beginning))?.session ?? '';
}

/** Does something once the channel runs: an encoder on a busy machine may have to begin again. */
async function onceRunning(act: () => void): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (!/a poll needs it RUNNING/.test(String(error)) || Date.now() > end) throw error;
      await pause(2000);
    }
  }
}

describe('polls of a private channel', () => {
  let vote = '';
  let session = '';

  test('count a viewer once, on whatever device', async () => {
    const first = await watch('viewer@example.com');
    const options = ['--option', 'Red', '--option', 'Blue', '--seconds', '600'];
    await onceRunning(() => run.live('poll', 'main', '--question', QUESTION, ...options, '--no-wait'));
    await first.page.getByRole('heading', { name: QUESTION }).waitFor();
    await voteFor(first.page, 'Red');
    await first.page.locator('.poll[data-votes="1"]').waitFor();
    vote = first.asked.find(({ path }) => path.startsWith('/polls/vote'))?.path ?? '';
    session = sessionOf(first, '/polls/vote');
    await first.page.context().close();
    const second = await watch('viewer@example.com');
    await second.page.getByRole('heading', { name: QUESTION }).waitFor();
    await second.page.getByRole('button', { name: 'Blue' }).click();
    await second.page.getByText('Your vote has been counted before.').waitFor();
    await second.page.context().close();
    expect(run.live('poll', 'main')).toMatch(/\(1 vote, [^)]*\)\n {2}Red +1 +100 %\n {2}Blue +0 +0 %/);
  });

  test('take no vote of a visitor without a session, or with a token that nobody signed', async () => {
    expect(vote).toMatch(/^\/polls\/vote\?poll=[^&]+&option=0$/);
    const forged = session.replace(/.{8}$/, 'AAAAAAAA');
    expect(await post(vote, GUEST)).toMatchObject({ status: 401, error: 'sign-in' });
    expect(await post(vote, { ...GUEST, 'x-viewer-session': forged })).toMatchObject({ status: 401, error: 'sign-in' });
    const visitor = await browser.newPage();
    await visitor.goto(`${run.command.playerUrl}?channel=main`);
    await visitor.getByRole('heading', { name: 'Sign in to watch' }).waitFor();
    expect(await visitor.getByText(QUESTION).count()).toBe(0);
    await visitor.close();
  });
});

describe('the chat of a private channel', () => {
  test('is entered by viewers with a session only, until it is revoked', async () => {
    const viewer = await watch('viewer@example.com');
    await viewer.page.getByLabel('Your name in the chat').fill('Anna');
    await viewer.page.getByRole('button', { name: 'Join' }).click();
    await viewer.page.getByLabel('Say something').fill('Good evening');
    await viewer.page.keyboard.press('Enter');
    await viewer.page.getByRole('log').getByText('Good evening', { exact: true }).waitFor();
    const enter = '/chat/token?channel=main';
    expect(await post(enter, GUEST)).toMatchObject({ status: 401, error: 'sign-in' });
    const session = { 'x-viewer-session': sessionOf(viewer, '/chat/token') };
    expect(await post(enter, { ...GUEST, ...session })).toMatchObject({ status: 200, token: expect.any(String) });
    await viewer.page.context().close();
    run.live('revoke', '--all');
    expect(await post(enter, { ...GUEST, ...session })).toMatchObject({ status: 401, error: 'sign-in' });
  });
});
