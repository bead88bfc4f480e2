import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type LocalRun, openLocalRun } from 'small-cloud';
import { synthesizeTo } from '../../../bin/live-streaming/assembly';
import { openBrowser } from '../browser';
import { LocalCommand } from '../command';
import { expectMovingVideo, expectRenditions } from '../origin-expectations';
import { freePort } from '../ports';

const origin = { kind: 'media-store', acknowledgeDiscontinued: true } as const;

describe('the local run with a MediaStore container as the origin', () => {
  let command: LocalCommand;
  let browser: Browser;

  beforeAll(async () => {
    const channel = { name: 'main', input: { kind: 'test-clip' }, ladder: 'sd-540p', latency: 'low' } as const;
    [command, browser] = await Promise.all([LocalCommand.start({ origin, channels: [channel] }), openBrowser()]);
  });

  afterAll(async () => {
    await browser.close();
    await command.end();
  });

  test('plays HLS through the edge', async () => {
    await expectMovingVideo(browser, command.playerUrl);
  });

  test('lists every rendition, with segments of the declared size that have video and audio', async () => {
    const url = new URL('/live/main/index.m3u8', command.playerUrl).href;
    await expectRenditions(url, 'sd-540p');
    expect((await fetch(new URL('/live/main/never.m3u8', command.playerUrl))).status).toBe(404);
  });
});

describe('the stack with a MediaStore container', () => {
  test('is deleted completely, after its container is emptied', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'media-store-'));
    const events: string[] = [];
    let run: LocalRun | undefined;
    try {
      const config = join(folder, 'channels.json');
      const channel = {
        name: 'main',
        input: { kind: 'test-clip' },
        ladder: [{ width: 320, height: 180, bitrate: 200_000 }],
      };
      writeFileSync(config, JSON.stringify({ origin, channels: [{ ...channel, latency: 'low' }] }));
      run = await openLocalRun({
        template: await synthesizeTo(folder, config),
        parameters: {},
        folder: mkdtempSync(join(folder, 'run-')),
        port: await freePort(),
        rtmpPort: await freePort(),
        listener: { progress: () => {}, tell: (node, line) => events.push(`${node}: ${line}`) },
      });
      await run.start();
      const manifest = run.addresses().manifests[0];
      // The container has objects, so that it cannot be deleted without emptying it.
      for (let tries = 0; tries < 100 && !(await fetch(manifest?.url ?? '')).ok; tries += 1) {
        await new Promise((done) => setTimeout(done, 200));
      }
      expect((await fetch(manifest?.url ?? '')).status).toBe(200);
      await run.deleteStack();
      const order = (line: string) => events.findIndex((event) => event.startsWith(`cloudformation: ${line}`));
      const steps = [
        'DELETE_COMPLETE AWS::MediaLive::Channel',
        'DELETE_COMPLETE Custom::ContainerContent',
        'DELETE_COMPLETE AWS::MediaStore::Container',
        'DELETE_COMPLETE AWS::CloudFormation::Stack',
      ].map(order);
      expect(steps).not.toContain(-1);
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
    } finally {
      await run?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
