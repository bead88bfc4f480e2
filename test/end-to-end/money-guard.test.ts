import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { Publisher } from './publisher';

let command: LocalCommand;
let browser: Browser;
let page: Page;
let publisher: Publisher | undefined;

beforeAll(async () => {
  browser = await openBrowser();
  command = await LocalCommand.begin(
    {
      channels: [
        {
          name: 'stage',
          input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/secret'] },
          ladder: [{ width: 426, height: 240, bitrate: 300_000 }],
          latency: 'low',
          autoStop: { afterInputLossMinutes: 20 },
        },
      ],
    },
    // Twenty minutes take twenty seconds.
    ['--hurry', '60'],
  );
  // Before the channel runs: on a busy machine, opening the page may take longer than the guard waits.
  publisher = Publisher.start(`rtmp://127.0.0.1:${command.rtmpPort}/live/secret`);
  await command.until(/Player +http/);
  ({ page } = await openPlayer(browser, command.playerUrl));
});

afterAll(async () => {
  await publisher?.kill();
  await browser.close();
  await command.end();
});

describe('the money guard of the local run, in hurried time', () => {
  test('lets a channel run beyond the limit while its publisher is connected', async () => {
    await untilPlaying(page);
    await page.waitForTimeout(25_000);
    await untilPlaying(page);
    expect(command.output).not.toMatch(/was stopped/);
  });

  test('stops a channel whose publisher has left, and publishes a notice', async () => {
    await publisher?.kill();
    await command.until(/Channel stage was stopped: its input has been lost for \d+ minutes/);
    await page.waitForFunction(() =>
      /stopped|stale|waiting/.test(document.querySelector('[data-status]')?.getAttribute('data-status') ?? ''),
    );
  });
});
