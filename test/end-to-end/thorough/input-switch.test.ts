import {
  BatchUpdateScheduleCommand,
  DescribeChannelCommand,
  ListChannelsCommand,
  MediaLiveClient,
} from '@aws-sdk/client-medialive';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { openBrowser, openPlayer, untilPlaying } from '../browser';
import { CLOCK_LAYOUT, frameAge } from '../clock';
import { LocalCommand } from '../command';
import { Publisher } from '../publisher';

const DESCRIPTION: LiveStreamInput = {
  channels: [
    {
      name: 'stage',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/camera'] },
      preparedInputs: [{ name: 'film', input: { kind: 'test-clip' } }],
      ladder: [{ width: 426, height: 240, bitrate: 300_000 }],
      latency: 'low',
    },
  ],
};

let command: LocalCommand;
let browser: Browser;
let page: Page;
let publisher: Publisher;
let mediaLive: MediaLiveClient;
let channelId: string;

beforeAll(async () => {
  [command, browser] = await Promise.all([LocalCommand.start(DESCRIPTION), openBrowser()]);
  ({ page } = await openPlayer(browser, command.playerUrl));
  publisher = Publisher.start(`rtmp://127.0.0.1:${command.rtmpPort}/live/camera`);
  const credentials = command.keys;
  mediaLive = new MediaLiveClient({ endpoint: command.apiUrl, region: 'us-east-1', credentials });
  channelId = (await mediaLive.send(new ListChannelsCommand({}))).Channels?.[0]?.Id ?? '';
});

afterAll(async () => {
  mediaLive.destroy();
  await publisher.kill();
  await browser.close();
  await command.end();
});

async function switchTo(attachment: string): Promise<void> {
  const ScheduleActions = [
    {
      ActionName: `to-${attachment}-${Date.now()}`,
      ScheduleActionStartSettings: { ImmediateModeScheduleActionStartSettings: {} },
      ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference: attachment } },
    },
  ];
  await mediaLive.send(new BatchUpdateScheduleCommand({ ChannelId: channelId, Creates: { ScheduleActions } }));
}

/** Counts the readings that show the camera's clock of a moment ago. */
async function cameraSeen(): Promise<number> {
  let seen = 0;
  for (let reading = 0; reading < 15; reading += 1) {
    if (((await page.evaluate(frameAge, CLOCK_LAYOUT)) ?? Number.POSITIVE_INFINITY) < 30_000) seen += 1;
    await page.waitForTimeout(200);
  }
  return seen;
}

describe('the local run of a channel with prepared inputs', () => {
  test('starts with its first input', async () => {
    await untilPlaying(page);
    expect(await cameraSeen()).toBeGreaterThan(8);
    expect(command.log).not.toContain('playing the file');
  });

  test('shows another input when a producer switches to it, while a viewer watches', async () => {
    await switchTo('stage-film');
    await page.waitForTimeout(15_000);
    await untilPlaying(page, 5);
    expect(command.log).toMatch(/input stage-film: playing the file/);
    const { PipelineDetails } = await mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }));
    expect(PipelineDetails?.[0]?.ActiveInputAttachmentName).toBe('stage-film');
    expect(await cameraSeen()).toBeLessThan(3);
  });

  test('shows the first one again when the producer switches back', async () => {
    await switchTo('stage');
    await page.waitForTimeout(15_000);
    await untilPlaying(page, 5);
    expect(await cameraSeen()).toBeGreaterThan(8);
  });
});
