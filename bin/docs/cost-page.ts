import { LADDER_PRESETS } from '../../lib/channel/ladder-presets';
import type { LiveChannel } from '../../lib/channel/live-channel';
import { type LiveStreamInput, liveStream } from '../../lib/channel/live-stream';
import { HOURS_OF_MONTH } from '../../lib/cost/assumptions';
import { cents, idleCostPerHour, runningCostPerHour, viewerCostPerHour } from '../../lib/cost/cost';
import { OPERATIONS_PRICES } from '../../lib/cost/operations-prices';
import type { Price } from '../../lib/cost/price';
import { LIST_PRICES } from '../../lib/cost/prices';
import { showCost } from '../../lib/cost/recording-cost';
import { RECORDING_PRICES } from '../../lib/cost/recording-prices';
import { operationsReport } from '../cost/operations-report';
import { withTable } from './marked';

type Channel = LiveStreamInput['channels'][number];

const FROM = 'lib/cost/prices.ts';
/** Ladders of the tables. */
const LADDERS = ['sd-540p', 'hd-720p', 'hd-1080p', 'slides', 'sports', 'uhd-2160p'] as const;
const CLIP = { kind: 'test-clip' } as const;

/**
 * The page docs/cost.md with its generated tables written anew. The text around them is kept.
 *
 * @throws Error for a page that lacks the marks of a table.
 */
export function costPage(page: string): string {
  const withCosts = withTable(page, { name: 'costs', from: FROM, text: costTable() });
  const withPrices = withTable(withCosts, { name: 'prices', from: FROM, text: priceTable() });
  const from = 'lib/cost/operations-prices.ts';
  const withOperations = withTable(withPrices, { name: 'operations', from, text: operationsTable() });
  const withTheirs = withTable(withOperations, {
    name: 'operations prices',
    from,
    text: tableOf(Object.values(OPERATIONS_PRICES)),
  });
  const recorded = 'lib/cost/recording-prices.ts';
  const withRecordings = withTable(withTheirs, { name: 'recordings', from: recorded, text: recordingTable() });
  return withTable(withRecordings, {
    name: 'recording prices',
    from: recorded,
    text: tableOf(Object.values(RECORDING_PRICES)),
  });
}

/** One show of an hour, by ladder: kept for 30 days, and what MediaConvert makes of it. */
function recordingTable(): string {
  const rows = LADDERS.map((ladder) => {
    const { frameRate } = LADDER_PRESETS[ladder];
    const show = (mp4: boolean, pictures: boolean) =>
      showCost({
        ladder,
        frameRate,
        latency: 'standard',
        recording: { keepDays: 30, longestShowHours: 12, mp4, pictures },
      }).usd;
    const cells = [
      `\`${ladder}\``,
      usd(show(false, false)),
      usd(show(false, true)),
      usd(show(true, false)),
      usd(show(true, true)),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| ladder | recording | with pictures | with an MP4 | with both |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

/** Descriptions of the table of operations, each in the words of its row. */
const OPERATED: readonly (readonly [words: string, description: LiveStreamInput])[] = [
  ['one channel, one pipeline', { channels: [{ name: 'main', input: CLIP }] }],
  ['one channel, two pipelines', { channels: [{ name: 'main', input: CLIP, redundancy: 'two-pipelines' }] }],
  ['one channel in a bucket', { origin: 's3', channels: [{ name: 'main', input: CLIP }] }],
  ['four channels', { channels: ['main', 'stage', 'hall', 'yard'].map((name): Channel => ({ name, input: CLIP })) }],
];

function operationsTable(): string {
  const rows = OPERATED.flatMap(([words, description]) => {
    const report = operationsReport(liveStream(description), LIST_PRICES);
    if (report === undefined) return [];
    const { idlePerMonth, runningPerMonth, afterFreeQuantities: left } = report;
    const alarms = idlePerMonth.parts.filter(({ name }) => name.startsWith('alarms'));
    const cells = [
      words,
      String(alarms.reduce((all, { quantity }) => all + quantity, 0)),
      usd(idlePerMonth.usd),
      usd(left.idlePerMonth),
      usd(runningPerMonth.usd),
      usd(left.runningPerMonth),
    ];
    return [`| ${cells.join(' | ')} |`];
  });
  return [
    '| stack | metrics of alarms | idle, month | of it left to pay | on air all month | of it left to pay |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function costTable(): string {
  const month = `month (${HOURS_OF_MONTH} h)`;
  const redundancies: readonly LiveChannel['redundancy'][] = ['single-pipeline', 'two-pipelines'];
  return [
    `| ladder | redundancy | idle, ${month} | running, hour | running, 24 h | running, ${month} | viewer-hour | viewer-hour, \`low\` |`,
    '|---|---|---|---|---|---|---|---|',
    ...LADDERS.flatMap((ladder) =>
      redundancies.map((redundancy) => {
        const { frameRate } = LADDER_PRESETS[ladder];
        const running = runningCostPerHour({ ladder, redundancy, frameRate, latency: 'standard' }).usd;
        const cells = [
          `\`${ladder}\``,
          `\`${redundancy}\``,
          usd(cents(idleCostPerHour().usd * HOURS_OF_MONTH)),
          usd(running),
          usd(cents(running * 24)),
          usd(cents(running * HOURS_OF_MONTH)),
          usd(viewerCostPerHour({ ladder, latency: 'standard' }).usd, 4),
          usd(viewerCostPerHour({ ladder, latency: 'low' }).usd, 4),
        ];
        return `| ${cells.join(' | ')} |`;
      }),
    ),
  ].join('\n');
}

function priceTable(): string {
  const { input, output, idleChannel, ingest, origination, egress, edgeRequests } = LIST_PRICES;
  const prices: Price[] = [];
  for (const pipelines of [1, 2] as const) {
    prices.push(...Object.values(input[pipelines]), ...Object.values(output[pipelines]));
  }
  prices.push(idleChannel, ingest, origination, ...egress.map(({ price }) => price));
  if (edgeRequests !== undefined) prices.push(edgeRequests);
  return tableOf(prices);
}

function tableOf(prices: readonly Price[]): string {
  return ['| price | US dollars | how it is known | from |', '|---|---|---|---|', ...prices.map(priceRow)].join('\n');
}

function priceRow({ what, usd: amount, unit, basis, note, source, date, free }: Price): string {
  const known = basis === 'published' ? basis : `${basis}: ${note ?? 'no note'}`;
  const after = free === undefined ? '' : ` after the first ${free.toLocaleString('en-US')} a month`;
  return `| ${what} | ${amount} per ${unit}${after} | ${known} | [${date}](${source}) |`;
}

function usd(amount: number, decimals = 2): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
