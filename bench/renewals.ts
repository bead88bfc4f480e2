import type { Browser, Page } from 'playwright-core';
import { openBrowser, untilPlaying } from '../test/end-to-end/browser';
import { PrivateRun, signIn } from '../test/end-to-end/private-run';
import type { Row, Section } from './table';

/** Time that both viewers watch, in seconds: three lives of a token. */
const SECONDS = 90;

/**
 * Measures what renewals cost a viewer: dropped frames and stalls of one who watches a private channel for three lives of
 * a token, beside one who watches a public channel of the same kind at the same time.
 */
export async function renewals(): Promise<Section> {
  const run = await PrivateRun.start({ publicRuns: true });
  const browser = await openBrowser();
  try {
    const withToken = await signIn(await page(browser, `${run.command.playerUrl}?channel=main&format=hls`));
    const clean = await page(browser, `${run.command.playerUrl}?channel=free&format=hls`);
    const tokens = new Set<string>();
    withToken.on('request', (asked) => {
      const [, found] = /\/s\/([^/]+)\//.exec(asked.url()) ?? [];
      if (found !== undefined) tokens.add(found);
    });
    await Promise.all([untilPlaying(withToken, 10), untilPlaying(clean, 10)]);
    const before = await Promise.all([seen(withToken), seen(clean)]);
    await withToken.waitForTimeout(SECONDS * 1000);
    const after = await Promise.all([seen(withToken), seen(clean)]);
    return {
      title: 'Renewals: a private channel beside a public one',
      rows: [
        row(`private, ${tokens.size} tokens in ${SECONDS} s`, before[0], after[0]),
        row('public', before[1], after[1]),
      ],
    };
  } finally {
    await browser.close();
    await run.command.end();
  }
}

interface Seen {
  readonly dropped: number;
  readonly shown: number;
  readonly position: number;
}

async function page(browser: Browser, url: string): Promise<Page> {
  const opened = await (await browser.newContext()).newPage();
  await opened.goto(url);
  return opened;
}

async function seen(viewer: Page): Promise<Seen> {
  return viewer.evaluate(() => {
    const video = document.querySelector('video');
    const { droppedVideoFrames = 0, totalVideoFrames = 0 } = video?.getVideoPlaybackQuality() ?? {};
    return { dropped: droppedVideoFrames, shown: totalVideoFrames, position: video?.currentTime ?? 0 };
  });
}

function row(what: string, before: Seen, after: Seen): Row {
  const played = after.position - before.position;
  return {
    what,
    value: `${after.dropped - before.dropped} of ${after.shown - before.shown} frames dropped`,
    note: `${played.toFixed(1)} s played in ${SECONDS} s`,
  };
}
