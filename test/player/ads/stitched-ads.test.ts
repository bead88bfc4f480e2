import { describe, expect, test } from '@jest/globals';
import { wordsOf } from '../../../player/ads/overlay';
import { adPeriods, spotsOf, trackingOf } from '../../../player/ads/stitched-ads';

describe('the ads of a stitched session', () => {
  test('are listed at the tracking of the session that the address of its MPD has', () => {
    const mpd = 'https://edge.example.com/v1/dash/abc/main-1/out/v1/a/index.mpd?aws.sessionId=0e5d&CMCD=x';
    expect(trackingOf(mpd)).toBe('https://edge.example.com/v1/tracking/abc/main-1/0e5d');
  });

  test.each(['https://edge.example.com/out/v1/index.mpd', 'https://edge.example.com/v1/dash/abc/main-1/index.mpd', ''])(
    'are unknown with the MPD %p, which has no session',
    (mpd) => {
      expect(trackingOf(mpd)).toBeUndefined();
    },
  );

  test('are the periods whose segments are at MediaTailor', () => {
    const at = (url: string) => [{ __text: url }];
    const Period = [
      { id: 'p0_1' },
      { id: '7_1', BaseURL: at('/v1/dashsegment/abc/main-1/0e5d/7_1/') },
      { id: '7_2', BaseURL: at('https://edge.example.com/tm/abc/main-1/1f/') },
      { id: 'p0', BaseURL: at('/out/v1/') },
    ];
    expect(adPeriods({ Period })).toEqual(['7_1', '7_2']);
    expect(adPeriods({})).toEqual([]);
  });

  test('are numbered within their break', () => {
    const ads = (...ids: readonly string[]) => ids.map((adId, index) => ({ adId, durationInSeconds: index + 4 }));
    const spots = spotsOf({ avails: [{ ads: ads('7_1', '7_2') }, { ads: ads('8_1') }] });
    expect([...spots]).toEqual([
      ['7_1', { number: 1, of: 2, seconds: 4 }],
      ['7_2', { number: 2, of: 2, seconds: 5 }],
      ['8_1', { number: 1, of: 1, seconds: 4 }],
    ]);
  });

  test.each([
    [undefined],
    [{}],
    [{ avails: 'none' }],
    [{ avails: [{}] }],
    [{ avails: [{ ads: [{ adId: 7 }, null] }] }],
  ])('are none in an answer of another shape: %j', (answer) => {
    expect([...spotsOf(answer)]).toEqual([]);
  });
});

describe('the words about an ad', () => {
  test.each([
    [{ number: 1, of: 2, shown: 2.5, seconds: 15 }, 'Ad 1 of 2 · 0:13'],
    [{ number: 1, of: undefined, shown: 2.5, seconds: 75 }, 'Ad 1 · 1:13'],
    [{ number: 2, of: undefined, shown: 2.5, seconds: Number.POSITIVE_INFINITY }, 'Ad 2'],
  ])('say what is known of %j', (spot, words) => {
    expect(wordsOf(spot)).toBe(words);
  });
});
