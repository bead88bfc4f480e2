import { POINTS } from './beacons';
import type { AdReports, ListedAd } from './reports';

/**
 * Reports an ad of MediaTailor to the addresses that its list names, each event once.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/ad-reporting-client-side.html
 */
export class TrackedAd implements AdReports {
  private readonly urls: ReadonlyMap<string, readonly string[]>;
  private readonly told = new Set<string>();

  /** @param send - asks an address, whose answer does not matter. */
  constructor(
    { list, index }: ListedAd,
    private readonly send: (url: string) => void,
  ) {
    this.urls = addressesOf(list, index);
  }

  progress(share: number): void {
    this.tell('impression');
    for (const [event, from] of POINTS) if (share >= from) this.tell(event);
  }

  tell(event: string): void {
    if (this.told.has(event)) return;
    this.told.add(event);
    for (const url of this.urls.get(event) ?? []) this.send(url);
  }
}

/** Reads the addresses of an ad's events from the member `TRACKING` of a list; none from one that has another shape. */
function addressesOf(list: unknown, index: number): ReadonlyMap<string, readonly string[]> {
  const [avail] = listOf(member(member(list, 'TRACKING'), 'avails'));
  const events = listOf(member(listOf(member(avail, 'ads'))[index], 'trackingEvents'));
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
