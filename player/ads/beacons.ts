import type { PageEvent } from '../choice';
import type { AdReports } from './reports';

/** An ad on the screen. */
export interface ShownAd {
  readonly channel: string;
  /** Name of the break. */
  readonly break: string;
  /** Folder of its clip. */
  readonly ad: string;
}

/** An event of an ad. */
export interface AdEvent extends ShownAd {
  readonly event: string;
}

/** Points of an ad that are reported, as VAST names them, with the share of the ad that has been shown. */
export const POINTS = [
  ['start', 0],
  ['firstQuartile', 0.25],
  ['midpoint', 0.5],
  ['thirdQuartile', 0.75],
] as const;

/** Reports what becomes of one ad, each event once. */
export class Beacons implements AdReports {
  private readonly sent = new Set<string>();

  constructor(
    private readonly ad: ShownAd,
    private readonly send: (event: AdEvent) => void,
  ) {}

  /** Notes how much of the ad has been shown, as a share of 1. */
  progress(share: number): void {
    for (const [event, from] of POINTS) if (share >= from) this.tell(event);
  }

  /** Notes an event: `complete`, `skip` or `error`. */
  tell(event: string): void {
    if (this.sent.has(event)) return;
    this.sent.add(event);
    this.send({ ...this.ad, event });
  }
}

/** Returns the folder of a clip from its address. */
export function adOf(uri: string): string {
  return /\/ads\/clips\/([^/]+)\//.exec(uri)?.[1] ?? 'unknown';
}

/** Returns an event as a report of the audience has it. The query `ads` reads these keys. */
export function pageEventOf({ event, ad, break: name }: AdEvent): PageEvent {
  return { name: `ad-${event}`, keys: { 'lss-ad': ad, 'lss-bk': name } };
}
