import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { clipArguments } from '../../../bin/live/clip-arguments';

const ad = (...words: readonly string[]) => {
  const request = parseRequest(words);
  return request === 'help' ? undefined : request.ad;
};

describe('the words about ads', () => {
  test('announce a break, now or later', () => {
    expect(ad('ad-break', 'main', '--seconds', '30')).toEqual({
      action: 'break',
      channel: 'main',
      seconds: 30,
      inSeconds: undefined,
    });
    expect(ad('ad-break', 'main', '--seconds', '30', '--in', '15')).toMatchObject({ inSeconds: 15 });
  });

  test('add, list and remove ads', () => {
    expect(ad('ads', 'add', 'a.mp4', '--name', 'A', '--weight', '3', '--only', 'main')).toMatchObject({
      action: 'add',
      file: 'a.mp4',
      weight: 3,
      channels: ['main'],
    });
    expect(ad('ads')).toEqual({ action: 'list' });
    expect(ad('ads', 'remove', 'a-1')).toEqual({ action: 'remove', id: 'a-1' });
  });

  test.each([
    [['ad-break', '--seconds', '30'], /one channel/],
    [['ad-break', 'main'], /no --seconds/],
    [['ad-break', 'main', '--seconds', '30', '--in', '14'], /from 15/],
    [['ads', 'add', 'a.mp4'], /--name/],
    [['ads', 'add', 'a.mp4', '--name', 'A', '--from', 'soon'], /--from soon/],
    [['ads', 'remove'], /ads takes/],
    [['status', '--weight', '3'], /belongs to ads/],
  ])('refuse %j', (words, sentence) => {
    expect(() => parseRequest(words)).toThrow(sentence);
  });
});

describe('the arguments of ffmpeg for a clip', () => {
  const ladder = { framesPerSecond: 30, renditions: [{ width: 640, height: 360, bitrate: 800_000 }] };

  test('have a silent track for a file without audio', () => {
    const words = (silent: boolean) => clipArguments({ file: 'a.mp4', ladder, silent, folder: '/f' }).join(' ');
    expect(words(true)).toMatch(/anullsrc.* -map 1:a:0 -shortest/);
    expect(words(false)).toMatch(/-map 0:a:0 -c:v/);
  });
});
