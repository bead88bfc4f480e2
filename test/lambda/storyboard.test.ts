import { describe, expect, test } from '@jest/globals';
import { conversionPlaylist, NotConvertibleError, secondsOf } from '../../lambda/shared/recordings/conversion-playlist';
import {
  type FileHeaders,
  finishConversion,
  finishedConversion,
  type PictureStore,
} from '../../lambda/shared/recordings/finished-conversion';
import { storyboardInterval, storyboardVtt } from '../../lambda/shared/recordings/storyboard';

describe('a storyboard', () => {
  test.each([
    [60, 10],
    [7200, 10],
    [7201, 11],
    [86_400, 120],
  ])('of %d s has a picture each %d s', (seconds, interval) => {
    expect(storyboardInterval(seconds)).toBe(interval);
  });

  test('names the picture of each time, up to the end', () => {
    expect(storyboardVtt({ pictures: ['a.jpg', 'b.jpg', 'c.jpg'], seconds: 24.5 })).toBe(
      [
        'WEBVTT\n',
        '00:00:00.000 --> 00:00:10.000\na.jpg\n',
        '00:00:10.000 --> 00:00:20.000\nb.jpg\n',
        '00:00:20.000 --> 00:00:24.500\nc.jpg\n',
      ].join('\n'),
    );
  });

  test('counts hours, and leaves out a picture after the end', () => {
    const pictures = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
    const text = storyboardVtt({ pictures, seconds: 7205, interval: 3600 });
    expect(text).toContain('02:00:00.000 --> 02:00:05.000\nc.jpg');
    expect(text).not.toContain('d.jpg');
  });
});

describe('a playlist for MediaConvert', () => {
  const HARVESTED = [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-TARGETDURATION:4',
    '#EXT-X-MEDIA-SEQUENCE:7',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-PROGRAM-DATE-TIME:2026-11-28T19:00:00.000Z',
    '#EXTINF:4.000,',
    'segments/7.ts',
    '#EXT-X-DISCONTINUITY',
    '#EXTINF:2.500,',
    'segments/8.ts',
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');

  test('has version 4, and nothing that MediaConvert does not need', () => {
    expect(conversionPlaylist(HARVESTED).split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:4',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-TARGETDURATION:4',
      '#EXT-X-MEDIA-SEQUENCE:7',
      '#EXTINF:4.000,',
      'segments/7.ts',
      '#EXT-X-DISCONTINUITY',
      '#EXTINF:2.500,',
      'segments/8.ts',
      '#EXT-X-ENDLIST',
      '',
    ]);
  });

  test('leaves gaps out, which have no file', () => {
    const gaps = HARVESTED.replace('#EXTINF:4.000', '#EXT-X-GAP\n#EXTINF:2.000,\ngap-6.ts\n#EXTINF:4.000').replace(
      '#EXT-X-ENDLIST',
      '#EXTINF:2.000,\n#EXT-X-GAP\ngap-9.ts\n#EXTINF:3.000,\nsegments/10.ts\n#EXT-X-ENDLIST',
    );
    expect(conversionPlaylist(gaps).split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:4',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-TARGETDURATION:4',
      '#EXT-X-MEDIA-SEQUENCE:7',
      '#EXT-X-DISCONTINUITY',
      '#EXTINF:4.000,',
      'segments/7.ts',
      '#EXT-X-DISCONTINUITY',
      '#EXTINF:2.500,',
      'segments/8.ts',
      '#EXT-X-DISCONTINUITY',
      '#EXTINF:3.000,',
      'segments/10.ts',
      '#EXT-X-ENDLIST',
      '',
    ]);
  });

  test('has the length of its segments', () => {
    expect(secondsOf(HARVESTED)).toBe(6.5);
  });

  test.each([
    ['CMAF segments', HARVESTED.replace('#EXTINF', '#EXT-X-MAP:URI="init.mp4"\n#EXTINF'), 'CMAF'],
    ['encrypted segments', HARVESTED.replace('#EXTINF', '#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF'), 'encrypted'],
    ['no end', HARVESTED.replace('#EXT-X-ENDLIST', ''), 'EXT-X-ENDLIST'],
    ['no segment', '#EXTM3U\n#EXT-X-ENDLIST\n', 'no segment'],
    ['variants', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nindex_1.m3u8\n', 'multivariant'],
  ])('refuses a playlist with %s', (_, playlist, problem) => {
    expect(() => conversionPlaylist(playlist)).toThrow(NotConvertibleError);
    expect(() => conversionPlaylist(playlist)).toThrow(problem);
  });
});

