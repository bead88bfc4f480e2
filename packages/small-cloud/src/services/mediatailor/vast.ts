import { descendant, descendants, type Element, elementsOf, localName, readXml, textOf } from './xml-tree';

/** A file of an ad. */
export interface MediaFile {
  readonly url: string;
  readonly delivery: string;
  readonly type: string;
  /** In kbit/s; 0 where it is not said. */
  readonly bitrate: number;
}

/** An event of an ad, and the addresses that count it. */
export interface TrackingEvent {
  readonly event: string;
  readonly urls: readonly string[];
}

/** A linear ad of a VAST response. */
export interface VastAd {
  readonly id: string;
  readonly system: string;
  readonly title: string;
  readonly creativeId: string;
  readonly seconds: number;
  readonly media: readonly MediaFile[];
  readonly events: readonly TrackingEvent[];
}

/** A reference to another VAST response, with the events that count as well. */
export interface VastWrapper {
  readonly next: string;
  readonly events: readonly TrackingEvent[];
}

/**
 * Reads the linear ads and the wrappers of a VAST response, in their order.
 *
 * @throws Error for a text that is no VAST.
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/vast.html
 */
export function readVast(text: string): readonly (VastAd | VastWrapper)[] {
  const root = readXml(text);
  if (localName(root) !== 'VAST') throw new Error('the answer is no VAST');
  return inSequence(elementsOf(root, 'Ad')).flatMap((ad): readonly (VastAd | VastWrapper)[] => {
    const [next] = texts(ad, 'VASTAdTagURI');
    return next === undefined ? linearAd(ad) : [{ next, events: eventsOf(ad) }];
  });
}

/** Reads a linear ad; none of an ad of another kind. */
function linearAd(ad: Element): readonly VastAd[] {
  const creative = descendants(ad, 'Creative').find((one) => descendant(one, 'Linear') !== undefined);
  const seconds = clock(texts(ad, 'Duration')[0] ?? '');
  if (creative === undefined || !(seconds > 0)) return [];
  const { id = '' } = ad.attributes;
  return [
    {
      id,
      system: texts(ad, 'AdSystem')[0] ?? '',
      title: texts(ad, 'AdTitle')[0] ?? '',
      creativeId: creative.attributes['id'] ?? id,
      seconds,
      media: descendants(creative, 'MediaFile').map(mediaFile),
      events: eventsOf(ad),
    },
  ];
}

/** Sorts the ads of a pod. Ads outside of it are for another time. */
function inSequence(ads: readonly Element[]): readonly Element[] {
  const pod = ads.filter(({ attributes }) => attributes['sequence'] !== undefined);
  if (pod.length === 0) return ads;
  return [...pod].sort((one, other) => Number(one.attributes['sequence']) - Number(other.attributes['sequence']));
}

function eventsOf(ad: Element): readonly TrackingEvent[] {
  const impressions = texts(ad, 'Impression');
  const events = new Map<string, string[]>(impressions.length > 0 ? [['impression', [...impressions]]] : []);
  for (const tracking of descendants(ad, 'Tracking')) {
    const event = tracking.attributes['event'] ?? '';
    events.set(event, [...(events.get(event) ?? []), textOf(tracking).trim()]);
  }
  return [...events].map(([event, urls]) => ({ event, urls }));
}

function mediaFile(file: Element): MediaFile {
  const { delivery = '', type = '', bitrate = '0' } = file.attributes;
  return { url: textOf(file).trim(), delivery, type, bitrate: Number(bitrate) || 0 };
}

function texts(parent: Element, name: string): readonly string[] {
  return descendants(parent, name)
    .map((one) => textOf(one).trim())
    .filter((one) => one !== '');
}

/** Reads `HH:MM:SS.mmm` as seconds. */
function clock(text: string): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text) ?? [];
  return seconds === undefined ? Number.NaN : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
