import { type CostPart, part } from './cost-part';
import { OPERATIONS_PRICES } from './operations-prices';
import type { Price } from './price';

const firehose = {
  unit: 'GB',
  basis: 'published',
  source: 'https://aws.amazon.com/firehose/pricing/',
  date: '2026-11-28',
} as const;

/** Prices of the reports of players, beside those of functions and logs. They are the same in both price books. */
export const ANALYTICS_PRICES = {
  ingestion: { what: 'Firehose, each record rounded up to 5 KB', usd: 0.029, ...firehose },
  conversion: { what: 'Firehose, conversion to Parquet', usd: 0.018, ...firehose },
  scanned: {
    what: 'Athena, data that a query reads, 10 MB at least',
    usd: 0.005,
    unit: 'GB',
    basis: 'published',
    source: 'https://aws.amazon.com/athena/pricing/',
    date: '2026-11-28',
  },
} as const satisfies Readonly<Record<string, Price>>;

/** Assumptions about the reports, which are estimates until they are measured on AWS. */
export const REPORTS = {
  /** Reports of a viewer in an hour: a heartbeat every 30 s, and a few changes of state. */
  perHour: 125,
  /** Memory of the collector in GB, and seconds of an invocation. */
  gb: 0.25,
  seconds: 0.02,
  /** KB that Firehose counts for a report. */
  recordKilobytes: 5,
  /** Bytes that Lambda and the collector log for a report. */
  logBytes: 850,
} as const;

/**
 * Computes what reports cost. Storage is left out: a report takes 150 bytes.
 *
 * @param reports - number of reports.
 * @param edgeRequests - price of requests at the edge; undefined to leave them out, as in AWS's guide.
 * @see docs/audience.md
 */
export function reportParts(reports: number, edgeRequests: Price | undefined): readonly CostPart[] {
  const millions = reports / 1_000_000;
  const { gb, seconds, recordKilobytes, logBytes } = REPORTS;
  const parts = [
    part('reports, function', millions, OPERATIONS_PRICES.invocations),
    part('reports, duration', millions * seconds * gb, OPERATIONS_PRICES.duration),
    part('reports, logs', (reports * logBytes) / 1e9, OPERATIONS_PRICES.logs),
    part('reports, ingestion', millions * recordKilobytes, ANALYTICS_PRICES.ingestion),
    part('reports, conversion', millions * recordKilobytes, ANALYTICS_PRICES.conversion),
  ];
  if (edgeRequests !== undefined) parts.push(part('reports, requests at the edge', reports / 10_000, edgeRequests));
  return parts;
}
