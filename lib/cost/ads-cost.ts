import { adsOf } from '../channel/ads';
import type { LiveStream } from '../channel/live-stream';
import { ACCESS_PRICES } from './access-cost';
import { type CostPart, part } from './cost-part';
import type { Price } from './price';

/** Assumptions about ads, which are estimates until they are measured on AWS. */
export const ADS = {
  /** Ads that a viewer sees in an hour: a break of a minute every quarter of an hour, with two ads. */
  perHour: 8,
  /** Reports of each: its start, three points and its end. */
  reports: 5,
} as const;

/** Sentences of a report about ads. */
export const ADS_NOTES = {
  assumptions: [
    `a viewer of a channel with ads sees ${ADS.perHour} of them in an hour, each reported ${ADS.reports} times`,
  ],
  notIncluded: [
    'the decisions about ads, at most 16 invocations for a break and an edge location, and the storage of their clips: cents',
    'with ads.encoder mediaconvert, once for each minute of each rendition of an ad: 0.0075 USD in SD, 0.015 USD in HD, twice that above 30 frames a second',
    'with ads.nativePlayers, the function that writes ads into playlists: 3 cents an hour for each edge cache with such players',
  ],
} as const;

/**
 * Price of an ad that MediaTailor inserts. That of US East was not found.
 *
 * @see https://aws.amazon.com/mediatailor/pricing/
 */
export const TAILOR_PRICE = {
  what: 'MediaTailor, ads inserted',
  usd: 0.8,
  unit: '1,000 ads',
  basis: 'estimated',
  source: 'https://aws.amazon.com/mediatailor/pricing/',
  date: '2026-11-28',
  note: 'the price of Canada (Central) up to 5 million ads a month, by another reading of AWS’s price list; that of US East was not found',
} as const satisfies Price;

/** The services that ads of a channel cost. */
export interface AdCosts {
  /** True where MediaTailor inserts them. */
  readonly tailored: boolean;
  /** True where the edge of the stack takes the reports, and no ad server of the customer does. */
  readonly reported: boolean;
}

/** Returns what the ads of a description cost; undefined for none. */
export function adCosts(stream: Pick<LiveStream, 'ads'>): AdCosts | undefined {
  const options = adsOf(stream);
  return options && { tailored: options.service === 'mediatailor', reported: options.decisionUrl === undefined };
}

/**
 * Computes what ads and their reports cost. The delivery of an ad costs as much as that of the show, in whose place it is.
 *
 * @param viewerHours - hours of viewers on channels whose breaks are filled.
 * @param edgeRequests - price of requests at the edge; undefined to leave them out, as in AWS's guide.
 * @see docs/advertising.md
 */
export function adParts(
  viewerHours: number,
  edgeRequests: Price | undefined,
  { tailored, reported }: AdCosts = { tailored: false, reported: true },
): readonly CostPart[] {
  const reports = viewerHours * ADS.perHour * ADS.reports;
  const parts = tailored ? [part('ads, MediaTailor', (viewerHours * ADS.perHour) / 1000, TAILOR_PRICE)] : [];
  if (!reported) return parts;
  parts.push(part('ads, reports', reports / 1_000_000, ACCESS_PRICES.gate));
  if (edgeRequests !== undefined) parts.push(part('ads, requests at the edge', reports / 10_000, edgeRequests));
  return parts;
}
