import type { Page } from 'playwright-core';
import { AudienceRun } from '../test/end-to-end/audience-run';
import { openBrowser, untilPlaying } from '../test/end-to-end/browser';
import { observed } from '../test/end-to-end/observed';
import { audienceLake } from './audience-lake';
import { median, type Row, type Section, time } from './table';

/** Time that both viewers watch, in seconds: three heartbeats. */
const SECONDS = 90;

/** Measures what reports cost: the way into the lake and out of it, and a viewer who reports beside one who does not. */
export async function audience(): Promise<Section> {
  return { title: 'The audience', rows: [...(await audienceLake()), ...(await players())] };
}

async function players(): Promise<readonly Row[]> {
  const run = await AudienceRun.start(openBrowser());
  try {
    const reports = await run.open();
    const silent = await run.open((page) => page.route('**/config.json', withoutAudience));
    const pages = [reports.page, silent.page];
    await Promise.all(pages.map((page) => untilPlaying(page, 10)));
    const before = await Promise.all(pages.map(frames));
    const distances: number[][] = pages.map(() => []);
    for (let second = 0; second < SECONDS; second += 1) {
      await reports.page.waitForTimeout(1000);
      const seen = await Promise.all(pages.map(behind));
      seen.forEach((value, index) => void (value !== null && distances[index]?.push(value)));
    }
    const after = await Promise.all(pages.map(frames));
    const names = [
      `player that reports, ${reports.lines.length} reports`,
      `player that does not, ${silent.lines.length}`,
    ];
    return await Promise.all(
      pages.map(async (page, index) => {
        const [one, other] = [before[index], after[index]];
        if (one === undefined || other === undefined) throw new Error('a page was not looked at');
        const { startup = Number.NaN } = await observed(page);
        return {
          what: names[index] ?? '',
          value: `${other.dropped - one.dropped} of ${other.shown - one.shown} frames dropped`,
          note: `started in ${time(startup)}; ${median(distances[index] ?? []).toFixed(2)} s behind live; ${SECONDS} s`,
        };
      }),
    );
  } finally {
    await run.end();
  }
}

/** Answers with the page's settings as a stack without analytics has them. */
async function withoutAudience(route: Parameters<Parameters<Page['route']>[1]>[0]): Promise<void> {
  const response = await route.fetch();
  const { audience: _, ...json } = await response.json();
  await route.fulfill({ response, json });
}

function behind(page: Page): Promise<number | null> {
  return page.evaluate(() => window.livePlayer?.state().behindSeconds ?? null);
}

async function frames(page: Page): Promise<{ readonly dropped: number; readonly shown: number }> {
  return page.evaluate(() => {
    const { droppedVideoFrames = 0, totalVideoFrames = 0 } =
      document.querySelector('video')?.getVideoPlaybackQuality() ?? {};
    return { dropped: droppedVideoFrames, shown: totalVideoFrames };
  });
}
