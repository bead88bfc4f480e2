import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DescribeChannelCommand, ListChannelsCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';

let command: LocalCommand;
let browser: Browser;
let page: Page;
let mediaLive: MediaLiveClient;

beforeAll(async () => {
  [command, browser] = await Promise.all([
    LocalCommand.start({
      channels: [
        { name: 'main', input: { kind: 'test-clip' }, ladder: [{ width: 320, height: 180, bitrate: 200_000 }] },
      ],
    }),
    openBrowser(),
  ]);
  const credentials = command.keys;
  mediaLive = new MediaLiveClient({ endpoint: command.apiUrl, region: 'us-east-1', credentials });
  ({ page } = await openPlayer(browser, command.playerUrl));
  await untilPlaying(page);
});

afterAll(async () => {
  mediaLive.destroy();
  await browser.close();
  await command.end();
});

/** Runs `npm run live`, as an operator does. */
function live(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'bin/live.ts', ...args, '--local', '--endpoint', command.apiUrl],
    { cwd: join(__dirname, '..', '..'), encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('the operator’s command, against the local run,', () => {
  test('shows the running channels, their cost and their URLs', () => {
    const status = live('status');
    expect(status).toMatchObject({ status: 0 });
    expect(status.stdout).toMatch(/main.*RUNNING/s);
    expect(status.stdout).toMatch(/USD/);
    expect(live('urls').stdout).toContain('/out/v1/live-streaming/main/cmaf/low-latency.m3u8');
  });

  test('stops a channel, and the player reports it', async () => {
    expect(live('stop', 'main')).toMatchObject({ status: 0 });
    const { Channels = [] } = await mediaLive.send(new ListChannelsCommand({}));
    expect(Channels.map(({ State }) => State)).toEqual(['IDLE']);
    await page.waitForFunction(() =>
      /stopped|stale|waiting|idle/.test(document.querySelector('[data-status]')?.getAttribute('data-status') ?? ''),
    );
    expect(await page.locator('body').textContent()).toMatch(/stopped|waiting|idle/i);
  });

  test('starts the channel again, and playback resumes without a click', async () => {
    expect(live('start', 'main')).toMatchObject({ status: 0 });
    await untilPlaying(page, 2);
  });

  test('prints JSON for scripts, and reports errors by its exit code', async () => {
    const { stdout, status } = live('status', '--json');
    expect(status).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toContain('RUNNING');
    expect(live('stop', 'other')).toMatchObject({ status: 2 });
    expect(live('dance')).toMatchObject({ status: 1 });
  });

  test('shows the tags of the stack, and the ladder', async () => {
    const { Channels: [channel] = [] } = await mediaLive.send(new ListChannelsCommand({}));
    const found = await mediaLive.send(new DescribeChannelCommand({ ChannelId: channel?.Id }));
    expect(found.Tags).toMatchObject({ 'live-streaming:channel': 'main' });
    expect(found.EncoderSettings?.VideoDescriptions?.map(({ Width }) => Width)).toEqual([320]);
  });
});
