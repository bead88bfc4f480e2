import type { LogLine } from './service';

/** Live numbers of a channel's audience. */
export interface AudienceView {
  readonly channel: string;
  readonly viewers: number;
  readonly starts: number;
  /** Milliseconds, median and 95th percentile; undefined while nobody started. */
  readonly startupMs: { readonly p50: number; readonly p95: number } | undefined;
  /** Stalled time ÷ (stalled + played time), in percent. */
  readonly rebufferingPercent: number;
  readonly bitrateKbps: number | undefined;
  readonly latencyMs: number | undefined;
  readonly errors: number;
}

/** Seconds between two heartbeats of a viewer. */
const BEAT_SECONDS = 30;

interface Numbers {
  readonly channel: string;
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/**
 * Adds up the live numbers from the log of the collector, whose lines are the metrics of the audience.
 *
 * @param seconds - length of the time that the lines are of.
 */
export function audienceViews(lines: readonly LogLine[], seconds: number): readonly AudienceView[] {
  const read = lines.flatMap(({ message }) => numbersIn(message) ?? []);
  const channels = [...new Set(read.map(({ channel }) => channel))].sort();
  return channels.map((channel) => {
    const own = read.filter((one) => one.channel === channel);
    const all = (name: string) => own.flatMap(({ values }) => values[name] ?? []);
    const sum = (name: string) => all(name).reduce((total, value) => total + value, 0);
    const [played, stalled] = [sum('PlayedMs'), sum('StallMs')];
    const startups = all('StartupMs');
    return {
      channel,
      viewers: Math.round((sum('Beats') * BEAT_SECONDS) / seconds),
      starts: sum('Starts'),
      startupMs: startups.length === 0 ? undefined : { p50: rank(startups, 0.5) ?? 0, p95: rank(startups, 0.95) ?? 0 },
      rebufferingPercent: played + stalled === 0 ? 0 : (100 * stalled) / (played + stalled),
      bitrateKbps: rank(all('BitrateKbps'), 0.5),
      latencyMs: rank(all('LatencyMs'), 0.5),
      errors: sum('Errors'),
    };
  });
}

/** Writes the numbers of each channel in one line. */
export function audienceText(views: readonly AudienceView[], seconds: number): string {
  if (views.length === 0) return `No player reported in the last ${seconds / 60} minutes.`;
  const width = Math.max(...views.map(({ channel }) => channel.length));
  return views.map((view) => `${view.channel.padEnd(width)}  ${numbersText(view)}`).join('\n');
}

function numbersText({ viewers, starts, startupMs, rebufferingPercent, ...view }: AudienceView): string {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  const parts = [
    `${viewers} ${viewers === 1 ? 'viewer' : 'viewers'}`,
    startupMs === undefined
      ? 'nobody started'
      : `${starts} started in ${seconds(startupMs.p50)} (95 %: ${seconds(startupMs.p95)})`,
    `rebuffering ${rebufferingPercent.toFixed(2)} %`,
  ];
  if (view.bitrateKbps !== undefined) parts.push(`${(view.bitrateKbps / 1000).toFixed(1)} Mbit/s`);
  if (view.latencyMs !== undefined) parts.push(`${seconds(view.latencyMs)} behind`);
  parts.push(`${view.errors} ${view.errors === 1 ? 'error' : 'errors'}`);
  return parts.join(' · ');
}

/** Reads a line of the embedded metric format; undefined for any other line, and for one without a channel. */
function numbersIn(message: string): Numbers | undefined {
  if (!message.startsWith('{') || !message.includes('"_aws"')) return undefined;
  try {
    const { Channel, ...rest } = JSON.parse(message) as Readonly<Record<string, unknown>>;
    if (typeof Channel !== 'string') return undefined;
    const values = Object.entries(rest).map(([name, value]) => [
      name,
      [value].flat().filter((one) => typeof one === 'number'),
    ]);
    return { channel: Channel, values: Object.fromEntries(values) };
  } catch {
    return undefined;
  }
}

/** The value that a share of all do not exceed. */
function rank(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
