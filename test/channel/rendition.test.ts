import { describe, expect, test } from '@jest/globals';
import { renditionsOf } from '../../lib/channel/ladder';
import { liveStream } from '../../lib/channel/live-stream';

const SMALL = { width: 640, height: 360, bitrate: 800_000 };
const LARGE = { width: 1280, height: 720, bitrate: 3_000_000 };

const channelOf = (ladder: readonly object[] | string, change: object = {}) =>
  liveStream({ channels: [{ name: 'main', input: { kind: 'test-clip' }, ladder, ...change }] }).channels[0];

describe('a rendition of one’s own', () => {
  test('is H.264 HIGH in QVBR by default, and MAIN in HEVC', () => {
    const [h264] = renditionsOf(channelOf([SMALL])?.ladder ?? 'audio-only');
    expect(h264).toEqual({ ...SMALL, codec: 'h264', profile: 'HIGH', rateControl: 'qvbr', quality: 7 });
    const [hevc] = renditionsOf(channelOf([{ ...SMALL, codec: 'hevc' }])?.ladder ?? 'audio-only');
    expect(hevc).toMatchObject({ codec: 'hevc', profile: 'MAIN' });
  });

  test('may be 4K, in CBR, at a part of the channel’s frame rate, with a buffer of its own', () => {
    const half = { ...SMALL, frameRate: '30000/1001', rateControl: 'cbr', bufferSeconds: 2 };
    const whole = { width: 3840, height: 2160, bitrate: 20_000_000 };
    expect(() => channelOf([half, whole], { frameRate: '60000/1001' })).not.toThrow();
  });

  test('in H.264 may have a larger buffer and denominator than HEVC', () => {
    const large = { ...SMALL, bitrate: 20_000_000, bufferSeconds: 10 };
    expect(() => channelOf([large], { frameRate: '120000/4004' })).not.toThrow();
  });

  test.each<[string, readonly object[] | string, object, string]>([
    [
      'AV1, and says why',
      [{ ...SMALL, codec: 'av1' }],
      {},
      'channels[0].ladder[0].codec: "av1" was given; MediaLive encodes AV1 for CMAF Ingest output groups only',
    ],
    [
      'another codec',
      [{ ...SMALL, codec: 'vp9' }],
      {},
      'channels[0].ladder[0].codec: "vp9" was given; "h264" or "hevc" is possible',
    ],
    [
      'two codecs in a ladder',
      [SMALL, { ...LARGE, codec: 'hevc' }],
      {},
      'channels[0].ladder[1].codec: hevc was given after h264; all renditions have one codec',
    ],
    [
      'a profile that HEVC has not',
      [{ ...SMALL, codec: 'hevc', profile: 'HIGH' }],
      {},
      'channels[0].ladder[0].profile: "HIGH" was given with HEVC',
    ],
    [
      'a quality that CBR has not',
      [{ ...SMALL, rateControl: 'cbr', quality: 8 }],
      {},
      'channels[0].ladder[0].quality: 8 was given with cbr',
    ],
    [
      'a buffer that is larger than HEVC may have',
      [{ ...SMALL, codec: 'hevc', bitrate: 20_000_000, bufferSeconds: 5 }],
      {},
      'channels[0].ladder[0].bufferSeconds: 5 s of 20000000 bits/s are 100000000 bits; MediaLive takes 100000 to 80000000 bits of buffer for HEVC: choose fewer seconds',
    ],
    [
      'a buffer that is smaller than HEVC may have',
      [{ ...SMALL, codec: 'hevc', bitrate: 100_000, bufferSeconds: 0.5 }],
      {},
      'channels[0].ladder[0].bufferSeconds: 0.5 s of 100000 bits/s are 50000 bits; MediaLive takes 100000 to 80000000 bits of buffer for HEVC: choose more seconds',
    ],
    [
      'a frame rate whose denominator HEVC does not take',
      [{ ...SMALL, codec: 'hevc', frameRate: '60000/4004' }],
      { frameRate: '120000/4004' },
      'channels[0].ladder[0].frameRate: 60000/4004 was given; MediaLive takes a denominator of at most 3003 for HEVC: write the same rate with a smaller one',
    ],
    [
      'a frame rate of the channel whose denominator an HEVC preset does not take',
      'uhd-2160p',
      { frameRate: '120000/4004' },
      'channels[0].frameRate: 120000/4004 was given; MediaLive takes a denominator of at most 3003 for HEVC: write the same rate with a smaller one',
    ],
    [
      'a frame rate at which keyframes part',
      [{ ...SMALL, frameRate: '20' }],
      {},
      'channels[0].ladder[0].frameRate: 20 was given in a channel of 30 frames per second; a rendition has that rate divided by 1, 2, 3 …',
    ],
    [
      'a frame rate with half a frame in a GOP',
      [{ ...SMALL, frameRate: '15' }],
      { latency: { gopSeconds: 0.9, segmentSeconds: 9, manifestWindowSeconds: 60 } },
      'channels[0].ladder[0].frameRate: 15 frames per second make 13.5 frames of a GOP of 0.9 s',
    ],
    [
      'a frame rate that is none',
      [{ ...SMALL, frameRate: 'fast' }],
      {},
      'channels[0].ladder[0].frameRate: "fast" was given; 10 to 60 frames per second',
    ],
    [
      'a buffer of no length',
      [{ ...SMALL, bufferSeconds: 0 }],
      {},
      'channels[0].ladder[0].bufferSeconds: 0 was given; it must be at least 0.5',
    ],
  ])('refuses %s', (_, ladder, change, sentence) => {
    expect(() => channelOf(ladder, change)).toThrow(sentence);
  });
});