const METADATA = { channel: 'main', recording: 'R1', kind: 'pictures', seconds: '25' };

describe('the event of a job', () => {
  test('names the recording, and the reason of an error', () => {
    const detail = { status: 'ERROR', jobId: '1-a', userMetadata: METADATA, errorCode: 1404, errorMessage: 'gone' };
    expect(finishedConversion(detail)).toEqual({
      channel: 'main',
      id: 'R1',
      kind: 'pictures',
      seconds: 25,
      jobId: '1-a',
      status: 'ERROR',
      error: '1404: gone',
    });
  });

  test.each([
    ['of another project', { status: 'COMPLETE', jobId: '1-a', userMetadata: {} }],
    ['that has not ended', { status: 'PROGRESSING', jobId: '1-a', userMetadata: METADATA }],
    ['that is none', undefined],
  ])('%s is not one of ours', (_, detail) => {
    expect(finishedConversion(detail)).toBeUndefined();
  });
});

describe('the end of a job of pictures', () => {
  test('writes the storyboard and the poster, with the headers that they are served with', async () => {
    const store = new FakeStore(['poster.0000000', 'poster.0000001', 'storyboard.0000001', 'storyboard.0000000']);
    const files = await finishConversion({ kind: 'pictures', channel: 'main', id: 'R1', seconds: 15 }, store);
    expect(files).toEqual({ poster: '/vod/main/R1/poster.jpg', storyboard: '/vod/main/R1/storyboard.vtt' });
    expect(store.copied).toEqual([['vod/main/R1/pictures/poster.0000001.jpg', 'vod/main/R1/poster.jpg', 'image/jpeg']]);
    expect(store.written.get('vod/main/R1/storyboard.vtt')).toContain(
      '00:00:10.000 --> 00:00:15.000\npictures/storyboard.0000001.jpg',
    );
  });

  test('names the MP4 that the job has made as well', async () => {
    const store = new FakeStore(['poster.0000000', 'storyboard.0000000']);
    const files = await finishConversion({ kind: 'mp4-and-pictures', channel: 'main', id: 'R1', seconds: 1 }, store);
    expect(files).toMatchObject({ mp4: '/vod/main/R1/recording.mp4', poster: '/vod/main/R1/poster.jpg' });
  });

  test('of an MP4 alone touches nothing', async () => {
    const store = new FakeStore([]);
    const files = await finishConversion({ kind: 'mp4', channel: 'main', id: 'R1', seconds: 1 }, store);
    expect(files).toEqual({ mp4: '/vod/main/R1/recording.mp4' });
    expect(store.written.size + store.copied.length).toBe(0);
  });
});

/** A bucket with pictures of the recording R1. */
class FakeStore implements PictureStore {
  readonly copied: [from: string, to: string, type: string][] = [];
  readonly written = new Map<string, string>();
  private readonly all: readonly string[];

  constructor(pictures: readonly string[]) {
    this.all = pictures.map((name) => `vod/main/R1/pictures/${name}.jpg`);
  }

  async keys(prefix: string): Promise<readonly string[]> {
    return this.all.filter((key) => key.startsWith(prefix));
  }

  async copy(from: string, to: string, { contentType }: FileHeaders): Promise<void> {
    this.copied.push([from, to, contentType]);
  }

  async write(key: string, body: string): Promise<void> {
    this.written.set(key, body);
  }
}
