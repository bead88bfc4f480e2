import { hasBreaks } from '../../lib/channel/ads';
import type { LiveStream } from '../../lib/channel/live-stream';
import { originOf } from '../../lib/channel/origin';
import { adCosts } from '../../lib/cost/ads-cost';
import { HOURS_OF_MONTH } from '../../lib/cost/assumptions';
import {
  billedHours,
  cents,
  idleCostPerHour,
  runningCostPerHour,
  viewerCost,
  viewerCostPerHour,
} from '../../lib/cost/cost';
import type { Cost, CostPart } from '../../lib/cost/cost-part';
import type { Price, PriceBook } from '../../lib/cost/price';
import { recordingCostPerMonth } from '../../lib/cost/recording-cost';
import { costNotes } from './cost-notes';
import { type OperationsReport, operationsReport } from './operations-report';

/** An audience: viewers of each channel, and the hours of a month in which the channel runs. */
export interface AudienceWish {
  readonly viewers: number;
  readonly hours: number;
}

/** A line of a total, in whole cents. */
export interface TotalLine {
  readonly name: string;
  readonly usd: number;
  /** The charged quantity; for delivery, of all volume tiers together. */
  readonly quantity: number;
  readonly unit: Price['unit'];
}

/** The cost of a running channel that nobody remembers. */
export interface Forgotten {
  /** Cost of a month, if nothing stops it. */
  readonly perMonth: number;
  /** `autoStop.afterRunningHours` of the channel. */
  readonly stoppedAfterHours: number | 'never';
  /** Cost until then; undefined for `never`. */
  readonly untilStopped?: number;
}

/** The cost of an audience on one channel. */
export interface Total {
  readonly lines: readonly TotalLine[];
  readonly usd: number;
  /** The additional cost of keeping the channel idle for the rest of the month. */
  readonly idleRestOfMonth: number;
}

/** The costs of one channel. Amounts per hour are exact; those of a month and of a total are whole cents. */
export interface ChannelReport {
  readonly name: string;
  readonly idlePerHour: Cost;
  readonly idlePerMonth: number;
  readonly runningPerHour: Cost;
  readonly forgotten: Forgotten;
  readonly perViewerHour: Cost;
  /** A month of recordings; only for a channel that records. It is in none of the sums. */
  readonly recordingPerMonth?: Cost;
  /** Only with an audience. */
  readonly total?: Total;
}

/** The answer of `npm run cost`, as `--json` prints it. */
export interface CostReport {
  readonly currency: 'USD';
  readonly priceBook: PriceBook['name'];
  readonly hoursOfMonth: number;
  /** 0 to 1. */
  readonly hitRatio: number;
  readonly audience?: AudienceWish;
  readonly channels: readonly ChannelReport[];
  /** The channels together. */
  readonly together: {
    readonly idlePerMonth: number;
    readonly runningPerHour: number;
    readonly forgottenPerMonth: number;
    readonly total?: number;
  };
  /** The whole stack's alarms, probe and dashboard; only with operations. They are in none of the sums above. */
  readonly operations?: OperationsReport;
  /** Each price that was used, once. */
  readonly prices: readonly Price[];
  readonly assumptions: readonly string[];
  readonly notIncluded: readonly string[];
}

