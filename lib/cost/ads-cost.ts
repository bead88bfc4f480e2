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
    'with ads.nativePlayers, the function that writes ads into playlists: 3 cents an hour for each edge cache with such players',
  ],
} as const;

/**
 * Computes what the reports of ads cost. The delivery of an ad costs as much as that of the show, in whose place it is.
 *
 * @param viewerHours - hours of viewers on channels whose breaks are filled.
 * @param edgeRequests - price of requests at the edge; undefined to leave them out, as in AWS's guide.
 * @see docs/advertising.md
 */
export function adParts(viewerHours: number, edgeRequests: Price | undefined): readonly CostPart[] {
  const reports = viewerHours * ADS.perHour * ADS.reports;
  const parts = [part('ads, reports', reports / 1_000_000, ACCESS_PRICES.gate)];
  if (edgeRequests !== undefined) parts.push(part('ads, requests at the edge', reports / 10_000, edgeRequests));
  return parts;
}
