import type { Cost } from '../../lib/cost/cost-part';
import type { Price } from '../../lib/cost/price';
import type { AudienceWish, ChannelReport, CostReport, Total, TotalLine } from './report';

/** The report as the text of a terminal. */
export function costText(report: CostReport): string {
  const { channels, together, hoursOfMonth, audience } = report;
  return [
    'What it costs, in US dollars',
    '',
    ...channels.flatMap((channel) => [...channelLines(channel, report), '']),
    ...(channels.length < 2
      ? []
      : [
          'All channels together',
          row('idle, per month', 2, together.idlePerMonth),
          row('running, per hour', 4, together.runningPerHour),
          row(
            `forgotten for a month (${hoursOfMonth} h)`,
            2,
            together.forgottenPerMonth,
            'running, if nothing stops them',
          ),
          ...(together.total === undefined || audience === undefined
            ? []
            : [row(audienceName(audience), 2, together.total)]),
          '',
        ]),
    ...priceLines(report),
    '',
    'Assumptions',
    ...report.assumptions.map((text) => `  ${text}`),
    '',
    'Not included',
    ...report.notIncluded.map((text) => `  ${text}`),
  ].join('\n');
}

function channelLines(channel: ChannelReport, { hoursOfMonth, audience }: CostReport): readonly string[] {
  const { idlePerHour, runningPerHour, perViewerHour, forgotten, total } = channel;
  const running = certainty([runningPerHour]);
  return [
    `Channel ${channel.name}`,
    row('idle, per hour', 4, idlePerHour.usd, certainty([idlePerHour])),
    row('idle, per month', 2, channel.idlePerMonth, certainty([idlePerHour])),
    row('running, per hour', 4, runningPerHour.usd, running),
    ...partLines(runningPerHour),
    row(`forgotten for a month (${hoursOfMonth} h)`, 2, forgotten.perMonth, 'running, if nothing stops it'),
    forgotten.untilStopped === undefined
      ? '    nothing stops it: autoStop.afterRunningHours is never'
      : row(
          `  stopped after ${amount(forgotten.stoppedAfterHours)} h`,
          2,
          forgotten.untilStopped,
          'by autoStop.afterRunningHours',
        ),
    row('per viewer-hour', 4, perViewerHour.usd, certainty([perViewerHour])),
    ...partLines(perViewerHour),
    ...(total === undefined || audience === undefined
      ? []
      : totalLines(total, audience, certainty([runningPerHour, perViewerHour]))),
  ];
}

function partLines({ parts }: Cost): readonly string[] {
  return parts.map(({ name, usd, price: { basis } }) => row(`  ${name}`, 4, usd, basis === 'published' ? '' : basis));
}

function totalLines(total: Total, audience: AudienceWish, known: string): readonly string[] {
  return [
    row(audienceName(audience), 2, total.usd, known),
    ...total.lines.map((line) => row(`  ${line.name}`, 2, line.usd, quantity(line))),
    row('idle for the rest of the month', 2, total.idleRestOfMonth, 'estimated, beside the total'),
  ];
}

/** The prices in a table, and under it where they come from: each source once, by its number. */
function priceLines({ prices, priceBook }: CostReport): readonly string[] {
  const sources = [...new Set(prices.map(sourceText))];
  const width = Math.max(...prices.map(({ what }) => what.length));
  return [
    `Prices (${priceBook}), US East (N. Virginia), on demand`,
    ...prices.map((price) => {
      const { what, usd, unit, basis } = price;
      const number = sources.indexOf(sourceText(price)) + 1;
      return `  ${usd.toFixed(4)} per ${unit.padEnd(15)}  ${what.padEnd(width)}  ${basis.padEnd(9)}  [${number}]`;
    }),
    '',
    'Sources',
    ...sources.map((text, index) => `  [${index + 1}] ${text}`),
  ];
}

function sourceText({ source, date, basis, note }: Price): string {
  return `${source}, read ${date}${basis === 'published' ? '' : `\n      ${basis}: ${note ?? 'no note'}`}`;
}

function audienceName({ viewers, hours }: AudienceWish): string {
  return `${amount(viewers)} viewer${viewers === 1 ? '' : 's'} for ${amount(hours)} h`;
}

function quantity({ quantity: many, unit }: TotalLine): string {
  return unit === 'hour'
    ? `${amount(many)} h`
    : unit === 'GB'
      ? `${amount(many)} GB`
      : `${amount(many * 10_000)} requests`;
}

/** The least certain of the prices in some costs; empty if all are AWS's own. */
function certainty(costs: readonly Cost[]): string {
  const bases = costs.flatMap(({ parts }) => parts.map(({ price }) => price.basis));
  return (['estimated', 'reported'] as const).find((basis) => bases.includes(basis)) ?? '';
}

/** A line with its amount; the decimal points of 2 and of 4 decimals stand under each other. */
function row(what: string, decimals: 2 | 4, usd: number, remark = ''): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const number = usd.toLocaleString('en-US', digits).padStart(10 + decimals);
  return `  ${what.padEnd(32)}${number.padEnd(14)}  ${remark}`.trimEnd();
}

function amount(value: number | string): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
