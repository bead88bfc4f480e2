import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { PATIENCE } from './patience';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Opens a headless Chromium of this machine.
 *
 * @param more - further arguments for it.
 * @throws Error that says how to get one.
 */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? onPath(NAMES);
  if (executablePath === undefined) {
    throw new Error('There is no Chromium on this machine: apt-get install -y chromium, or set CHROMIUM_PATH.');
  }
  return chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--mute-audio'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      '--autoplay-policy=no-user-gesture-required',
      ...more,
    ],
  });
}

/** A viewer's page: the player, and the errors on the console. */
export interface Viewer {
  readonly page: Page;
  /** Errors on the console. A missing manifest is left out: the browser logs it, and no page can prevent that. */
  readonly errors: readonly string[];
}

/** Opens the player. */
export async function openPlayer(
  browser: Pick<Browser, 'newPage'>,
  url: string,
  size = { width: 1280, height: 800 },
): Promise<Viewer> {
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(PATIENCE);
  // tsx, which runs the benchmarks, wraps functions in a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (named) => named;');
  const errors: string[] = [];
  page.on('console', (message) => {
    const { url: where } = message.location();
    const awaited = /Failed to load resource/.test(message.text()) && /\.(m3u8|mpd)/.test(where);
    if (message.type() === 'error' && !awaited) errors.push(`${message.text()} ${where}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  return { page, errors };
}

/** Waits until the video has a frame, and has played on for some seconds. */
export async function untilPlaying(page: Page, seconds = 2): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
  // Jumps do not count, and a player that starts over is counted from 0.
  const counted = await page.evaluateHandle(() => ({ played: 0, last: Number.NaN }));
  await page.waitForFunction(
    ({ counted, seconds }) => {
      const position = document.querySelector('video')?.currentTime ?? 0;
      const step = position - counted.last;
      if (step < 0) counted.played = 0;
      else if (step < 1) counted.played += step;
      counted.last = position;
      return counted.played >= seconds;
    },
    { counted, seconds },
  );
}

/** Hashes the frame that the video shows. */
export async function frameHash(page: Page): Promise<number> {
  return page.evaluate(() => {
    const video = document.querySelector('video');
    const canvas = document.createElement('canvas');
    canvas.width = 160;
    canvas.height = 90;
    const context = canvas.getContext('2d');
    if (video === null || context === null) return 0;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return context
      .getImageData(0, 0, canvas.width, canvas.height)
      .data.reduce((sum, value) => (sum * 31 + value) % 2_147_483_647, 7);
  });
}

/** Waits until the video shows another frame than now. */
export async function untilFrameChanges(page: Page): Promise<void> {
  const before = await frameHash(page);
  const end = Date.now() + PATIENCE;
  while ((await frameHash(page)) === before) {
    if (Date.now() > end) throw new Error('The video shows the same frame as before.');
    await page.waitForTimeout(200);
  }
}

function onPath(names: readonly string[]): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}
