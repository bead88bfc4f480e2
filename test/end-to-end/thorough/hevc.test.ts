import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { LocalCommand } from '../command';
import { bytes, decode, mediaPlaylist, text, variants } from '../media';

let command: LocalCommand;

// Debian's Chromium has no decoder for HEVC, so ffprobe decodes the stream.
beforeAll(async () => {
  const ladder: LiveStreamInput['channels'][number]['ladder'] = [
    { width: 320, height: 180, bitrate: 200_000, codec: 'hevc', frameRate: '15' },
    { width: 640, height: 360, bitrate: 600_000, codec: 'hevc' },
  ];
  const channel = { name: 'main', input: { kind: 'test-clip' }, ladder, latency: 'low' } as const;
  command = await LocalCommand.start({ channels: [channel] });
});

afterAll(async () => {
  await command.end();
});

async function until<T>(what: () => Promise<T>): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

describe('the local run of HEVC', () => {
  test('is listed as HEVC, each rendition at its own frame rate, with keyframes at the same times', async () => {
    const url = new URL('/out/v1/live-streaming/main/cmaf/index.m3u8', command.playerUrl).href;
    const multivariant = await until(() => text(url));
    expect(multivariant.match(/hvc1\.1\.6\.L\d+/g)).toHaveLength(2);
    const found = variants(multivariant, url);
    expect(found.map(({ width }) => width)).toEqual([320, 640]);
    // A machine that is too slow encodes fewer frames, and the list says so.
    const [small = 0, large = 0] = found.map(({ frameRate }) => frameRate);
    expect([small <= 15, large <= 30]).toEqual([true, true]);
    for (const { url: variant, width } of found) {
      const { initUrl = '', segments } = mediaPlaylist(await text(variant), variant);
      const init = await bytes(initUrl);
      const { keyframes, ...decoded } = decode(Buffer.concat([init, await bytes(segments.at(-1)?.url ?? '')]));
      expect(decoded.width).toBe(width);
      expect(keyframes.length).toBe(2);
      expect((keyframes[1] ?? 0) - (keyframes[0] ?? 0)).toBeCloseTo(1, 3);
    }
  });

  test('is not offered as HLS in MPEG-TS', async () => {
    const ts = await fetch(new URL('/out/v1/live-streaming/main/ts/index.m3u8', command.playerUrl));
    expect(ts.status).toBe(404);
  });
});