/** Computes the report. The lines of a total are rounded to cents before they are added, so that the table adds up. */
export function costReport(
  stream: LiveStream,
  prices: PriceBook,
  hitRatio: number,
  audience: AudienceWish | undefined,
): CostReport {
  const { channels, origin } = stream;
  const options = { origin: originOf({ origin }).kind, prices };
  let deliveredGb = 0;
  const used: CostPart[] = [];
  const reports = channels.map((channel): ChannelReport => {
    const runningPerHour = runningCostPerHour(channel, options);
    const idlePerHour = idleCostPerHour(prices);
    const ofViewers = {
      ...options,
      isPrivate: stream.access !== undefined && channel.access !== 'public',
      isReported: stream.analytics !== undefined,
      hasChat: channel.chat !== undefined,
      hasPolls: channel.polls,
      ads: hasBreaks(channel) ? adCosts(stream) : undefined,
    };
    const perViewerHour = viewerCostPerHour(channel, { hitRatio }, ofViewers);
    const recordingPerMonth = recordingCostPerMonth(channel);
    used.push(...idlePerHour.parts, ...runningPerHour.parts, ...perViewerHour.parts, ...recordingPerMonth.parts);
    const costs = {
      name: channel.name,
      idlePerHour,
      idlePerMonth: cents(idlePerHour.usd * HOURS_OF_MONTH),
      runningPerHour,
      forgotten: forgotten(runningPerHour, channel.autoStop.afterRunningHours),
      perViewerHour,
    };
    const report = recordingPerMonth.parts.length === 0 ? costs : { ...costs, recordingPerMonth };
    if (audience === undefined) return report;
    const viewerHours = audience.viewers * audience.hours;
    const viewers = viewerCost(channel, { viewerHours, hitRatio, deliveredGb }, ofViewers);
    deliveredGb += viewers.gb;
    used.push(...viewers.parts);
    const lines = totalLines(runningPerHour, audience.hours, viewers.parts);
    const idleHours = Math.max(0, HOURS_OF_MONTH - audience.hours);
    return { ...report, total: { lines, usd: sum(lines), idleRestOfMonth: cents(idlePerHour.usd * idleHours) } };
  });
  const settings = { currency: 'USD', priceBook: prices.name, hoursOfMonth: HOURS_OF_MONTH, hitRatio } as const;
  const sums = {
    idlePerMonth: cents(reports.reduce((all, { idlePerMonth }) => all + idlePerMonth, 0)),
    runningPerHour: reports.reduce((all, { runningPerHour }) => all + runningPerHour.usd, 0),
    forgottenPerMonth: cents(reports.reduce((all, one) => all + one.forgotten.perMonth, 0)),
  };
  const total = sum(reports.flatMap((channel) => channel.total ?? []));
  const { assumptions, notIncluded } = costNotes(stream);
  const operations = operationsReport(stream, prices);
  used.push(...(operations?.runningPerMonth.parts ?? []));
  const costs = { channels: reports, together: audience === undefined ? sums : { ...sums, total } };
  return {
    ...(audience === undefined ? settings : { ...settings, audience }),
    ...(operations === undefined ? costs : { ...costs, operations }),
    prices: [...new Map(used.map(({ price }) => [JSON.stringify(price), price])).values()],
    assumptions: [
      `the edge serves ${percent(hitRatio)} % of the traffic from its cache, and asks MediaPackage for the rest`,
      ...assumptions,
    ],
    notIncluded,
  };
}

function forgotten(running: Cost, stoppedAfterHours: number | 'never'): Forgotten {
  const perMonth = cents(running.usd * HOURS_OF_MONTH);
  if (stoppedAfterHours === 'never') return { perMonth, stoppedAfterHours };
  return { perMonth, stoppedAfterHours, untilStopped: cents(running.usd * stoppedAfterHours) };
}

function totalLines(running: Cost, hours: number, viewers: readonly CostPart[]): readonly TotalLine[] {
  const encoding = running.parts.filter(({ price }) => price.unit === 'hour');
  const billed = billedHours(hours);
  const ingest = running.parts.filter(({ price }) => price.unit === 'GB');
  const names = [...new Set(viewers.map(({ name }) => name))];
  return [
    { name: 'encoding', usd: cents(rates(encoding) * billed), quantity: billed, unit: 'hour' },
    ...ingest.map(({ name, quantity, price: { unit }, usd }) => ({
      name,
      usd: cents(usd * hours),
      quantity: quantity * hours,
      unit,
    })),
    ...names.flatMap((name) => {
      const parts = viewers.filter((part) => part.name === name);
      const quantity = parts.reduce((all, part) => all + part.quantity, 0);
      return parts.slice(0, 1).map(({ price: { unit } }) => ({ name, usd: cents(rates(parts)), quantity, unit }));
    }),
  ];
}

function rates(parts: readonly CostPart[]): number {
  return parts.reduce((all, { usd }) => all + usd, 0);
}

function sum(amounts: readonly { readonly usd: number }[]): number {
  return cents(amounts.reduce((all, { usd }) => all + usd, 0));
}

/** Converts a share to per cent, without the digits that binary fractions add. */
function percent(share: number): number {
  return Number((share * 100).toFixed(6));
}
