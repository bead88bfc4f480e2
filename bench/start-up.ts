import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../test/end-to-end/browser';
import { freePort } from '../test/end-to-end/ports';
import { median, type Section, time } from './table';

const ROOT = resolve(__dirname, '..');
const RUNS = 3;

/** Milliseconds of one start. */
interface StartUp {
  /** Until the player's address was printed. */
  readonly printed: number;
  /** Until a browser showed the first frame. */
  readonly frame: number;
}

/** Measures the time from the command to the first frame in a browser that opens the page as soon as its address is printed. */
export async function startUp(): Promise<Section> {
  const browser = await openBrowser();
  const runs: StartUp[] = [];
  try {
    for (let run = 0; run < RUNS; run += 1) runs.push(await start(browser));
  } finally {
    await browser.close();
  }
  return {
    title: 'Local run: start-up',
    rows: [
      {
        what: 'npm start to the printed address',
        value: time(median(runs.map(({ printed }) => printed))),
        note: `median of ${RUNS}; packages installed`,
      },
      {
        what: 'npm start to the first frame',
        value: time(median(runs.map(({ frame }) => frame))),
        note: `worst ${time(Math.max(...runs.map(({ frame }) => frame)))}; goal: at most 15 s`,
      },
    ],
  };
}

async function start(browser: Browser): Promise<StartUp> {
  const [port, rtmpPort] = [await freePort(), await freePort()];
  const begun = performance.now();
  const script = [join(ROOT, 'bin', 'prepared.cjs'), 'ffmpeg', '--', join(ROOT, 'bin', 'start.ts')];
  const ports = ['--port', String(port), '--rtmp-port', String(rtmpPort)];
  const child = spawn(process.execPath, [...script, ...ports], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await untilPrinted(child);
    const printed = performance.now() - begun;
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0, undefined, {
      timeout: 60_000,
      polling: 50,
    });
    const frame = performance.now() - begun;
    await page.close();
    return { printed, frame };
  } finally {
    await ended(child);
  }
}

/** Waits for the player's address in the output. @throws Error with the output when the command ends before */
function untilPrinted(child: ChildProcessByStdio<null, Readable, null>): Promise<void> {
  return new Promise((done, fail) => {
    let output = '';
    child.once('exit', () => fail(new Error(output)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (/Player +http/.test(output)) done();
    });
  });
}

async function ended(child: ChildProcessByStdio<null, Readable, null>): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
