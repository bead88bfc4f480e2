import { LADDER_PRESETS } from '../../lib/channel/ladder-presets';
import type { LiveChannel } from '../../lib/channel/live-channel';
import { HOURS_OF_MONTH } from '../../lib/cost/assumptions';
import { cents, idleCostPerHour, runningCostPerHour, viewerCostPerHour } from '../../lib/cost/cost';
import type { Price } from '../../lib/cost/price';
import { LIST_PRICES } from '../../lib/cost/prices';
import { withTable } from './marked';

const FROM = 'lib/cost/prices.ts';

/**
 * The page docs/cost.md with its generated tables written anew. The text around them is kept.
 *
 * @throws Error for a page that lacks the marks of a table.
 */
export function costPage(page: string): string {
  const withCosts = withTable(page, { name: 'costs', from: FROM, text: costTable() });
  return withTable(withCosts, { name: 'prices', from: FROM, text: priceTable() });
}

function costTable(): string {
  const month = `month (${HOURS_OF_MONTH} h)`;
  const ladders = ['sd-540p', 'hd-720p', 'hd-1080p', 'slides', 'sports', 'uhd-2160p'] as const;
  const redundancies: readonly LiveChannel['redundancy'][] = ['single-pipeline', 'two-pipelines'];
  return [
    `| ladder | redundancy | idle, ${month} | running, hour | running, 24 h | running, ${month} | viewer-hour | viewer-hour, \`low\` |`,
    '|---|---|---|---|---|---|---|---|',
    ...ladders.flatMap((ladder) =>
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
  return ['| price | US dollars | how it is known | from |', '|---|---|---|---|', ...prices.map(priceRow)].join('\n');
}

function priceRow({ what, usd: amount, unit, basis, note, source, date }: Price): string {
  const known = basis === 'published' ? basis : `${basis}: ${note ?? 'no note'}`;
  return `| ${what} | ${amount} per ${unit} | ${known} | [${date}](${source}) |`;
}

function usd(amount: number, decimals = 2): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
