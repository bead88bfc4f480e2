import type { SeenFrom } from '../shared/viewers/viewer';

type Headers = Readonly<Record<string, string | undefined>>;

/** A viewer's surroundings, as CloudFront describes them. */
export interface Sighting {
  /** ISO 3166-1 code; empty where CloudFront does not know it. */
  readonly country: string;
  /** The device in words. */
  readonly device: string;
  readonly seenFrom: SeenFrom;
}

/**
 * Reads what CloudFront and the browser say of a viewer. Of the address only the network is kept: /24 or /48.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
export function sighting(headers: Headers): Sighting {
  const country = headers['cloudfront-viewer-country'] ?? '';
  const agent = deviceOf(headers['user-agent'] ?? '');
  const network = networkOf(headers['cloudfront-viewer-address'] ?? '');
  return {
    country,
    device: agent,
    seenFrom: { countries: some(country), networks: some(network), agents: some(agent) },
  };
}

/** Returns the network of an address with a port: `203.0.113.7:4711` → `203.0.113.0/24`. */
export function networkOf(addressAndPort: string): string {
  const address = addressAndPort.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address);
  if (four !== null) return `${four[1]}.0/24`;
  if (!address.includes(':')) return '';
  const [before = '', after] = address.split('::', 2);
  const first = before === '' ? [] : before.split(':');
  const last = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const all = [...first, ...Array<string>(zeros).fill('0'), ...last];
  return `${all.slice(0, 3).join(':').toLowerCase()}::/48`;
}

const BROWSERS: readonly (readonly [name: string, found: RegExp])[] = [
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS)\//],
  ['Safari', /Safari\//],
];

const SYSTEMS: readonly (readonly [name: string, found: RegExp])[] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Apple TV', /AppleTV|tvOS/],
  ['Android TV', /Android.*TV|BRAVIA|AFT[A-Z]/],
  ['Android', /Android/],
  ['a Samsung TV', /Tizen/],
  ['an LG TV', /Web0S|webOS/i],
  ['Windows', /Windows/],
  ['a Mac', /Macintosh|Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** Names a device by its user agent: `Chrome on Windows`. */
export function deviceOf(userAgent: string): string {
  const find = (kinds: typeof BROWSERS) => kinds.find(([, found]) => found.test(userAgent))?.[0];
  const browser = find(BROWSERS);
  const system = find(SYSTEMS);
  if (browser === undefined && system === undefined) return 'another device';
  return `${browser ?? 'A player'} on ${system ?? 'another device'}`;
}

function some(value: string): readonly string[] {
  return value === '' ? [] : [value];
}
