import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ladderSchema } from '../../lib/channel/ladder';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { expectMovingVideo, expectRenditions } from './origin-expectations';
import { freePort } from './ports';

type Input = LiveStreamInput['channels'][number]['input'];

const FFMPEG = process.env['FFMPEG_PATH'] || 'ffmpeg';
const LADDER = ladderSchema.parse([{ width: 160, height: 90, bitrate: 100_000 }]);
const CIDRS = ['203.0.113.7/32'];

const folder = mkdtempSync(join(tmpdir(), 'inputs-'));
const clip = (format: 'mp4' | 'ts') => join(folder, `clip.${format}`);
const sources: ChildProcess[] = [];
let server: Server;
let command: LocalCommand;
let browser: Browser;

beforeAll(async () => {
  makeClips();
  server = createServer(({ url, headers }, response) => {
    const file = readFileSync(clip(url === '/clip.ts' ? 'ts' : 'mp4'));
    // A file that loops is read from several offsets.
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? Number.NaN);
    if (Number.isNaN(from)) response.writeHead(200, { 'accept-ranges': 'bytes' }).end(file);
    else {
      response
        .writeHead(206, { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` })
        .end(file.subarray(from));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const web = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [srtPort, rtmpPort] = [await freePort(), await freePort()];
  // Listeners that the local run calls or pulls from; each serves one client.
  play('mpegts', `srt://127.0.0.1:${srtPort}?mode=listener`);
  play('flv', `rtmp://127.0.0.1:${rtmpPort}/live/show`, '-listen', '1');

  const secret = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:passphrase-a1b2c3';
  const inputs: Readonly<Record<string, Input>> = {
    'srt-listener': { kind: 'srt-listener', allowedCidrs: CIDRS, passphraseSecretArn: secret },
    'srt-caller': { kind: 'srt-caller', sources: [{ address: '127.0.0.1', port: srtPort }] },
    'rtmp-pull': { kind: 'rtmp-pull', sources: [{ url: `rtmp://127.0.0.1:${rtmpPort}/live/show` }] },
    'mp4-file': { kind: 'mp4-file', sources: [{ url: `${web}/clip.mp4` }] },
    'ts-file': { kind: 'ts-file', sources: [{ url: `${web}/clip.ts` }] },
    'from-outside': { kind: 'hls-pull', sources: [{ url: 'https://www.example.com/live/index.m3u8' }] },
    'rtp-push': { kind: 'rtp-push', allowedCidrs: CIDRS },
  };
  const channels = Object.entries(inputs).map(([name, input]) => ({
    name,
    input,
    ladder: LADDER,
    latency: 'low' as const,
    redundancy: name === 'rtp-push' ? ('two-pipelines' as const) : ('single-pipeline' as const),
  }));
  [command, browser] = await Promise.all([LocalCommand.start({ channels }), openBrowser()]);
  for (const [, url = ''] of command.output.matchAll(/Publish to .* at ((?:srt|rtp):\S+)/g)) {
    if (url.startsWith('srt')) play('mpegts', url);
    else play('rtp_mpegts', `${url}?pkt_size=1316`);
  }
});

afterAll(async () => {
  await browser.close();
  await command.end();
  await Promise.all(sources.map(end));
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe('the local run of one stack with', () => {
  test.each(['srt-listener', 'srt-caller', 'rtmp-pull', 'mp4-file', 'ts-file', 'rtp-push'])(
    'an input of kind %s plays in the browser, and has picture and sound in its segments',
    async (name) => {
      await expectMovingVideo(browser, `${command.playerUrl}?channel=${name}`);
      await expectRenditions(new URL(`/out/v1/live-streaming/${name}/ts/index.m3u8`, command.playerUrl).href, LADDER);
    },
  );

  test('a source outside this machine is replaced by a test pattern, with a notice', async () => {
    const { page } = await openPlayer(browser, `${command.playerUrl}?channel=from-outside`);
    await untilPlaying(page, 4);
    await page.close();
    expect(command.output).toContain(
      'input from-outside: STAND-IN: a test picture, because the local run loads nothing from outside this machine',
    );
  });
});

/** Ten seconds of a moving test pattern and a tone. */
function makeClips(): void {
  const picture = 'testsrc2=size=160x90:rate=30[out0];sine=frequency=440:sample_rate=48000[out1]';
  const codecs = [
    ...['-c:v', 'libx264', '-preset', 'ultrafast'],
    // Without B-frames, so that timestamps stay in order where the loop starts over.
    ...['-bf', '0'],
    // A keyframe each second.
    ...['-g', '30'],
    ...['-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac'],
  ];
  for (const format of ['mp4', 'ts'] as const) {
    const args = ['-v', 'error', '-f', 'lavfi', '-i', picture, '-t', '10', ...codecs, clip(format)];
    const { status, stderr } = spawnSync(FFMPEG, args);
    if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString()}`);
  }
}

/** Sends the clip to an address in a loop. */
function play(format: string, url: string, ...options: readonly string[]): void {
  const source = [
    '-nostdin',
    ...['-v', 'error'],
    // In real time, as a camera.
    '-re',
    ...['-stream_loop', '-1', '-i', clip('ts')],
    ...['-c', 'copy'],
  ];
  sources.push(spawn(FFMPEG, [...source, '-f', format, ...options, url], { stdio: 'ignore' }));
}

async function end(source: ChildProcess): Promise<void> {
  if (source.exitCode !== null || source.signalCode !== null) return;
  const gone = once(source, 'exit');
  source.kill('SIGKILL');
  await gone;
}
