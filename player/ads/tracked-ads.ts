import { type AdEvent, POINTS } from './beacons';
import type { AdReports, ListedAd } from './reports';

/** Means of {@link TrackedAd}. */
export interface Reporting {
  readonly channel: string;
  /** Asks an address, whose answer does not matter. */
  readonly send: (url: string) => void;
  /** Adds an event to the report of the audience; undefined where there is none. */
  readonly tell?: ((event: AdEvent) => void) | undefined;
}

/**
 * Reports an ad of MediaTailor to the addresses that its list names, each event once.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/ad-reporting-client-side.html
 */
export class TrackedAd implements AdReports {
  private readonly urls: ReadonlyMap<string, readonly string[]>;
  private readonly told = new Set<string>();

  /** The ad in the report of the audience. */
  private readonly shown: Omit<AdEvent, 'event'>;

  constructor(
    { list, index, interstitial }: ListedAd,
    private readonly means: Reporting,
  ) {
    const ad = listedAd(list, index);
    this.urls = addressesOf(ad);
    this.shown = { channel: means.channel, break: word(interstitial), ad: word(member(ad, 'adId') ?? 'unknown') };
  }

  progress(share: number): void {
    this.tell('impression');
    for (const [event, from] of POINTS) if (share >= from) this.tell(event);
  }

  tell(event: string): void {
    if (this.told.has(event)) return;
    this.told.add(event);
    for (const url of this.urls.get(event) ?? []) this.means.send(url);
    if (event !== 'impression') this.means.tell?.({ ...this.shown, event });
  }
}

/** Finds an ad in the member `TRACKING` of a list; undefined in one that has another shape. */
function listedAd(list: unknown, index: number): unknown {
  const [avail] = listOf(member(member(list, 'TRACKING'), 'avails'));
  return listOf(member(avail, 'ads'))[index];
}

/** Makes a name of an ad server one of the letters that reports may have. */
function word(name: unknown): string {
  return String(name)
    .replace(/[^A-Za-z0-9-]/g, '-')
    .slice(0, 64);
}

/** Reads the addresses of an ad's events. */
function addressesOf(ad: unknown): ReadonlyMap<string, readonly string[]> {
  const events = listOf(member(ad, 'trackingEvents'));
  const found = new Map<string, string[]>();
  for (const one of events) {
    const name = String(member(one, 'eventType'));
    const urls = listOf(member(one, 'beaconUrls')).map(String);
    found.set(name, [...(found.get(name) ?? []), ...urls]);
  }
  return found;
}

function member(value: unknown, name: string): unknown {
  return (Object(value) as Readonly<Record<string, unknown>>)[name];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
