import { describe, expect, test } from '@jest/globals';
import type { IngestSource } from '../../../src/services/medialive/contract/pipeline-source';
import { notTaken } from '../../../src/services/medialive/ingest/codecs';
import { IngestLog } from '../../../src/services/medialive/ingest/ingest-log';

const OPENED = [
  "[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'a.mp4':",
  '[info]   Stream #0:0[0x1]: Video: png, rgb24(pc), 64x64, 90k tbr, 90k tbn (attached pic)',
  '[info]   Stream #0:1[0x2](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 320x180, 30 fps',
  '[info]   Stream #0:2[0x3](eng): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, stereo, fltp, 69 kb/s (default)',
  '[info] Stream mapping:',
  '[info]   Stream #0:1 -> #0:0 (copy)',
  '[info]   Stream #0:0: Video: vp9, in the output',
  '',
].join('\n');

describe('what an ingest process writes', () => {
  test.each([1, 10, 10_000])('names the streams of the input once, cut every %d letters', (size) => {
    const log = new IngestLog();
    const opened = [];
    for (let at = 0; at < OPENED.length; at += size) opened.push(log.read(OPENED.slice(at, at + size)));
    expect(opened.filter((each) => each !== undefined)).toEqual([
      {
        format: 'mov,mp4,m4a,3gp,3g2,mj2',
        streams: [
          { kind: 'Video', codec: 'h264' },
          { kind: 'Audio', codec: 'aac' },
        ],
      },
    ]);
    expect(log.complaint).toBe('');
  });

  test('complains in its last error, without the address of what complains', () => {
    const log = new IngestLog();
    log.read('[h264 @ 0x5] [warning] first\n[in#0 @ 0x6] [error] second\n[info] third\n');
    expect(log.complaint).toBe('second');
  });

  test('says that nothing is loaded from outside, whatever follows', () => {
    const log = new IngestLog();
    log.read('[tcp @ 0x5] [error] Connection to tcp://127.0.0.1:1 failed: Connection refused\n[error] x: refused\n');
    expect(log.complaint).toBe('it leads to another machine, and the local run loads nothing from outside');
    const other = new IngestLog();
    other.read('[tcp @ 0x5] [error] Connection to tcp://127.0.0.1:18 failed: Connection refused\n');
    expect(other.complaint).toContain('127.0.0.1:18');
  });
});

describe('what MediaLive takes', () => {
  const file: IngestSource = { kind: 'file', url: 'http://127.0.0.1/a', object: undefined, loop: true };
  const hls: IngestSource = { kind: 'pull', protocol: 'hls', url: 'http://127.0.0.1/a.m3u8', srt: {} };

  test.each<readonly [string, IngestSource, string, string, string, string | undefined]>([
    ['MP4', file, 'mov,mp4,m4a,3gp,3g2,mj2', 'hevc', 'aac', undefined],
    ['MP4', file, 'mov,mp4,m4a,3gp,3g2,mj2', 'vp9', 'aac', 'its video is vp9; MP4 files of MediaLive take H.264, HEVC'],
    [
      'MP4',
      file,
      'mov,mp4,m4a,3gp,3g2,mj2',
      'h264',
      'pcm_s16le',
      'its audio is pcm_s16le; MP4 files of MediaLive take AAC',
    ],
    ['TS', file, 'mpegts', 'mpeg2video', 'mp2', undefined],
    ['TS', file, 'mpegts', 'h264', 'opus', 'its audio is opus; transport streams of MediaLive take AAC, Dolby Digital'],
    ['HLS', hls, 'hls', 'h264', 'ac3', undefined],
    ['HLS', hls, 'hls', 'hevc', 'aac', 'its video is hevc; HLS inputs of MediaLive take H.264'],
  ])('of %s: %#', (...[, source, format, video, audio, reason]) => {
    const streams = [
      { kind: 'Video', codec: video },
      { kind: 'Audio', codec: audio },
    ] as const;
    const why = notTaken(source, { format, streams });
    if (reason === undefined) expect(why).toBeUndefined();
    else expect(why).toContain(reason);
  });

  test('refuses an input without video', () => {
    const opened = { format: 'mpegts', streams: [{ kind: 'Audio', codec: 'aac' }] } as const;
    expect(notTaken(file, opened)).toBe('has no video, and an input needs it');
  });
});
