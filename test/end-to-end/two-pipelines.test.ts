import {
  ChannelPipelineIdToRestart,
  DescribeChannelCommand,
  ListChannelsCommand,
  MediaLiveClient,
  RestartChannelPipelinesCommand,
} from '@aws-sdk/client-medialive';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { text, variants } from './media';
import { PATIENCE } from './patience';
import { descendants, untilGone } from './processes';
import { Publisher } from './publisher';
import { expectToGoOn, watched } from './watched';

const NAMES = ['live/one', 'live/two'];
const SIZE = '426x240';
const DESCRIPTION: LiveStreamInput = {
  channels: [
    {
      name: 'main',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: NAMES },
      ladder: [
        { width: 426, height: 240, bitrate: 300_000 },
        { width: 640, height: 360, bitrate: 800_000 },
      ],
      latency: 'low',
      redundancy: 'two-pipelines',
    },
  ],
};

let command: LocalCommand;
let browser: Browser;
let page: Page;
let mediaLive: MediaLiveClient;
let channelId: string;
let urls: readonly string[] = [];
let publishers: readonly Publisher[] = [];

beforeAll(async () => {
  [command, browser] = await Promise.all([LocalCommand.start(DESCRIPTION), openBrowser()]);
  urls = NAMES.map((name) => new RegExp(`rtmp://127\\.0\\.0\\.1:\\d+/${name}`).exec(command.output)?.[0] ?? '');
  publishers = urls.map((url) => Publisher.start(url, SIZE));
  const credentials = command.keys;
  mediaLive = new MediaLiveClient({ endpoint: command.apiUrl, region: 'us-east-1', credentials });
  const { Channels: [channel] = [] } = await mediaLive.send(new ListChannelsCommand({}));
  channelId = channel?.Id ?? '';
  ({ page } = await openPlayer(browser, `${command.playerUrl}?channel=main&format=hls`));
  await untilPlaying(page, 6);
});

afterAll(async () => {
  mediaLive.destroy();
  await Promise.all(publishers.map((publisher) => publisher.kill()));
  await browser.close();
  await command.end();
});

/** Finds the process that encodes a pipeline; it posts to that pipeline's ingest endpoint. */
function encoder(pipeline: number): number | undefined {
  const endpoint = `/in/v1/live-streaming/${pipeline + 1}/`;
  return descendants(command.pid).find(({ command: words }) => words.includes(endpoint))?.pid;
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}:\n${command.log.slice(-4000)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function pipelinesRunning(): Promise<number> {
  const { PipelinesRunningCount = 0 } = await mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }));
  return PipelinesRunningCount;
}

describe('the local run of a channel with two pipelines', () => {
  test('encodes both pipelines, and reports each', async () => {
    await until('two encoders', () => encoder(0) !== undefined && encoder(1) !== undefined);
    // A busy machine may be replacing an encoder at this moment.
    await until('two pipelines that run', async () => (await pipelinesRunning()) === 2);
    const channel = await mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }));
    expect(channel.PipelineDetails?.map(({ PipelineId }) => PipelineId)).toEqual(['0', '1']);
  });

  test.each([0, 1])(
    'goes on with the picture when the encoder of pipeline %i dies, and starts that one again',
    async (pipeline) => {
      const [dies, stays] = [encoder(pipeline), encoder(1 - pipeline)];
      if (dies === undefined) throw new Error(`nothing encodes pipeline ${pipeline}`);
      process.kill(dies, 'SIGKILL');
      const watching = watched(page, 15);
      await until('one pipeline that runs', async () => (await pipelinesRunning()) === 1);
      await until('two again', async () => (await pipelinesRunning()) === 2);
      expectToGoOn(await watching);
      expect(encoder(1 - pipeline)).toBe(stays);
      expect([undefined, dies]).not.toContain(encoder(pipeline));
    },
  );

  test('has filled the gap of pipeline 1 from pipeline 0, with consecutive segment numbers', async () => {
    // This pipeline is on air now, whichever was first.
    await until('pipeline 0 on air', () => command.log.includes('pipeline 0 is on air: pipeline 1 sends nothing'));
    const url = new URL('/out/v1/live-streaming/main/cmaf/index.m3u8', command.playerUrl).href;
    const playlist = await text(variants(await text(url), url)[0]?.url ?? '');
    expect(playlist).not.toContain('EXT-X-DISCONTINUITY\n');
    const numbers = [...playlist.matchAll(/^segment_.*?_(\d+)\.mp4$/gm)].map(([, number]) => Number(number));
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  test('restarts the named pipeline, without touching the other one or the video', async () => {
    const [stays, ends] = [encoder(0), encoder(1)];
    const PipelineIds = [ChannelPipelineIdToRestart.PIPELINE_1];
    const watching = watched(page, 8);
    await mediaLive.send(new RestartChannelPipelinesCommand({ ChannelId: channelId, PipelineIds }));
    // The pipeline's publisher is cut off, and connects again.
    await publishers[1]?.ended();
    publishers = publishers.map((one, index) => (index === 1 ? Publisher.start(urls[1] ?? '', SIZE) : one));
    await until('another encoder', () => ![undefined, ends].includes(encoder(1)));
    expect(encoder(0)).toBe(stays);
    expectToGoOn(await watching);
    await until('two again', async () => (await pipelinesRunning()) === 2);
  });

  test('leaves no process behind', async () => {
    const before = descendants(command.pid);
    expect(before.filter(({ command: words }) => words.includes('ffmpeg')).length).toBeGreaterThanOrEqual(4);
    expect(await command.end()).toBe(0);
    expect(await untilGone(before.map(({ pid }) => pid))).toEqual([]);
  });
});
