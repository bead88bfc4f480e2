import type { Campaign } from './campaign';

/** A break, and the site that shows it. */
export interface Shown {
  /** Origin of the site: `https://d111.cloudfront.net`; empty for paths. */
  readonly site: string;
  readonly channel: string;
  readonly id: string;
}

/** Returns the path of a clip at the edge. */
export function clipPath({ id }: Campaign): string {
  return `/ads/clips/${id}/index.m3u8`;
}

/** Returns the address that counts an event of an ad. */
export function beaconUrl({ site, channel, id }: Shown, ad: Campaign, event: string): string {
  const query = new URLSearchParams({ channel, break: id, ad: ad.id, event });
  return `${site}/ads/beacon?${query}`;
}
