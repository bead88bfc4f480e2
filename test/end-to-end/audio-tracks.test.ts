import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openBrowser, openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { bytes, settledPlaylist, text, trackKinds } from './media';

/** Tone of the source in each language, in hertz. */
const TONES = { eng: 440, deu: 880 } as const;
const FFMPEG = process.env['FFMPEG_PATH'] || 'ffmpeg';

const folder = mkdtempSync(join(tmpdir(), 'two-languages-'));
let server: Server;
let channel: LiveStreamInput['channels'][number];
let command: LocalCommand;
let browser: Browser;

beforeAll(async () => {
  const file = twoLanguages();
  server = createServer((_, response) => response.writeHead(200, { 'content-type': 'video/mp2t' }).end(file));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/two-languages.ts`;
  const input = { kind: 'ts-file' as const, sources: [{ url }], loop: true };
  // The languages in another order than in the source, the second by its packet id.
  const audio = [
    { language: 'deu', name: 'Deutsch' },
    { language: 'eng', name: 'Original', from: { pid: 481 } },
  ];
  channel = { name: 'main', input, ladder: [{ width: 640, height: 360, bitrate: 800_000 }], latency: 'low', audio };
  [command, browser] = await Promise.all([LocalCommand.start({ channels: [channel] }), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await command.end();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe('the local run of a source with two languages', () => {
  test.each([
    ['Low-latency HLS', 'Original'],
    ['HLS', 'Original'],
    // An MPD has languages and no names.
    ['DASH', 'English'],
    ['HLS (TS)', 'Original'],
  ])('lets the viewer of %s choose the language', (format, second) => expectChoice(command, format, second));

  test.each([
    ['cmaf', 'deu'],
    ['cmaf', 'eng'],
    ['ts', 'deu'],
    ['ts', 'eng'],
  ] as const)('plays in the %s segments for %s the tone of that language in the source', async (endpoint, language) => {
    const url = await playlistUrl(endpoint);
    const media = new RegExp(`#EXT-X-MEDIA:.*LANGUAGE="${language}".*URI="([^"]+)"`).exec(await text(url))?.[1];
    const child = new URL(media ?? '', url).href;
    const { initUrl, segments } = await settledPlaylist(child);
    const init = initUrl === undefined ? Buffer.alloc(0) : await bytes(initUrl);
    const segment = Buffer.concat([init, await bytes(segments.at(-2)?.url ?? '')]);
    expect(trackKinds(segment)).toEqual(['audio']);
    expect(Math.abs(tone(segment) - TONES[language])).toBeLessThan(15);
  });
});

test('a bucket origin lets the viewer choose the language', async () => {
  const stored = await LocalCommand.start({ origin: 's3', channels: [channel] });
  try {
    await expectChoice(stored, 'HLS (TS)', 'Original');
  } finally {
    await stored.end();
  }
});

/** Opens the player, expects both languages and chooses the second. */
async function expectChoice({ playerUrl }: LocalCommand, format: string, second: string): Promise<void> {
  const { page, errors } = await openPlayer(browser, playerUrl);
  await page.getByLabel('Format').selectOption({ label: format });
  await untilPlaying(page, 2);
  const languages = page.getByLabel('Audio language');
  expect(await languages.locator('option').allTextContents()).toEqual(['Deutsch', second]);
  expect(await languages.inputValue()).toBe('Deutsch');
  await languages.selectOption(second);
  await page.waitForFunction(() => window.livePlayer?.state().audioTrack === 1);
  await untilPlaying(page, 3);
  expect(errors).toEqual([]);
  await page.close();
}

/** Twenty seconds of a test pattern with a tone for each language, in MPEG-TS. */
function twoLanguages(): Buffer {
  const file = join(folder, 'two-languages.ts');
  const sines = Object.values(TONES).flatMap((hertz) => [
    '-f',
    'lavfi',
    '-i',
    `sine=frequency=${hertz}:sample_rate=48000`,
  ]);
  const { status, stderr } = spawnSync(FFMPEG, [
    ...['-v', 'error'],
    ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30'],
    ...sines,
    ...['-t', '20'],
    // Without -map, ffmpeg takes one audio stream only.
    ...['-map', '0:v', '-map', '1:a', '-map', '2:a'],
    // ultrafast: the video only has to decode.
    ...['-c:v', 'libx264', '-preset', 'ultrafast'],
    // A keyframe each second, as the channel's GOP.
    ...['-g', '30'],
    ...['-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac'],
    // Packet ids, by which the description picks the second language.
    ...['-streamid', '1:481', '-streamid', '2:482'],
    ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=deu'],
    file,
  ]);
  if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString()}`);
  return readFileSync(file);
}

/** The multivariant playlist of an endpoint, once there is one. */
async function playlistUrl(endpoint: 'cmaf' | 'ts'): Promise<string> {
  const config = JSON.parse(await text(new URL('/config.json', command.playerUrl).href)) as {
    channels: readonly { manifests: readonly { url: string; format: string }[] }[];
  };
  const format = endpoint === 'cmaf' ? 'hls' : 'hls-ts';
  const manifest = config.channels[0]?.manifests.find((one) => one.format === format);
  return new URL(manifest?.url ?? '', command.playerUrl).href;
}

/** The frequency of a tone in hertz, counted by its zero crossings. */
function tone(segment: Buffer): number {
  const pcm = ['-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:1'];
  const { stdout } = spawnSync(FFMPEG, ['-v', 'error', '-i', 'pipe:0', ...pcm], { input: segment });
  const samples = new Int16Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.length / 2));
  let crossings = 0;
  for (let at = 1; at < samples.length; at++) {
    if ((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0) crossings++;
  }
  return (crossings * 48_000) / samples.length;
}
