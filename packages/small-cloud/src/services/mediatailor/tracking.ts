import type { Properties } from '../../contract';
import type { Avail } from './guided-playlist';
import type { VastAd } from './vast';

/** Point of an ad at which an event is due, as a share of its length. */
const POINTS: Readonly<Record<string, number>> = {
  firstQuartile: 0.25,
  midpoint: 0.5,
  thirdQuartile: 0.75,
  complete: 1,
};

/**
 * Returns what a player needs to report the ads of a break: the member `TRACKING` of an asset list.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/ad-reporting-client-side-ad-tracking-schema.html
 */
export function trackingOf(avail: Avail, ads: readonly VastAd[], forPage: (url: string) => string): Properties {
  let start = 0;
  const listed = ads.map((ad) => {
    const begins = start;
    start += ad.seconds;
    return {
      adId: ad.id,
      adParameters: '',
      adSystem: ad.system,
      adTitle: ad.title,
      adVerifications: [],
      companionAds: [],
      creativeId: ad.creativeId,
      ...times(begins, ad.seconds),
      extensions: [],
      icons: [],
      trackingEvents: ad.events.map(({ event, urls }) => ({
        beaconUrls: urls.map(forPage),
        eventId: ad.id,
        eventType: event,
        ...times(begins + ad.seconds * (POINTS[event] ?? 0), event === 'impression' ? ad.seconds : 0),
      })),
      vastAdId: ad.id,
    };
  });
  return {
    avails: [
      {
        adBreakTrackingEvents: [],
        adMarkerDuration: iso(avail.seconds),
        ads: listed,
        availId: avail.id,
        ...times(0, start),
        nonLinearAdsList: [],
      },
    ],
  };
}

function times(start: number, seconds: number): Properties {
  return {
    duration: iso(seconds),
    durationInSeconds: seconds,
    startTime: iso(start),
    startTimeInSeconds: start,
  };
}

function iso(seconds: number): string {
  return `PT${Math.round(seconds * 1000) / 1000}S`;
}
