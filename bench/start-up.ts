import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { openBrowser } from '../test/end-to-end/browser';
import { freePort } from '../test/end-to-end/command';
import { median, type Section, time } from './table';

const ROOT = resolve(__dirname, '..');
const RUNS = 3;

/** From the command to the first frame in a browser that opens the page as soon as its address is printed. */
export async function startUp(): Promise<Section> {
  const browser = await openBrowser();
  const runs: { printed: number; frame: number }[] = [];
  try {
    for (let run = 0; run < RUNS; run += 1) {
      const [port, rtmpPort] = [await freePort(), await freePort()];
      const begun = performance.now();
      const child = spawn(
        process.execPath,
        [
          join(ROOT, 'bin', 'prepared.cjs'),
          'ffmpeg',
          '--',
          join(ROOT, 'bin', 'local.ts'),
          '--port',
          String(port),
          '--rtmp-port',
          String(rtmpPort),
        ],
        {
          cwd: ROOT,
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      let output = '';
      await new Promise<void>((done, fail) => {
        child.once('exit', () => fail(new Error(output)));
        child.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString();
          if (/Player +http/.test(output)) done();
        });
      });
      const printed = performance.now() - begun;
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0, undefined, {
        timeout: 60_000,
        polling: 50,
      });
      runs.push({ printed, frame: performance.now() - begun });
      await page.close();
      child.removeAllListeners('exit');
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
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
        note: `worst ${time(Math.max(...runs.map(({ frame }) => frame)))}; at most 15 s is wanted`,
      },
    ],
  };
}
