import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openBrowser } from './browser';
import { PATIENCE } from './patience';
import { PollsRun, untilAsked, voteFor } from './polls-run';
import { questionFrames, timelineStart } from './question-frames';

jest.setTimeout(2 * PATIENCE);

/** Most time between the frame of a question and the question itself, in milliseconds. */
const LATEST = 500;
/** Accuracy of the dates that players tell, in milliseconds. */
const ACCURACY = 60;

let run: PollsRun;

beforeAll(async () => {
  run = await PollsRun.start(openBrowser());
});

afterAll(() => run.end());

describe.each(['ll-hls', 'hls', 'dash'])('a poll in %s', (format) => {
  test('is on the screen with its frame', async () => {
    const viewer = await run.open(`?format=${format}`);
    const frames = questionFrames(viewer.page);
    const question = `What is ${format}?`;
    await run.live('poll', 'main', '--question', question, '--option', 'A', '--option', 'B', '--no-wait');
    const { date, position, stalled } = await untilAsked(viewer.page, question);
    const frame = 1000 * (await frames(question));
    // The timeline of a video of DASH is that of the channel; its dates are only as good as the clock of a whole second.
    const shown = format === 'dash' ? position : date - (await timelineStart(run.command.playerUrl));
    expect(shown - frame).toBeGreaterThan(-ACCURACY);
    expect(shown - frame - stalled).toBeLessThan(LATEST);
    expect(viewer.errors).toEqual([]);
    await viewer.page.context().close();
  });
});

describe('the votes of a poll', () => {
  const QUESTION = 'Who scores next?';
  const ask = (seconds: number) =>
    run.live(
      'poll',
      'main',
      '--question',
      QUESTION,
      '--option',
      'Red',
      '--option',
      'Blue',
      '--seconds',
      String(seconds),
    );

  test('are counted once for each viewer, and shown in the page and in the terminal', async () => {
    const viewers = await Promise.all([run.open('?format=ll-hls'), run.open('?format=ll-hls')]);
    const followed = ask(60);
    for (const [index, { page }] of viewers.entries()) {
      await untilAsked(page, QUESTION);
      await voteFor(page, index === 0 ? 'Red' : 'Blue');
    }
    for (const { page } of viewers) await page.locator('.poll[data-votes="2"]').waitFor();
    const [first] = viewers;
    // Somebody who loads the page again, and forgets the vote, has voted all the same.
    await first?.page.evaluate(() => localStorage.removeItem('poll-voted'));
    await first?.page.reload();
    await untilAsked(first?.page ?? raise(), QUESTION);
    await first?.page.getByRole('button', { name: 'Blue' }).click();
    await first?.page.getByText('Your vote has been counted before.').waitFor();
    const asked = await run.live('poll', 'main');
    expect(asked).toMatch(/^Who scores next\? {2}\(2 votes, .*\)\n {2}Red +1 +50 %\n {2}Blue +1 +50 %$/);
    await first?.page.getByText('Voting is closed.').waitFor();
    expect(await followed).toMatch(/\(2 votes, closed\)\n {2}Red +1 +50 %\n {2}Blue +1 +50 %$/);
    for (const { page } of viewers) {
      await page.locator('.poll').waitFor({ state: 'hidden' });
      await page.context().close();
    }
    for (const { errors } of viewers) expect(errors.filter((error) => !/409/.test(error))).toEqual([]);
  });
});

function raise(): never {
  throw new Error('There is no such viewer');
}
