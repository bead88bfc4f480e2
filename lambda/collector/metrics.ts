import type { Row } from './row';

/** Units of the metrics that the collector writes, by name. */
const UNITS = {
  Beats: 'Count',
  Starts: 'Count',
  StartupMs: 'Milliseconds',
  StallMs: 'Milliseconds',
  PlayedMs: 'Milliseconds',
  Errors: 'Count',
  BitrateKbps: 'None',
  LatencyMs: 'Milliseconds',
} as const;

type Values = Partial<Record<keyof typeof UNITS, number | readonly number[]>>;

/**
 * Writes the rows of a call as lines of CloudWatch's embedded metric format, one for each channel. Stack and channel are
 * the only dimensions: each further one would be a metric of its own, and charged as one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLines(stack: string, rows: readonly Row[], now: number): readonly string[] {
  const channels = [...new Set(rows.map(({ cid }) => cid))];
  return channels.map((channel) => {
    const values = valuesOf(rows.filter(({ cid }) => cid === channel));
    return line({ Stack: stack, Channel: channel }, UNITS, values, now);
  });
}

/** Writes how many lines of reports were dropped. They have no channel that could be believed. */
export function droppedLine(stack: string, dropped: number, now: number): string {
  return line({ Stack: stack }, { Dropped: 'Count' }, { Dropped: dropped }, now);
}

function valuesOf(rows: readonly Row[]): Values {
  const all = (pick: (row: Row) => number | undefined) => rows.map(pick).filter((value) => value !== undefined);
  const sum = (pick: (row: Row) => number | undefined) => all(pick).reduce((total, value) => total + value, 0);
  const playing = rows.filter(({ played_ms: played = 0 }) => played > 0);
  // A session is one viewer, however often a call says so.
  const beating = new Set(rows.filter(({ e }) => e === 't').map(({ sid }) => sid));
  const startups = all(({ msd_ms: startup }) => startup);
  const found: Record<keyof typeof UNITS, number | readonly number[]> = {
    Beats: beating.size,
    Starts: startups.length,
    StartupMs: startups,
    StallMs: sum(({ stall_ms: stalled }) => stalled),
    PlayedMs: sum(({ played_ms: played }) => played),
    Errors: rows.filter(({ e }) => e === 'e').length,
    BitrateKbps: playing.flatMap(({ br_kbps: bitrate }) => bitrate ?? []),
    LatencyMs: playing.flatMap(({ ltc_ms: latency }) => latency ?? []),
  };
  // A rate needs both of its figures in every minute, so that a sum of 0 is written as well.
  const said = Object.entries(found).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return Object.fromEntries(said);
}

function line(
  dimensions: Readonly<Record<string, string>>,
  units: Readonly<Record<string, string>>,
  values: Readonly<Record<string, unknown>>,
  now: number,
): string {
  const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: units[Name] }));
  const CloudWatchMetrics = [{ Namespace: 'LiveStreaming', Dimensions: [Object.keys(dimensions)], Metrics }];
  return JSON.stringify({ _aws: { Timestamp: now, CloudWatchMetrics }, ...dimensions, ...values });
}
