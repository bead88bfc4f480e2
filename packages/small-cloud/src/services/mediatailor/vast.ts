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

interface XmlElement {
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string;
}

/**
 * Reads the linear ads and the wrappers of a VAST response, in their order.
 *
 * @throws Error for a text that is no VAST.
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/vast.html
 */
export function readVast(text: string): readonly (VastAd | VastWrapper)[] {
  const [root] = elements(text, 'VAST');
  if (root === undefined) throw new Error('the answer is no VAST');
  return inSequence(elements(root.content, 'Ad')).flatMap((ad): readonly (VastAd | VastWrapper)[] => {
    const [next] = texts(ad.content, 'VASTAdTagURI');
    return next === undefined ? linearAd(ad) : [{ next, events: eventsOf(ad.content) }];
  });
}

/** Reads a linear ad; none of an ad of another kind. */
function linearAd({ attributes, content }: XmlElement): readonly VastAd[] {
  const creative = elements(content, 'Creative').find((one) => one.content.includes('<Linear'));
  const seconds = clock(texts(content, 'Duration')[0] ?? '');
  if (creative === undefined || !(seconds > 0)) return [];
  const { id = '' } = attributes;
  return [
    {
      id,
      system: texts(content, 'AdSystem')[0] ?? '',
      title: texts(content, 'AdTitle')[0] ?? '',
      creativeId: creative.attributes['id'] ?? id,
      seconds,
      media: elements(creative.content, 'MediaFile').map(mediaFile),
      events: eventsOf(content),
    },
  ];
}

/** Sorts the ads of a pod. Ads outside of it are for another time. */
function inSequence(ads: readonly XmlElement[]): readonly XmlElement[] {
  const pod = ads.filter(({ attributes }) => attributes['sequence'] !== undefined);
  if (pod.length === 0) return ads;
  return [...pod].sort((one, other) => Number(one.attributes['sequence']) - Number(other.attributes['sequence']));
}

function eventsOf(content: string): readonly TrackingEvent[] {
  const impressions = texts(content, 'Impression');
  const events = new Map<string, string[]>(impressions.length > 0 ? [['impression', [...impressions]]] : []);
  for (const { attributes, content: url } of elements(content, 'Tracking')) {
    const event = attributes['event'] ?? '';
    events.set(event, [...(events.get(event) ?? []), plain(url)]);
  }
  return [...events].map(([event, urls]) => ({ event, urls }));
}

function mediaFile({ attributes, content }: XmlElement): MediaFile {
  const { delivery = '', type = '', bitrate = '0' } = attributes;
  return { url: plain(content), delivery, type, bitrate: Number(bitrate) || 0 };
}

function texts(text: string, name: string): readonly string[] {
  return elements(text, name)
    .map(({ content }) => plain(content))
    .filter((one) => one !== '');
}

/** Finds the elements of a name, which are not within one another. */
function elements(text: string, name: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const opening = new RegExp(`<${name}(\\s[^<>]*)?(/?)>`, 'g');
  for (let start = opening.exec(text); start !== null; start = opening.exec(text)) {
    const [, attributes = '', empty] = start;
    const isEmpty = empty === '/' || attributes.endsWith('/');
    const end = isEmpty ? opening.lastIndex : text.indexOf(`</${name}>`, opening.lastIndex);
    if (end < 0) break;
    const pairs = [...attributes.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
    found.push({
      attributes: Object.fromEntries(pairs.map(([, key = '', one, other]) => [key, unescaped(one ?? other ?? '')])),
      content: text.slice(opening.lastIndex, end),
    });
    opening.lastIndex = Math.max(end, opening.lastIndex);
  }
  return found;
}

/** Returns the text of an element, within CDATA or not. */
function plain(content: string): string {
  return content
    .split(/<!\[CDATA\[([\s\S]*?)\]\]>/)
    .map((piece, index) => (index % 2 === 1 ? piece : unescaped(piece)))
    .join('')
    .trim();
}

function unescaped(text: string): string {
  const known: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => known[name] ?? '');
}

/** Reads `HH:MM:SS.mmm` as seconds. */
function clock(text: string): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text) ?? [];
  return seconds === undefined ? Number.NaN : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
