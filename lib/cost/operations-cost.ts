import { HOURS_OF_MONTH } from './assumptions';
import { type Cost, type CostPart, cost, part } from './cost-part';
import { FREE_DASHBOARD_METRICS, OPERATIONS_PRICES } from './operations-prices';
import type { Price, PriceBook } from './price';

/** Quantities of the operations of a stack. */
export interface CountedOperations {
  /** Metrics of the alarms by channel; `undefined` is the whole stack. */
  readonly alarmMetrics: ReadonlyMap<string | undefined, number>;
  /** Metrics that the dashboard draws; undefined without one. */
  readonly dashboardMetrics: number | undefined;
  /** Channels that the probe plays, each with its wait between two looks in seconds; undefined without a probe. */
  readonly probed: readonly { readonly waitSeconds: number }[] | undefined;
}

/** Assumptions about the probe, which are estimates until it runs on AWS. */
export const PROBE = {
  /** Memory of the function in GB. */
  gb: 0.25,
  /** Metrics of a channel that it writes. */
  metrics: 5,
  /** Requests to the edge for one look at a channel: two playlists, one again, and a segment. */
  requests: 4,
  /** Seconds of an invocation without a channel on air, and those beside the wait for one on air. */
  ownSeconds: 0.5,
  /** Bytes that Lambda and the function log for an invocation, and for each channel on air. */
  logBytes: 600,
  logBytesOnAir: 700,
} as const;

const MINUTES_OF_MONTH = HOURS_OF_MONTH * 60;

/**
 * Computes a month of the operations, list price.
 *
 * @param hoursOnAir - hours of the month in which every channel runs, 0 to 720. The probe's metrics are charged for these
 *   alone, and its invocations last longer.
 */
export function operationsCostPerMonth(
  { alarmMetrics, dashboardMetrics, probed }: CountedOperations,
  hoursOnAir: number,
  { edgeRequests }: Pick<PriceBook, 'edgeRequests'>,
): Cost {
  const parts: CostPart[] = [...alarmMetrics].map(([channel, metrics]) =>
    part(
      channel === undefined ? 'alarms of the stack' : `alarms of ${channel}`,
      metrics,
      OPERATIONS_PRICES.alarmMetric,
    ),
  );
  if (dashboardMetrics !== undefined) {
    const large = dashboardMetrics > FREE_DASHBOARD_METRICS;
    parts.push(part('dashboard', 1, large ? OPERATIONS_PRICES.largeDashboard : OPERATIONS_PRICES.dashboard));
  }
  if (probed !== undefined) parts.push(...probeParts(probed, hoursOnAir, edgeRequests));
  return cost(parts);
}

function probeParts(
  probed: NonNullable<CountedOperations['probed']>,
  hoursOnAir: number,
  edgeRequests: Price | undefined,
): readonly CostPart[] {
  const minutesOnAir = hoursOnAir * 60;
  // One invocation looks at all channels at the same time.
  const wait = Math.max(0, ...probed.map(({ waitSeconds }) => waitSeconds));
  const seconds = MINUTES_OF_MONTH * PROBE.ownSeconds + minutesOnAir * wait;
  const bytes = MINUTES_OF_MONTH * PROBE.logBytes + minutesOnAir * probed.length * PROBE.logBytesOnAir;
  const months = hoursOnAir / HOURS_OF_MONTH;
  const parts = [
    part('probe, schedule', MINUTES_OF_MONTH / 1_000_000, OPERATIONS_PRICES.schedule),
    part('probe, requests', MINUTES_OF_MONTH / 1_000_000, OPERATIONS_PRICES.invocations),
    part('probe, duration', (seconds * PROBE.gb) / 1_000_000, OPERATIONS_PRICES.duration),
    part('probe, logs', bytes / 1_000_000_000, OPERATIONS_PRICES.logs),
    part('probe, metrics', probed.length * PROBE.metrics * months, OPERATIONS_PRICES.customMetric),
  ];
  if (edgeRequests !== undefined) {
    const requests = minutesOnAir * probed.length * PROBE.requests;
    parts.push(part('probe, requests at the edge', requests / 10_000, edgeRequests));
  }
  return parts;
}

/**
 * Computes what a cost comes to in an account that uses its monthly free quantities for nothing else.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export function afterFreeQuantities({ parts }: Cost): number {
  const quantities = new Map<Price, number>();
  for (const { price, quantity } of parts) quantities.set(price, (quantities.get(price) ?? 0) + quantity);
  const charged = [...quantities].map(([{ usd, free = 0 }, quantity]) => Math.max(0, quantity - free) * usd);
  return charged.reduce((all, usd) => all + usd, 0);
}
