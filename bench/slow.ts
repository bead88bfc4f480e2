import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from '../test/end-to-end/browser';
import { CLOCK_LAYOUT, frameAge } from '../test/end-to-end/clock';
import { LocalCommand } from '../test/end-to-end/command';
import { Publisher } from '../test/end-to-end/publisher';
import { median, type Row, type Section, time } from './table';

/** Shares of the time that the encoder may run: the machine as it is, two that are far too slow, and the first again. */
const SHARES = [1, 0.15, 0.05, 1] as const;
/** Wait after a change before readings count, because the player first shows its old buffer. */
const SETTLE_SECONDS = 5;

/**
 * Measures glass to glass on a machine that is too slow for the ladder, and becomes fast enough again. A wrapper of
 * ffmpeg acts the slow machine: it stops the encoder for most of every tenth of a second.
 *
 * @param seconds - time that the encoder keeps each share.
 */
export async function slow(seconds: number): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'slow-encoder-'));
  const throttle = new Throttle(folder);
  const command = await LocalCommand.start(
    {
      channels: [
        {
          name: 'main',
          input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/clock'] },
          latency: 'low',
          // Small, so that only the wrapper makes it slow.
          ladder: [
            { width: 320, height: 180, bitrate: 300_000 },
            { width: 640, height: 360, bitrate: 800_000 },
          ],
        },
      ],
    },
    [],
    { FFMPEG_PATH: throttle.ffmpeg },
  );
  const publisher = Publisher.start(`rtmp://127.0.0.1:${command.rtmpPort}/live/clock`, '640x360');
  const browser = await openBrowser();
  try {
    const { page } = await openPlayer(browser, command.playerUrl);
    await untilPlaying(page, 10);
    const rows: Row[] = [];
    for (const share of SHARES) {
      throttle.give(share);
      const said = command.log.length;
      await page.waitForTimeout(SETTLE_SECONDS * 1000);
      const ages = await read(page, seconds);
      const lines = command.log.slice(said).match(/encoder main: (?!encodes with).*/g) ?? [];
      rows.push({
        what: `${Math.round(share * 100)} % of the time`,
        value: `worst ${time(Math.max(...ages))}`,
        note: `median ${time(median(ages))} of ${ages.length} readings; ${lines.length === 0 ? 'no message' : lines.join('; ')}`,
      });
    }
    return { title: 'Local run: glass to glass on a machine that is too slow (goal: at most 10 s)', rows };
  } finally {
    await browser.close();
    await publisher.kill();
    await command.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function read(page: Page, seconds: number): Promise<readonly number[]> {
  const ages: number[] = [];
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const age = await page.evaluate(frameAge, CLOCK_LAYOUT);
    if (age !== undefined) ages.push(age);
    await page.waitForTimeout(250);
  }
  return ages;
}

/** An ffmpeg whose encoders run for a share of the time. The share can change while they run. */
class Throttle {
  readonly ffmpeg: string;
  private readonly shareFile: string;

  constructor(folder: string) {
    this.ffmpeg = join(folder, 'ffmpeg.cjs');
    this.shareFile = join(folder, 'share');
    this.give(1);
    writeFileSync(this.ffmpeg, `#!${process.execPath}\n${wrapper(this.shareFile)}`);
    chmodSync(this.ffmpeg, 0o755);
  }

  give(share: number): void {
    writeFileSync(this.shareFile, String(share));
  }
}

function wrapper(shareFile: string): string {
  return `
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const encodes = process.argv.includes('pipe:3');
const stdio = encodes ? ['inherit', 'inherit', 'inherit', 3] : 'inherit';
const child = spawn(${JSON.stringify(process.env['FFMPEG_PATH'] || 'ffmpeg')}, process.argv.slice(2), { stdio });
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    child.kill('SIGCONT');
    child.kill(signal);
  });
}
const period = 100;
if (encodes) {
  setInterval(() => {
    const share = Number(readFileSync(${JSON.stringify(shareFile)}, 'utf8') || 1);
    if (share >= 1) return;
    child.kill('SIGSTOP');
    setTimeout(() => child.kill('SIGCONT'), period * (1 - share));
  }, period);
}
`;
}
