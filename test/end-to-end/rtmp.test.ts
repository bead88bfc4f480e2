import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { CLOCK_LAYOUT, frameAge } from './clock';
import { LocalCommand } from './command';
import { descendants } from './processes';
import { untilFramesAfter } from './published';
import { Publisher } from './publisher';

const DESCRIPTION: LiveStreamInput = {
  channels: [
    {
      name: 'stage',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/secret'] },
      ladder: [
        { width: 426, height: 240, bitrate: 300_000 },
        { width: 640, height: 360, bitrate: 800_000 },
      ],
      latency: 'low',
    },
  ],
};

let command: LocalCommand;
let browser: Browser;
let page: Page;
let publisher: Publisher | undefined;

beforeAll(async () => {
  [command, browser] = await Promise.all([LocalCommand.start(DESCRIPTION), openBrowser()]);
  ({ page } = await openPlayer(browser, command.playerUrl));
});

afterAll(async () => {
  await publisher?.kill();
  await browser.close();
  await command.end();
});

const ingest = (key = 'secret') => `rtmp://127.0.0.1:${command.rtmpPort}/live/${key}`;

async function untilStatus(status: RegExp): Promise<void> {
  await page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('[data-status]')?.getAttribute('data-status') ?? ''),
    status.source,
  );
}

describe('the local run of an RTMP push channel', () => {
  test('prints the address to publish to, and waits for a publisher', async () => {
    expect(command.output).toContain(ingest());
    expect(command.output).toMatch(/waiting/);
    // The words come a moment after the status: their code is loaded when it is first needed.
    await page.waitForSelector('[data-status="waiting"]:has-text("Waiting for the encoder")');
  });

  test('refuses a publisher with another stream key', async () => {
    const { code } = await Publisher.start(ingest('guess')).ended();
    expect(code).not.toBe(0);
  });

  test('plays a publisher’s video to a viewer who came before it', async () => {
    publisher = Publisher.start(ingest());
    await untilPlaying(page);
    const ages: (number | undefined)[] = [];
    for (let reading = 0; reading < 20; reading += 1) {
      ages.push(await page.evaluate(frameAge, CLOCK_LAYOUT));
      await page.waitForTimeout(200);
    }
    const read = ages.filter((age) => age !== undefined).sort((one, other) => one - other);
    expect(read.length).toBeGreaterThan(10);
    // The median: in a frame of 240 lines, a square is misread now and then.
    expect(read[Math.floor(read.length / 2)]).toBeLessThan(30_000);
  });

  test('reports that the publisher has dropped, and plays again when it is back, without a click or a restart', async () => {
    await publisher?.kill();
    await untilStatus(/waiting|stale|stopped|stalled/);
    publisher = Publisher.start(ingest());
    await untilStatus(/playing/);
    await untilPlaying(page);
  });

  test('restarts an encoder that has died, reports it, and plays again', async () => {
    const encoder = descendants(command.pid).find(({ command: line }) => /ffmpeg.*libx264/.test(line));
    expect(encoder).toBeDefined();
    if (encoder !== undefined) process.kill(encoder.pid, 'SIGKILL');
    await untilFramesAfter(page, Date.now());
    await untilStatus(/playing/);
    await untilPlaying(page);
    expect(command.log).toMatch(/the encoder has ended \(.+\); starting it again/);
  });
});
