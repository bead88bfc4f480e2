import { describe, expect, test } from '@jest/globals';
import { behindText, behindWords, bitrateText, secondsText, sizeText } from '../../player/figures';
import { fingerprint, firstVariant } from '../../player/manifest-watch';
import { named } from '../../player/rendition';
import type { Cause, Status } from '../../player/status';
import { wordsFor } from '../../player/words';

const MISSING: Cause = { kind: 'http', status: 404 };
const UNREACHABLE: Cause = { kind: 'unreachable' };

describe('words for the viewer', () => {
  test.each<[Status, Cause | undefined, boolean | undefined, boolean, string]>([
    ['waiting', MISSING, false, true, 'The channel is idle'],
    ['waiting', MISSING, true, true, 'Waiting for the encoder…'],
    ['waiting', MISSING, undefined, true, 'There is no stream at this address'],
    ['stale', undefined, true, true, 'The stream has stopped'],
    ['stale', undefined, true, false, 'You are offline'],
    ['error', UNREACHABLE, true, false, 'You are offline'],
    ['error', UNREACHABLE, true, true, 'The stream cannot be reached'],
    ['error', UNREACHABLE, undefined, true, 'This address cannot be read'],
    ['error', { kind: 'media', code: 'broken' }, true, true, 'The stream cannot be played'],
    ['ended', undefined, true, true, 'The stream has ended'],
    ['playing', undefined, true, true, ''],
  ])('in state %s with cause %j, running %s and online %s: “%s”', (...[status, cause, running, online, headline]) => {
    expect(wordsFor(status, cause, { running, online }).headline).toBe(headline);
  });

  test('show no spinner when nothing is on its way', () => {
    const atRest = (status: Status, running: boolean) =>
      wordsFor(status, status === 'waiting' ? MISSING : undefined, { running, online: true }).atRest === true;
    expect([atRest('waiting', false), atRest('ended', true)]).toEqual([true, true]);
    expect([atRest('waiting', true), atRest('stale', true), atRest('loading', true)]).toEqual([false, false, false]);
  });

  test('say that there is no video, but only while audio plays', () => {
    const headline = (status: 'playing' | 'paused', audioOnly: boolean) =>
      wordsFor(status, undefined, { running: true, online: true, audioOnly }).headline;
    expect([headline('playing', true), headline('playing', false), headline('paused', true)]).toEqual([
      'Audio only',
      '',
      '',
    ]);
  });

  test('give the server’s answer for an address that the viewer entered', () => {
    expect(wordsFor('waiting', MISSING, { running: undefined, online: true }).detail).toContain('answered 404');
  });
});

describe('figures', () => {
  test.each([
    [540_000, '540 kbit/s'],
    [2_700_000, '2.7 Mbit/s'],
    [392_539_510.9, '393 Mbit/s'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('show a bitrate of %s as %s', (bitrate, shown) => {
    expect(bitrateText(bitrate)).toBe(shown);
  });

  test.each([
    [2.14, '2.1 s'],
    [0, '0.0 s'],
    [null, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('show %s seconds as %s', (seconds, shown) => {
    expect(secondsText(seconds)).toBe(shown);
  });

  test.each([
    [0, '−0:00', 'at the live edge'],
    [32.4, '−0:32', '32 seconds behind live'],
    [61, '−1:01', '1 minute 1 second behind live'],
    [3725, '−1:02:05', '62 minutes 5 seconds behind live'],
  ])('show %d s behind live as %s, and “%s” to assistive technology', (seconds, shown, words) => {
    expect([behindText(seconds), behindWords(seconds)]).toEqual([shown, words]);
  });

  test('show a dash for an unknown size', () => {
    expect([sizeText({ width: 1280, height: 720 }), sizeText({ width: 0, height: 0 }), sizeText(null)]).toEqual([
      '1280 × 720',
      '–',
      '–',
    ]);
  });
});

describe('names of renditions', () => {
  test('have the bitrate when two renditions have the same height, and keep the order', () => {
    const ladder = [
      { width: 640, height: 360, bitrate: 800_000 },
      { width: 1280, height: 720, bitrate: 2_000_000 },
      { width: 1280, height: 720, bitrate: 2_700_400 },
      { width: 0, height: 0, bitrate: 96_000 },
    ];
    expect(named(ladder).map(({ name }) => name)).toEqual(['360p', '720p-2000k', '720p-2700k', '96k']);
  });
});

describe('the fingerprint of a manifest', () => {
  const playlist = '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:1\n#EXTINF:2,\na.m4s\n';
  const mpd = (time: string, repeat: number) =>
    `<MPD type="dynamic" availabilityStartTime="2026-01-01T00:00:00Z" publishTime="${time}"><S t="0" d="2" r="${repeat}"/></MPD>`;

  test('changes with a media playlist', () => {
    expect(fingerprint(playlist)).not.toBe(fingerprint(`${playlist}#EXTINF:2,\nb.m4s\n`));
  });

  test('changes with the timeline of an MPD, but not with the time of the request', () => {
    expect(fingerprint(mpd('10:00', 3))).toBe(fingerprint(mpd('10:05', 3)));
    expect(fingerprint(mpd('10:00', 3))).not.toBe(fingerprint(mpd('10:00', 4)));
  });

  test.each([
    ['#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow/index.m3u8\n', 'low/index.m3u8'],
    [playlist, undefined],
    ['<MPD/>', undefined],
  ])('of %j is taken from the media playlist %s', (manifest, variant) => {
    expect(firstVariant(manifest)).toBe(variant);
  });
});
