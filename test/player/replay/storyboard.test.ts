import { describe, expect, test } from '@jest/globals';
import { frameAt, readFrame } from '../../../player/replay/storyboard';

const PAGE = 'https://live.example/';
const STORYBOARD = 'https://live.example/vod/main/one/storyboard.vtt';

const read = (text: string) => readFrame({ startTime: 10, endTime: 20, text }, STORYBOARD, PAGE);

describe('a cue of a storyboard', () => {
  test('names a picture', () => {
    expect(read('picture-1.jpg\n')).toEqual({
      start: 10,
      end: 20,
      url: 'https://live.example/vod/main/one/picture-1.jpg',
      crop: undefined,
    });
  });

  test.each(['sheet.jpg#xywh=160,90,160,90', '/vod/main/one/sheet.jpg#xywh=pixel:160,90,160,90'])(
    'names a part of a sheet: %s',
    (text) => {
      expect(read(text)).toMatchObject({
        url: 'https://live.example/vod/main/one/sheet.jpg',
        crop: { x: 160, y: 90, width: 160, height: 90 },
      });
    },
  );

  test('shows the whole picture when the part makes no sense', () => {
    expect(read('sheet.jpg#xywh=-1,0,99999999,5')?.crop).toBeUndefined();
  });

  test.each([
    '',
    'two words.jpg',
    'javascript:alert(1)',
    '//evil.example/x.jpg',
    'https://evil.example/x.jpg',
    'http://',
  ])('refuses %j', (text) => {
    expect(read(text)).toBeUndefined();
  });

  test('covers its stretch, without its end', () => {
    const frames = [read('a.jpg')].filter((frame) => frame !== undefined);
    expect(frameAt(frames, 10)?.url).toMatch(/a\.jpg$/);
    expect([9.9, 20].map((at) => frameAt(frames, at))).toEqual([undefined, undefined]);
  });
});
