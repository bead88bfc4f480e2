import type { Properties } from '../../contract';
import type { Avail } from './guided-playlist';
import type { VastAd } from './vast';

/** Points of an ad at which an event is due, as a share of its length. */
export const POINTS: Readonly<Record<string, number>> = {
  impression: 0,
  start: 0,
  firstQuartile: 0.25,
  midpoint: 0.5,
  thirdQuartile: 0.75,
  complete: 1,
};

/** An ad as it is tracked. */
export interface TrackedAd extends Pick<VastAd, 'id' | 'system' | 'title' | 'creativeId' | 'seconds' | 'events'> {
  /** Id of its period in an MPD. @default its id in VAST */
  readonly periodId?: string;
}

/**
 * Returns what a player needs to report the ads of a break: a member of `avails`.
 *
 * @param begins - start of the break, in seconds. @default 0, the beginning of its list
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/ad-reporting-client-side-ad-tracking-schema.html
 */
export function trackedAvail(
  avail: Avail,
  ads: readonly TrackedAd[],
  forPage: (url: string) => string,
  begins = 0,
): Properties {
  let at = begins;
  const listed = ads.map((ad) => {
    const start = at;
    at += ad.seconds;
    return tracked(ad, start, forPage);
  });
  return {
    adBreakTrackingEvents: [],
    adMarkerDuration: iso(avail.seconds),
    ads: listed,
    availId: avail.id,
    ...times(begins, at - begins),
    nonLinearAdsList: [],
  };
}

function tracked(ad: TrackedAd, start: number, forPage: (url: string) => string): Properties {
  const { id, periodId = id, seconds } = ad;
  return {
    adId: periodId,
    adParameters: '',
    adSystem: ad.system,
    adTitle: ad.title,
    adVerifications: [],
    companionAds: [],
    creativeId: ad.creativeId,
    ...times(start, seconds),
    extensions: [],
    icons: [],
    trackingEvents: ad.events.map(({ event, urls }) => ({
      beaconUrls: urls.map(forPage),
      eventId: periodId,
      eventType: event,
      ...times(start + seconds * (POINTS[event] ?? 0), event === 'impression' ? seconds : 0),
    })),
    vastAdId: id,
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
