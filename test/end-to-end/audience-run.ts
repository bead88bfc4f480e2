import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { LocalCommand } from './command';
import { liveCommand } from './live-command';
import { type Observed, observe } from './observed';
import { PATIENCE } from './patience';
import { SMALL_CHANNEL } from './small-channel';

/** One row of an answer. */
export type AnswerRow = Readonly<Record<string, string | null>>;

/** One viewer, and everything that his page reported. */
export interface ReportingViewer {
  readonly page: Page;
  /** Id of his session, once he has reported. */
  readonly sid: () => string | undefined;
  /** Lines that his page has sent. */
  readonly lines: readonly string[];
  /** Requests for the code that reports. */
  readonly chunks: readonly string[];
}

/** A local run with an audience. Reports are written 10 times as soon as on AWS. */
export class AudienceRun {
  private constructor(
    readonly command: LocalCommand,
    private readonly browser: Browser,
  ) {}

  static async start(browser: Promise<Browser>): Promise<AudienceRun> {
    const command = LocalCommand.start(
      {
        analytics: true,
        operations: false,
        channels: [SMALL_CHANNEL],
      },
      ['--hurry', '10'],
    );
    return new AudienceRun(await command, await browser);
  }

  /** Opens the player in a browser of its own, after a change of the page. */
  async open(prepare: (page: Page) => Promise<unknown> = async () => {}): Promise<ReportingViewer> {
    const page = await (await this.browser.newContext()).newPage();
    // tsx, which runs the benchmarks, wraps functions in a helper that a page does not have.
    await page.addInitScript('globalThis.__name = (named) => named;');
    page.setDefaultTimeout(PATIENCE);
    const [lines, chunks]: [string[], string[]] = [[], []];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/beacon') lines.push(...(searchParams.get('CMCD') ?? '').split('\n'));
      if (/\/audience-\w+\.js$/.test(pathname)) chunks.push(pathname);
    });
    await observe(page);
    await prepare(page);
    await page.goto(this.command.playerUrl);
    return { page, lines, chunks, sid: () => /sid="([^"]+)"/.exec(lines.join('\n'))?.[1] };
  }

  /** Closes the page of a viewer as he would. His last report is on its way then, and no request of a page any more. */
  async leave({ page }: ReportingViewer): Promise<void> {
    await page.goto('about:blank');
  }

  /** Waits until the lake has the last report of each session: that it was left. */
  async untilWritten(viewers: readonly ReportingViewer[]): Promise<void> {
    for (const viewer of viewers) {
      await until('the last report is written', async () => {
        const rows = await this.ask('session-timeline', '--session', viewer.sid() ?? '');
        return rows.at(-1)?.['sta'] === 'q';
      });
    }
  }

  /** Runs `npm run live` in this process, and returns what it printed. */
  async live(...words: readonly string[]): Promise<string> {
    const { out, err } = await liveCommand(this.command.apiUrl, [...words, '--json']);
    return [...out, ...err].join('\n');
  }

  /** Asks a saved query. */
  async ask(name: string, ...words: readonly string[]): Promise<readonly AnswerRow[]> {
    return JSON.parse(await this.live('query', name, ...words));
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.command.end();
  }
}

/** Waits for a condition. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
    await pause(1000);
  }
}

/** Adds up what several viewers observed. */
export function together(viewers: readonly Observed[]): { readonly moved: number; readonly still: number } {
  const sum = (pick: (one: Observed) => number) => viewers.reduce((total, one) => total + pick(one), 0);
  return { moved: sum(({ moved }) => moved), still: sum(({ still }) => still) };
}
