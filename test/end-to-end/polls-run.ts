import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openPlayer, untilPlaying, type Viewer } from './browser';
import { LocalCommand } from './command';
import { liveCommand } from './live-command';
import { PATIENCE } from './patience';
import { SMALL_CHANNEL } from './small-channel';

const description: LiveStreamInput = {
  operations: false,
  channels: [{ ...SMALL_CHANNEL, timedMetadata: true, polls: true }],
};

/** A question that came to a screen. */
export interface ShownQuestion {
  readonly question: string;
  /** Date of the frame on the screen when the question came, by the player, in milliseconds since 1970. */
  readonly date: number;
  /** Position of the video at this time, in milliseconds. */
  readonly position: number;
  /** Time within the last second in which the page could do nothing, as on a busy machine; milliseconds. */
  readonly stalled: number;
}

/** A local run of a channel with polls. */
export class PollsRun {
  private constructor(
    readonly command: LocalCommand,
    private readonly browser: Browser,
  ) {}

  static async start(browser: Promise<Browser>): Promise<PollsRun> {
    const command = LocalCommand.start(description);
    return new PollsRun(await command, await browser);
  }

  /** Opens the player in a browser of its own, which notes when questions come to the screen. */
  async open(query = ''): Promise<Viewer> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(() => {
      const shown: ShownQuestion[] = [];
      let last = '';
      let ticks = [performance.now()];
      Object.assign(window, { shown });
      setInterval(() => {
        const now = performance.now();
        ticks = [...ticks.filter((tick) => tick > now - 1000), now];
        const box = document.querySelector<HTMLElement>('.poll');
        const question = box === null || box.hidden ? '' : (box.querySelector('h2')?.textContent ?? '');
        if (question !== last && question !== '') {
          const latency = window.livePlayer?.state().latencySeconds ?? Number.NaN;
          const position = 1000 * (document.querySelector('video')?.currentTime ?? Number.NaN);
          const stalled = ticks.reduce((sum, tick, at) => sum + Math.max(0, tick - (ticks[at - 1] ?? tick) - 40), 0);
          shown.push({ question, date: Date.now() - latency * 1000, position, stalled });
        }
        last = question;
      }, 20);
    });
    const viewer = await openPlayer({ newPage: () => context.newPage() }, `${this.command.playerUrl}${query}`);
    await untilPlaying(viewer.page, 3);
    return viewer;
  }

  /** Runs `npm run live` in this process, and returns what it printed. */
  async live(...words: readonly string[]): Promise<string> {
    const { out } = await liveCommand(this.command.apiUrl, words);
    return out.join('\n');
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.command.end();
  }
}

/** Waits for a question. */
export async function untilAsked(page: Page, question: string): Promise<ShownQuestion> {
  const found = await page.waitForFunction((wanted) => {
    const { shown = [] } = window as { readonly shown?: readonly ShownQuestion[] };
    return shown.find((one) => one.question === wanted);
  }, question);
  return (await found.jsonValue()) as ShownQuestion;
}

/** Votes as a viewer does, who tries again where a busy machine has not answered in time. */
export async function voteFor(page: Page, option: string): Promise<void> {
  // A vote whose answer was lost has been counted when it is sent again.
  const thanks = page.getByText('Thank you for your vote.');
  const before = page.getByText('Your vote has been counted before.');
  const button = page.getByRole('button', { name: option });
  const end = Date.now() + PATIENCE;
  let votes = 0;
  while (!(await thanks.isVisible()) && !(votes > 1 && (await before.isVisible()))) {
    if (Date.now() > end) throw new Error(`The vote for ${option} was not counted in ${PATIENCE} ms`);
    if (await button.isEnabled()) {
      await button.click();
      votes += 1;
    }
    await pause(200);
  }
}
