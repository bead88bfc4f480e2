import {
  ASSUMPTIONS,
  type Cost,
  type CostPart,
  cents,
  HOURS_OF_MONTH,
  idleCostPerHour,
  NOT_INCLUDED,
  runningCostPerHour,
  viewerCost,
  viewerCostPerHour,
} from '../lib/channel/cost';
import type { LiveChannel } from '../lib/channel/live-channel';
import type { Price, PriceBook } from '../lib/channel/prices';

/** An audience: so many viewers on each channel, for so many hours of a month in which the channel runs. */
export interface AudienceWish {
  readonly viewers: number;
  readonly hours: number;
  /** 0 to 1. */
  readonly hitRatio: number;
}

interface ChannelReport {
  readonly name: string;
  readonly idlePerHour: Cost;
  readonly idlePerMonth: number;
  readonly runningPerHour: Cost;
  readonly perViewerHour: Cost;
  /** What the audience costs, in whole cents a line; only with an audience. */
  readonly total?: { readonly encoder: number; readonly ingest: number; readonly viewers: Cost; readonly usd: number };
}

/** All that `npm run cost` says, as data: `--json` prints it as it is. */
export interface CostReport {
  readonly currency: 'USD';
  readonly priceBook: PriceBook['name'];
  readonly audience?: AudienceWish;
  readonly channels: readonly ChannelReport[];
  readonly total?: number;
  readonly prices: readonly Price[];
  readonly assumptions: readonly string[];
  readonly notIncluded: readonly string[];
}

/** Computes the report. The lines of a total are rounded to cents before they are added, so that the table adds up. */
export function costReport(
  channels: readonly LiveChannel[],
  prices: PriceBook,
  audience: AudienceWish | undefined,
): CostReport {
  let deliveredGb = 0;
  const reports = channels.map((channel): ChannelReport => {
    const runningPerHour = runningCostPerHour(channel, prices);
    const idlePerHour = idleCostPerHour(prices);
    const hitRatio = audience?.hitRatio;
    const report = {
      name: channel.name,
      idlePerHour,
      idlePerMonth: cents(idlePerHour.usd * HOURS_OF_MONTH),
      runningPerHour,
      perViewerHour: viewerCostPerHour(channel, { hitRatio }, prices),
    };
    if (audience === undefined) return report;
    const viewerHours = audience.viewers * audience.hours;
    const viewers = viewerCost(channel, { viewerHours, hitRatio, deliveredGb }, prices);
    deliveredGb += viewers.gb;
    const encoder = cents(sum(encoding(runningPerHour)) * audience.hours);
    const ingest = cents(sum(runningPerHour.parts.filter(isIngest)) * audience.hours);
    const usd = cents(encoder + ingest + byName(viewers.parts).reduce((all, [, line]) => all + cents(line), 0));
    return { ...report, total: { encoder, ingest, viewers, usd } };
  });
  const costs = reports.flatMap(({ idlePerHour, runningPerHour, perViewerHour, total }) => [
    idlePerHour,
    runningPerHour,
    perViewerHour,
    ...(total === undefined ? [] : [total.viewers]),
  ]);
  const used = costs.flatMap(({ parts }) => parts.map(({ price }) => price));
  return {
    currency: 'USD',
    priceBook: prices.name,
    ...(audience === undefined
      ? {}
      : { audience, total: cents(reports.reduce((all, { total }) => all + (total?.usd ?? 0), 0)) }),
    channels: reports,
    prices: [...new Map(used.map((price) => [JSON.stringify(price), price])).values()],
    assumptions: ASSUMPTIONS,
    notIncluded: NOT_INCLUDED,
  };
}

/** The report as the text of a terminal. */
export function costText(report: CostReport): string {
  const { audience } = report;
  const lines = report.channels.flatMap(({ name, idlePerHour, idlePerMonth, runningPerHour, perViewerHour, total }) => [
    `Channel ${name}`,
    row('idle, per month', idlePerMonth.toFixed(2), marks([idlePerHour])),
    row('idle, per hour', idlePerHour.usd.toFixed(4), marks([idlePerHour])),
    row('running, per hour', runningPerHour.usd.toFixed(2), marks([runningPerHour])),
    ...runningPerHour.parts.map((part) => row(`  ${part.name}`, part.usd.toFixed(4), mark(part.price))),
    row('per viewer-hour', perViewerHour.usd.toFixed(4), marks([perViewerHour])),
    ...perViewerHour.parts.map((part) => row(`  ${part.name}`, part.usd.toFixed(4), mark(part.price))),
    ...(total === undefined || audience === undefined
      ? []
      : [
          row(`${audience.viewers} viewers for ${audience.hours} h`, total.usd.toFixed(2), ''),
          row('  encoding', total.encoder.toFixed(2), ''),
          row('  ingest', total.ingest.toFixed(2), ''),
          ...byName(total.viewers.parts).map(([line, usd]) => row(`  ${line}`, cents(usd).toFixed(2), '')),
        ]),
    '',
  ]);
  return [
    'What it costs, in US dollars',
    '',
    ...lines,
    ...(report.total === undefined || report.channels.length < 2
      ? []
      : [row('all channels', report.total.toFixed(2), ''), '']),
    `Prices (${report.priceBook})`,
    ...report.prices.map((price) => `  ${priceText(price)}`),
    '',
    'Assumptions',
    ...report.assumptions.map((text) => `  ${text}`),
    '',
    'Not included',
    ...report.notIncluded.map((text) => `  ${text}`),
  ].join('\n');
}

function priceText({ what, usd, unit, basis, source, date, note }: Price): string {
  const known = basis === 'published' ? '' : `; ${basis}: ${note ?? 'no note'}`;
  return `${Number(usd.toFixed(4))} per ${unit}  ${what}${known}\n      ${source}, read ${date}`;
}

function byName(parts: readonly CostPart[]): readonly (readonly [string, number])[] {
  const lines = new Map<string, number>();
  for (const { name, usd } of parts) lines.set(name, (lines.get(name) ?? 0) + usd);
  return [...lines];
}

function encoding({ parts }: Cost): readonly CostPart[] {
  return parts.filter((part) => !isIngest(part));
}

function isIngest({ price }: CostPart): boolean {
  return price.unit === 'GB';
}

function sum(parts: readonly CostPart[]): number {
  return parts.reduce((all, { usd }) => all + usd, 0);
}

function mark({ basis }: Price): string {
  return basis === 'published' ? '' : basis;
}

/** The least certain of the prices in a cost. */
function marks(costs: readonly Cost[]): string {
  const bases = costs.flatMap(({ parts }) => parts.map(({ price }) => price.basis));
  return (['estimated', 'reported'] as const).find((basis) => bases.includes(basis)) ?? '';
}

function row(what: string, usd: string, remark: string): string {
  return `  ${what.padEnd(32)}${usd.padStart(12)}  ${remark}`.trimEnd();
}
