import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { PATIENCE } from './patience';
import { untilFramesAfter } from './published';
import { Publisher } from './publisher';

const push = (name: string): Extract<LiveStreamInput['channels'][number]['input'], { kind: 'rtmp-push' }> => ({
  kind: 'rtmp-push',
  allowedCidrs: ['203.0.113.7/32'],
  streamNames: [`live/${name}`],
});

const DESCRIPTION: LiveStreamInput = {
  channels: [
    {
      name: 'stage',
      input: push('first'),
      failover: { input: push('second'), after: { inputLossSeconds: 1 }, returnSeconds: 3 },
      ladder: [{ width: 426, height: 240, bitrate: 300_000 }],
      latency: 'low',
    },
  ],
};

let command: LocalCommand;
let browser: Browser;
let page: Page;
const publishers: Publisher[] = [];

beforeAll(async () => {
  [command, browser] = await Promise.all([LocalCommand.start(DESCRIPTION), openBrowser()]);
  ({ page } = await openPlayer(browser, command.playerUrl));
});

afterAll(async () => {
  for (const publisher of publishers) await publisher.kill();
  await browser.close();
  await command.end();
});

function publish(name: string): Publisher {
  const [url] = new RegExp(`rtmp://127\\.0\\.0\\.1:\\d+/live/${name}`).exec(command.output) ?? [];
  if (url === undefined) throw new Error(`where to publish ${name} is not among:\n${command.output}`);
  const publisher = Publisher.start(url);
  publishers.push(publisher);
  return publisher;
}

async function untilLog(line: RegExp): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!line.test(command.log)) {
    if (Date.now() > end) throw new Error(`${line} did not appear in:\n${command.log.slice(-4000)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

describe('the local run of a channel with a failover', () => {
  let first: Publisher;

  test('plays its first input, and keeps the second one ready', async () => {
    first = publish('first');
    await untilLog(/input stage: publisher connected/);
    publish('second');
    await untilLog(/input stage-backup: publisher connected/);
    await untilPlaying(page);
    expect(command.log).not.toMatch(/on air: /);
  });

  test('switches to the second input when the first one is lost, while a viewer watches', async () => {
    await untilPlaying(page, 5);
    await first.kill();
    const lostAt = Date.now();
    await untilLog(/input stage-backup.*on air: input stage is lost/);
    await untilFramesAfter(page, lostAt);
    await untilPlaying(page, 5);
  });

  test('switches back when the first one recovers', async () => {
    first = publish('first');
    await untilLog(/on air: input stage is well again/);
    await untilFramesAfter(page, Date.now());
    await untilPlaying(page, 5);
  });
});
