import { describe, expect, test } from '@jest/globals';
import { isHevc, renditionName, renditionsOf } from '../../lib/channel/ladder';
import { LADDER_PRESETS } from '../../lib/channel/ladder-presets';
import { liveStream } from '../../lib/channel/live-stream';

const channel =
  (change: object, origin = 'media-package') =>
  () =>
    liveStream({ origin, channels: [{ name: 'main', input: { kind: 'test-clip' }, ...change }] });

describe('the ladder presets', () => {
  test('share the rungs of the original solution, up to their height', () => {
    expect(
      (['sd-540p', 'hd-720p', 'hd-1080p'] as const).map((name) => renditionsOf(name).map(({ height }) => height)),
    ).toEqual([
      [288, 360, 432, 540],
      [288, 360, 432, 540, 720],
      [288, 360, 432, 540, 720, 1080],
    ]);
  });

  test.each(Object.entries(LADDER_PRESETS))(
    '%s has 16:9 pictures of ascending size and bitrate',
    (_, { renditions }) => {
      for (const [index, rung] of renditions.entries()) {
        expect(rung.width * 9).toBe(rung.height * 16);
        expect(rung.bitrate).toBeGreaterThan(renditions[index - 1]?.bitrate ?? 0);
      }
    },
  );

  test.each(Object.entries(LADDER_PRESETS))('%s passes the rules for renditions of one’s own', (_, { renditions }) => {
    if (renditions.length > 0) expect(channel({ ladder: renditions })).not.toThrow();
  });

  test.each([
    ['sports', '60'],
    ['slides', '15'],
    ['uhd-2160p', '30'],
    ['hd-720p', '30'],
  ])('%s has %s frames per second by default', (ladder, frameRate) => {
    expect(channel({ ladder })().channels[0]?.frameRate).toBe(frameRate);
  });

  test('let the channel set another frame rate', () => {
    expect(channel({ ladder: 'sports', frameRate: '50' })().channels[0]?.frameRate).toBe('50');
  });

  test('have one codec each, because players do not change it during playback', () => {
    expect(Object.keys(LADDER_PRESETS).filter((name) => isHevc(name as keyof typeof LADDER_PRESETS))).toEqual([
      'uhd-2160p',
    ]);
    expect(new Set(renditionsOf('uhd-2160p').map(({ codec }) => codec))).toEqual(new Set(['hevc']));
  });

  test('refuse HEVC where HLS is in MPEG-TS', () => {
    expect(channel({ ladder: 'uhd-2160p' }, 's3')).toThrow(
      'channels[0].ladder: HEVC was given with the origin s3, which has HLS in MPEG-TS; players take HEVC in CMAF only: choose the origin media-package, or H.264',
    );
  });

  test('refuse audio without video at a packager, and take it at a bucket', () => {
    expect(channel({ ladder: 'audio-only' })).toThrow(
      'channels[0].ladder: "audio-only" was given with the origin media-package, which takes no stream without video; choose the origin s3',
    );
    expect(channel({ ladder: 'audio-only' }, 's3')).not.toThrow();
  });

  test('check a GOP against the default frame rate of the preset', () => {
    const latency = { gopSeconds: 0.7, segmentSeconds: 7, manifestWindowSeconds: 60 };
    expect(channel({ latency })).not.toThrow();
    expect(channel({ ladder: 'slides', latency })).toThrow('15 frames per second make 10.5 frames of a GOP of 0.7 s');
  });

  test('name a rendition by its size and bitrate', () => {
    expect(renditionsOf('sd-540p').map(renditionName)).toEqual([
      'video-512x288-400k',
      'video-640x360-800k',
      'video-768x432-1200k',
      'video-960x540-1800k',
    ]);
  });
});
