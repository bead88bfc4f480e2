import { ListChannelsCommand, MediaLiveClient, StartChannelCommand } from '@aws-sdk/client-medialive';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { PATIENCE } from './patience';
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

/** Waits for the picture. On a machine so busy that the guard was faster than the publisher, the channel starts again. */
async function untilPicture(): Promise<void> {
  const client = new MediaLiveClient({ endpoint: command.apiUrl, region: 'us-east-1', credentials: command.keys });
  const end = Date.now() + PATIENCE;
  while (!(await page.evaluate(() => (document.querySelector('video')?.videoWidth ?? 0) > 0))) {
    if (Date.now() > end) throw new Error(`There is no picture:\n${command.log.slice(-4000)}`);
    const { Channels: [channel] = [] } = await client.send(new ListChannelsCommand({}));
    if (channel?.State === 'IDLE') await client.send(new StartChannelCommand({ ChannelId: channel.Id }));
    await page.waitForTimeout(500);
  }
  client.destroy();
}

describe('the money guard of the local run, in hurried time', () => {
  test('lets a channel run beyond the limit while its publisher is connected', async () => {
    await untilPicture();
    await untilPlaying(page);
    const before = command.output.length;
    await page.waitForTimeout(25_000);
    await untilPlaying(page);
    expect(command.output.slice(before)).not.toMatch(/was stopped/);
  });

  test('stops a channel whose publisher has left, and publishes a notice', async () => {
    await publisher?.kill();
    await command.until(/Channel stage was stopped: its input has been lost for \d+ minutes/);
    await page.waitForFunction(() =>
      /stopped|stale|waiting/.test(document.querySelector('[data-status]')?.getAttribute('data-status') ?? ''),
    );
  });
});
