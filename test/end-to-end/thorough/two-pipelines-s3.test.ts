import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { openBrowser, openPlayer, untilPlaying } from '../browser';
import { LocalCommand } from '../command';
import { mediaPlaylist, text, variants } from '../media';
import { descendants } from '../processes';
import { expectToGoOn, watched } from '../watched';

const DESCRIPTION: LiveStreamInput = {
  origin: 's3',
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      ladder: [{ width: 426, height: 240, bitrate: 300_000 }],
      latency: 'low',
      redundancy: 'two-pipelines',
    },
  ],
};

let command: LocalCommand;
let browser: Browser;

beforeAll(async () => {
  [command, browser] = await Promise.all([LocalCommand.start(DESCRIPTION), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await command.end();
});

/** The newest segments of the variants in the multivariant playlist of a pipeline. */
async function newest(name: string): Promise<readonly (string | undefined)[]> {
  const url = new URL(`/live/main/${name}.m3u8`, command.playerUrl).href;
  const listed = variants(await text(url), url);
  const lists = await Promise.all(listed.map(async ({ url: one }) => mediaPlaylist(await text(one), one).segments));
  return lists.map((segments) => segments.at(-1)?.url.split('/').at(-1));
}

describe('the local run of two pipelines that write to a bucket', () => {
  test('writes both pipelines, each with a multivariant playlist that also lists the other, and plays', async () => {
    const { page } = await openPlayer(browser, command.playerUrl);
    await untilPlaying(page, 4);
    await page.close();
    const before = [await newest('index'), await newest('index-pipeline-1')];
    const [own, other] = [/^index_/, /^index-pipeline-1_/].map(expect.stringMatching);
    expect(before).toEqual([
      [own, other],
      [other, own],
    ]);
    await new Promise((done) => setTimeout(done, 5000));
    const after = [await newest('index'), await newest('index-pipeline-1')];
    expect(after.flat().filter((name) => before.flat().includes(name))).toEqual([]);
  });

  test('plays on when the encoder of pipeline 0 dies', async () => {
    const { page } = await openPlayer(browser, command.playerUrl);
    await untilPlaying(page, 4);
    const encoder = descendants(command.pid).find(({ command: words }) => words.includes('/live/main/index_'));
    if (encoder === undefined) throw new Error('nothing encodes pipeline 0');
    process.kill(encoder.pid, 'SIGKILL');
    expectToGoOn(await watched(page, 15));
    await page.close();
  });
});
