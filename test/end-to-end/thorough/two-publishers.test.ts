import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { openBrowser, openPlayer, untilPlaying } from '../browser';
import { LocalCommand } from '../command';
import { Publisher } from '../publisher';
import { expectToGoOn, watched } from '../watched';

const NAMES = ['live/one', 'live/two'];
const DESCRIPTION: LiveStreamInput = {
  channels: [
    {
      name: 'stage',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: NAMES },
      ladder: [{ width: 320, height: 180, bitrate: 200_000 }],
      latency: 'low',
      redundancy: 'two-pipelines',
    },
  ],
};

let command: LocalCommand;
let browser: Browser;
let page: Page;
let urls: readonly string[] = [];
let publishers: readonly Publisher[] = [];

beforeAll(async () => {
  [command, browser] = await Promise.all([LocalCommand.start(DESCRIPTION), openBrowser()]);
  urls = NAMES.map((name) => new RegExp(`rtmp://127\\.0\\.0\\.1:\\d+/${name}`).exec(command.output)?.[0] ?? '');
  publishers = urls.map((url) => Publisher.start(url, '320x180'));
  ({ page } = await openPlayer(browser, `${command.playerUrl}?channel=stage&format=hls`));
  await untilPlaying(page, 6);
});

afterAll(async () => {
  await Promise.all(publishers.map((publisher) => publisher.kill()));
  await browser.close();
  await command.end();
});

describe('the local run of a push channel with a publisher for each pipeline', () => {
  test('plays on when one publisher is cut off, and then the other', async () => {
    for (const index of [0, 1]) {
      await publishers[index]?.kill();
      expectToGoOn(await watched(page, 10));
      publishers = publishers.map((each, at) => (at === index ? Publisher.start(urls[at] ?? '', '320x180') : each));
      // Waits until its encoder stands by.
      await untilPlaying(page, 6);
    }
    // One of the two changes was from the pipeline on air, whichever that was.
    expect(command.log).toContain('pipeline 0 is on air: pipeline 1 sends nothing');
  });
});
