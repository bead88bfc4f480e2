import type { Cost } from '../../lib/cost/cost-part';
import type { Price } from '../../lib/cost/price';
import type { OperationsReport } from './operations-report';
import type { AudienceWish, ChannelReport, CostReport, Total, TotalLine } from './report';

/** Writes the report for a terminal. */
export function costText(report: CostReport): string {
  const text = ['What it costs, in US dollars', ''];
  for (const channel of report.channels) text.push(...channelLines(channel, report), '');
  if (report.channels.length > 1) text.push(...togetherLines(report), '');
  if (report.operations !== undefined) text.push(...operationsLines(report.operations), '');
  text.push(...priceLines(report), '', 'Assumptions', ...report.assumptions.map((line) => `  ${line}`), '');
  text.push('Not included', ...report.notIncluded.map((line) => `  ${line}`));
  return text.join('\n');
}

function togetherLines({ together, hoursOfMonth, audience }: CostReport): readonly string[] {
  const forgotten = `forgotten for a month (${hoursOfMonth} h)`;
  const lines = [
    'All channels together',
    row('idle, per month', 2, together.idlePerMonth),
    row('running, per hour', 4, together.runningPerHour),
    row(forgotten, 2, together.forgottenPerMonth, 'running, if nothing stops them'),
  ];
  if (together.total !== undefined && audience !== undefined) {
    lines.push(row(audienceName(audience), 2, together.total));
  }
  return lines;
}

function operationsLines(operations: OperationsReport): readonly string[] {
  const { idlePerMonth, runningPerHour, runningPerMonth, afterFreeQuantities } = operations;
  const free = 'what the free quantities of an account leave of it';
  return [
    'Operations: alarms, probe and dashboard of the whole stack',
    row('idle, per month', 2, idlePerMonth.usd),
    ...partLines(idlePerMonth).filter((line) => !line.includes(' 0.0000')),
    row('  left to pay', 2, afterFreeQuantities.idlePerMonth, free),
    row('each hour on air adds', 4, runningPerHour),
    row('on air all month', 2, runningPerMonth.usd),
    ...partLines({ ...runningPerMonth, parts: runningPerMonth.parts.filter(({ name }) => name.startsWith('probe')) }),
    row('  left to pay', 2, afterFreeQuantities.runningPerMonth, free),
  ];
}

function channelLines(channel: ChannelReport, { hoursOfMonth, audience }: CostReport): readonly string[] {
  const { idlePerHour, runningPerHour, perViewerHour, recordingPerMonth, forgotten, total } = channel;
  const idle = certainty([idlePerHour]);
  const lines = [
    `Channel ${channel.name}`,
    row('idle, per hour', 4, idlePerHour.usd, idle),
    row('idle, per month', 2, channel.idlePerMonth, idle),
    row('running, per hour', 4, runningPerHour.usd, certainty([runningPerHour])),
    ...partLines(runningPerHour),
    row(`forgotten for a month (${hoursOfMonth} h)`, 2, forgotten.perMonth, 'running, if nothing stops it'),
  ];
  if (forgotten.untilStopped === undefined) {
    lines.push('    nothing stops it: autoStop.afterRunningHours is never');
  } else {
    const stopped = `  stopped after ${amount(forgotten.stoppedAfterHours)} h`;
    lines.push(row(stopped, 2, forgotten.untilStopped, 'by autoStop.afterRunningHours'));
  }
  lines.push(row('per viewer-hour', 4, perViewerHour.usd, certainty([perViewerHour])), ...partLines(perViewerHour));
  if (recordingPerMonth !== undefined) {
    const known = certainty([recordingPerMonth]);
    lines.push(row('recordings, per month', 2, recordingPerMonth.usd, known), ...partLines(recordingPerMonth));
  }
  if (total !== undefined && audience !== undefined) {
    lines.push(...totalLines(total, audience, certainty([runningPerHour, perViewerHour])));
  }
  return lines;
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

/** Writes the prices in a table, and under it each source once, by its number. */
function priceLines({ prices, priceBook }: CostReport): readonly string[] {
  const sources = [...new Set(prices.map(sourceText))];
  const width = Math.max(...prices.map(({ what }) => what.length));
  return [
    `Prices (${priceBook}), US East (N. Virginia), on demand`,
    ...prices.map((price) => {
      const { what, usd, unit, basis } = price;
      const number = sources.indexOf(sourceText(price)) + 1;
      return `  ${usd.toFixed(4).padStart(7)} per ${unit.padEnd(18)}  ${what.padEnd(width)}  ${basis.padEnd(9)}  [${number}]`;
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
  switch (unit) {
    case 'hour':
      return `${amount(many)} h`;
    case 'GB':
      return `${amount(many)} GB`;
    default:
      return `${amount(many * 10_000)} requests`;
  }
}

/** Finds the least certain basis of the prices in some costs; empty if all prices are AWS's own. */
function certainty(costs: readonly Cost[]): string {
  const bases = costs.flatMap(({ parts }) => parts.map(({ price }) => price.basis));
  return (['estimated', 'reported'] as const).find((basis) => bases.includes(basis)) ?? '';
}

/** Writes a line with its amount. Decimal points of 2 and of 4 decimals are aligned. */
function row(what: string, decimals: 2 | 4, usd: number, remark = ''): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const number = usd.toLocaleString('en-US', digits).padStart(10 + decimals);
  return `  ${what.padEnd(32)}${number.padEnd(14)}  ${remark}`.trimEnd();
}

function amount(value: number | string): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
