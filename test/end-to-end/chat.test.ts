import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openBrowser, untilPlaying } from './browser';
import { attempt, ChatRun, type Chatter, frames, has, say, sees } from './chat-run';
import { PATIENCE } from './patience';

jest.setTimeout(2 * PATIENCE);

let run: ChatRun;
let anna: Chatter;
let ben: Chatter;
let mona: Chatter;

beforeAll(async () => {
  run = await ChatRun.start(openBrowser());
  const { code } = await run.operate({ task: 'link' });
  anna = await run.join('Anna');
  ben = await run.join('Ben');
  mona = await run.join('Mona', `?channel=main#link=moderator.${code}`);
});

afterAll(() => run?.end());

describe('chat', () => {
  test('reaches another browser, beside a picture that plays', async () => {
    await untilPlaying(anna.page, 2);
    await say(anna, 'Good evening');
    await sees(ben, 'Good evening');
    await say(ben, 'Hello Anna');
    await sees(anna, 'Hello Anna');
  });

  test('needs one address more in the policy of the page, and no more', async () => {
    const answer = await fetch(run.command.playerUrl);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("connect-src 'self' https: wss://edge.ivschat.us-east-1.amazonaws.com;");
    expect([...policy.matchAll(/wss?:/g)]).toHaveLength(1);
  });

  test('refuses a forbidden word before anybody sees it, and tells the sender why', async () => {
    await attempt(anna.page, 'this is F o r b i d d e n');
    await anna.page.getByText('Not sent:').waitFor();
    await say(ben, 'after the word');
    await sees(anna, 'after the word');
    for (const { page } of [anna, ben, mona]) expect(await has(page, 'this is F o r b i d d e n')).toBe(false);
  });
});

describe('a moderator', () => {
  test('deletes a message, which leaves every page', async () => {
    await say(ben, 'to be deleted');
    await Promise.all([sees(anna, 'to be deleted'), sees(mona, 'to be deleted')]);
    const line = mona.page.getByRole('log').locator('li', { hasText: 'to be deleted' });
    await line.getByRole('button', { name: 'Delete the message of Ben' }).click();
    for (const { page } of [anna, ben, mona]) {
      await page.getByRole('log').getByText('to be deleted', { exact: true }).waitFor({ state: 'detached' });
    }
  });

  test('mutes: the viewer reads on, and cannot write', async () => {
    await mona.page
      .getByRole('log')
      .locator('li', { hasText: 'Ben' })
      .first()
      .getByRole('button', { name: 'Mute Ben' })
      .click();
    await ben.page.getByText('A moderator has muted you. You can read.').waitFor();
    expect(await ben.page.getByLabel('Say something').isVisible()).toBe(false);
    await say(anna, 'read by the muted');
    await sees(ben, 'read by the muted');
  });

  test('bans: the viewer is disconnected and stays out', async () => {
    await mona.page
      .getByRole('log')
      .locator('li', { hasText: 'Ben' })
      .first()
      .getByRole('button', { name: 'Ban Ben' })
      .click();
    await ben.page.getByText('A moderator has closed the chat for you.').waitFor();
    await say(anna, 'not for the banned');
    expect(await has(ben.page, 'not for the banned')).toBe(false);
  });
});

describe('a page that has lost the chat', () => {
  test('says so, plays on, and comes back with a new token', async () => {
    await anna.page.route('**/chat/token**', (route) => route.abort());
    await run.disconnectAll();
    await anna.page.getByText('The chat is not connected.').waitFor();
    await untilPlaying(anna.page, 2);
    await anna.page.unroute('**/chat/token**');
    await anna.page.locator('#chat[data-state="open"]').waitFor();
    await Promise.all([say(anna, 'back again'), sees(mona, 'back again')]);
  });
});

describe('1,000 messages in a minute', () => {
  test('leave the picture as it is, and 200 of them in the page', async () => {
    const rest = () => frames(anna.page, async () => anna.page.waitForTimeout(20_000));
    const before = await rest();
    const busy = await frames(anna.page, () => run.flood(334, 20));
    await anna.page.getByText('There are more messages than can be read').waitFor();
    const calm = Math.max(before.dropped, (await rest()).dropped);
    expect(busy.shown).toBeGreaterThan(0);
    // Whatever else the machine does drops frames in each of the three.
    expect(busy.dropped).toBeLessThanOrEqual(calm + 0.2);
    expect(await anna.page.getByRole('log').locator('li').count()).toBeLessThanOrEqual(200);
    await untilPlaying(anna.page, 2);
  });
});
