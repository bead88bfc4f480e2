import { type CostPart, part } from './cost-part';
import type { Price } from './price';

const cloudFront = {
  unit: 'million requests',
  basis: 'published',
  source: 'https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/',
  date: '2026-11-28',
} as const;

/** Prices of viewer access that hang on what viewers do. They are the same in both price books. */
export const ACCESS_PRICES = {
  gate: { what: 'CloudFront Functions, invocations', usd: 0.1, free: 2, ...cloudFront },
  storeReads: { what: 'CloudFront KeyValueStore, reads', usd: 0.03, free: 2, ...cloudFront },
  sessions: {
    what: 'a session or its renewal',
    usd: 3,
    ...cloudFront,
    basis: 'estimated',
    note: 'a request at the edge, one of Lambda with 50 ms of 256 MB, one write and two reads of DynamoDB',
  },
} as const satisfies Readonly<Record<string, Price>>;

/** Reads of the store for each request: the settings with the keys, and whether the session was ended. */
const READS = 2;
/** Seconds between two renewals with tokens of ten minutes. */
const RENEWAL_SECONDS = 400;

/**
 * Computes what viewer access adds to the cost of a private channel's viewers.
 *
 * @param requests - requests for media of all viewers.
 * @see docs/access.md
 */
export function accessParts({ requests, viewerHours }: ViewerRequests): readonly CostPart[] {
  return [
    part('gate', requests / 1_000_000, ACCESS_PRICES.gate),
    part('keys at the edge', (READS * requests) / 1_000_000, ACCESS_PRICES.storeReads),
    part('sessions', (viewerHours * 3600) / RENEWAL_SECONDS / 1_000_000, ACCESS_PRICES.sessions),
  ];
}

/** The requests of viewers, and the hours in which they made them. */
export interface ViewerRequests {
  readonly requests: number;
  readonly viewerHours: number;
}
