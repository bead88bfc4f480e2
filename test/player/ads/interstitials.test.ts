import { describe, expect, test } from '@jest/globals';
import { BreakBook } from '../../../player/ads/break-book';
import { type MarkedBreak, withInterstitials } from '../../../player/ads/interstitials';
import { wordsOf } from '../../../player/ads/overlay';
import { nativeAddress, readAds } from '../../../player/ads/settings';

const OUT =
  '#EXT-X-DATERANGE:ID="7",START-DATE="2026-11-29T08:06:41.098Z",PLANNED-DURATION=12.000,SCTE35-OUT=0xFC30250000';
const BACK =
  '#EXT-X-DATERANGE:ID="7",START-DATE="2026-11-29T08:06:41.098Z",END-DATE="2026-11-29T08:06:53.098Z",DURATION=12';
const playlist = (...tags: readonly string[]) => ['#EXTM3U', ...tags, '#EXTINF:2,', 'one.mp4', ''].join('\n');

describe('a playlist with breaks', () => {
  test('gets an interstitial of the same start and length behind each', () => {
    expect(withInterstitials(playlist(OUT, BACK), ({ id }) => `/ads/break?id=${id}`)).toBe(
      playlist(
        OUT,
        '#EXT-X-DATERANGE:ID="ads-7",CLASS="com.apple.hls.interstitial",START-DATE="2026-11-29T08:06:41.098Z",DURATION=12,X-ASSET-LIST="/ads/break?id=7",X-PLAYOUT-LIMIT=12,X-RESTRICT="JUMP"',
        BACK,
      ),
    );
  });

  test.each([
    ['without a length', OUT.replace(',PLANNED-DURATION=12.000', '')],
    ['without a start', OUT.replace(/START-DATE="[^"]*",/, '')],
  ])('stays as it is where a break is %s', (_, tag) => {
    expect(withInterstitials(playlist(tag), () => '/list')).toBe(playlist(tag));
  });

  test('stays as it is where a break is left alone', () => {
    expect(withInterstitials(playlist(OUT), () => undefined)).toBe(playlist(OUT));
  });
});

describe('the book of breaks', () => {
  const one = (id: string, start: number, seconds = 10): MarkedBreak => ({ id, start, seconds });

  test('leaves alone what had begun before the viewer came', () => {
    const book = new BreakBook(1000);
    expect([book.fills(one('a', 1000)), book.fills(one('b', 1001))]).toEqual([false, true]);
  });

  test('leaves alone a break inside of another, also when the other has left the playlist', () => {
    const book = new BreakBook(0);
    expect(book.fills(one('outer', 1000))).toBe(true);
    expect(book.fills(one('inner', 5000))).toBe(false);
    expect(book.fills(one('inner', 5000))).toBe(false);
    expect(book.fills(one('next', 11_000))).toBe(true);
  });
});

describe('the words over an ad', () => {
  test('say which one it is, and how long it lasts', () => {
    expect(wordsOf({ number: 1, of: 2, shown: 3.2, seconds: 65 })).toBe('Ad 1 of 2 · 1:02');
    expect(wordsOf({ number: 2, of: 2, shown: 9, seconds: 6 })).toBe('Ad 2 of 2 · 0:00');
  });
});

describe('the configuration of ads', () => {
  test.each([
    [undefined],
    [{}],
    [{ list: 'https://elsewhere/', beacon: '/b', channels: [] }],
    [{ list: '/l', beacon: '//b', channels: [] }],
  ])('is none in %j', (given) => {
    expect(readAds(given)).toBeUndefined();
  });
});

describe('the address for the browser’s own player', () => {
  const url = '/out/v1/live/main/cmaf/index.m3u8';
  const channel = (access: 'public' | 'private') => ({
    name: 'main',
    running: true,
    segmentSeconds: 2,
    manifests: [],
    access,
  });

  test('is that of the playlist with ads, where there is one', () => {
    expect(nativeAddress({ url, channel: channel('public') }, { guided: '/guided' })).toBe(`/guided${url}`);
    expect(nativeAddress({ url, channel: channel('private') }, { guided: '/guided' })).toBe(url);
    expect(nativeAddress({ url, channel: channel('public') }, { guided: undefined })).toBe(url);
  });
});
