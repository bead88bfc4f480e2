import { describe, expect, test } from '@jest/globals';
import type { HlsConfig } from 'hls.js';
import type { AdEvent } from '../../../player/ads/beacons';
import { throughSession } from '../../../player/ads/session-loader';
import { readAds, readTailored } from '../../../player/ads/settings';
import { TrackedAd } from '../../../player/ads/tracked-ads';

const list = {
  ASSETS: [],
  TRACKING: {
    avails: [
      {
        ads: [
          { trackingEvents: [{ eventType: 'start', beaconUrls: ['/other'] }] },
          {
            adId: 'spring sale/1',
            trackingEvents: [
              { eventType: 'impression', beaconUrls: ['/i', '/i2'] },
              { eventType: 'midpoint', beaconUrls: ['/m'] },
              { eventType: 'skip', beaconUrls: ['/s'] },
            ],
          },
        ],
      },
    ],
  },
};

function tracked(of: unknown) {
  const sent: string[] = [];
  const told: AdEvent[] = [];
  const means = {
    channel: 'main',
    send: (url: string) => void sent.push(url),
    tell: (event: AdEvent) => void told.push(event),
  };
  return { sent, told, ad: new TrackedAd({ uri: '', interstitial: 'break 7', index: 1, list: of }, means) };
}

describe('an ad of MediaTailor', () => {
  test('is reported to its own addresses, each event once', () => {
    const { sent, ad } = tracked(list);
    for (const share of [0, 0.4, 0.6, 0.9]) ad.progress(share);
    ad.tell('skip');
    ad.tell('skip');
    ad.tell('leave');
    expect(sent).toEqual(['/i', '/i2', '/m', '/s']);
  });

  test('is in the report of the audience, by names that the query about ads reads', () => {
    const { told, ad } = tracked(list);
    ad.progress(0.3);
    ad.tell('complete');
    ad.tell('complete');
    const shown = { channel: 'main', break: 'break-7', ad: 'spring-sale-1' };
    expect(told).toEqual(['start', 'firstQuartile', 'complete'].map((event) => ({ ...shown, event })));
  });

  test.each([[undefined], [{ ASSETS: [] }], [{ TRACKING: { avails: 'none' } }], [{ TRACKING: { avails: [{}] } }]])(
    'is reported nowhere with a list of another shape: %j',
    (other) => {
      const { sent, ad } = tracked(other);
      ad.progress(1);
      expect(sent).toEqual([]);
    },
  );
});

describe('the member ads of config.json', () => {
  const channel = { channel: 'main', hls: '/v1/master/a/b/', dash: '/v1/dash/a/b/' };

  test('is of MediaTailor where it says so, and of the stack otherwise', () => {
    const given = { service: 'mediatailor', channels: [channel], skipAfterSeconds: 5 };
    expect(readTailored(given)).toEqual({ channels: [channel], skipAfterSeconds: 5 });
    expect(readAds(given)).toBeUndefined();
    expect(readTailored({ list: '/ads/break', beacon: '/ads/beacon', channels: ['main'] })).toBeUndefined();
  });

  test('leaves out a channel whose sessions are on another site', () => {
    const channels = [
      { ...channel, hls: '//evil.example.com/' },
      { ...channel, dash: 'https://evil.example.com/' },
    ];
    expect(readTailored({ service: 'mediatailor', channels })?.channels).toEqual([]);
  });
});

describe('a manifest that is opened through a session', () => {
  type Load = Parameters<InstanceType<HlsConfig['loader']>['load']>;

  /** Opens two playlists, and returns what was asked for, and the answers. */
  function open(answers: (url: string) => boolean) {
    const asked: string[] = [];
    const got: string[] = [];
    class FakeLoader {
      load(...[context, , callbacks]: Load): void {
        asked.push(context.url);
        if (answers(context.url)) callbacks.onSuccess({ url: context.url }, {} as never, context, null);
        else callbacks.onError({ code: 503, text: '' }, context, null, {} as never);
      }
      abort(): void {}
      destroy(): void {}
    }
    const loader = FakeLoader as unknown as HlsConfig['loader'];
    const { pLoader } = throughSession({}, loader, (url) => `${url}?session`);
    const Made = pLoader as unknown as HlsConfig['loader'];
    for (const type of ['manifest', 'level']) {
      const callbacks = {
        onSuccess: ({ url }: { readonly url: string }) => void got.push(url),
        onError: () => void got.push('error'),
        onTimeout: () => void got.push('timeout'),
      };
      const context = { url: `/${type}`, type, responseType: 'text' };
      new Made({} as HlsConfig).load(context as Load[0], {} as Load[1], callbacks as unknown as Load[2]);
    }
    return { asked, got };
  }

  test('leads to the session, and the playlists below it do not', () => {
    expect(open(() => true)).toEqual({ asked: ['/manifest?session', '/level'], got: ['/manifest?session', '/level'] });
  });

  test('is opened itself where no session begins', () => {
    expect(open((url) => !url.includes('session'))).toEqual({
      asked: ['/manifest?session', '/manifest', '/level'],
      got: ['/manifest', '/level'],
    });
  });
});
