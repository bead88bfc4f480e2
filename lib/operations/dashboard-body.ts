import { pipelineCount } from '../channel/live-channel';
import { inParts } from '../stream/in-parts';
import { graph, type Widget } from './dashboard-graph';
import { type MetricKey, metric } from './metrics';
import { packagerMetrics } from './packager-metrics';
import { probedPath } from './probed';
import type { WatchedChannel } from './watched-channel';

/** Content of the dashboard. */
export interface DashboardContent {
  readonly stackName: string;
  readonly region: string;
  readonly channels: readonly WatchedChannel[];
  /** ARNs of the alarms, in the order of the runbook. */
  readonly alarms: readonly string[];
  readonly probe: boolean;
  /** True where players report what viewers get. @default false */
  readonly audience?: boolean;
  readonly distributionId: string;
  readonly runbook: string;
}

/** Body of a CloudWatch dashboard. */
export interface DashboardBody {
  /** How far back graphs begin, as an ISO 8601 duration. */
  readonly start: string;
  readonly widgets: readonly (Widget & { readonly x: number; readonly y: number })[];
}

/** Columns of the grid of a dashboard. */
const COLUMNS = 24;

/**
 * Most alarms of one widget.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
const MOST_ALARMS = 100;

/**
 * Writes the body of the dashboard: the state of the alarms and the first aid on top, then the layers from the input to
 * the audience. Widgets of the edge read us-east-1, where CloudFront keeps its metrics whatever the Region of the stack.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(content: DashboardContent): DashboardBody {
  const rows = [
    headRow(content),
    ...moreAlarms(content),
    ...content.channels.flatMap((watched) => channelRows(watched, content)),
    edgeRow(content),
    ...(content.audience ? content.channels.map(({ channel }) => audienceRow(channel.name, content)) : []),
  ];
  return { start: '-PT3H', widgets: rows.flatMap(placed) };
}

/** Counts the metrics that a dashboard draws. A dashboard of up to 50 can be free. */
export function metricsDrawn({ widgets }: DashboardBody): number {
  const drawn = widgets.map(({ properties: { metrics } }) => (Array.isArray(metrics) ? metrics.length : 0));
  return drawn.reduce((all, one) => all + one, 0);
}

function headRow({ alarms, runbook }: DashboardContent): readonly Widget[] {
  const text: Widget = {
    type: 'text',
    width: alarms.length > 0 ? 8 : COLUMNS,
    height: 6,
    properties: { markdown: firstAid(runbook) },
  };
  if (alarms.length === 0) return [text];
  return [alarmWidget('Alarms', alarms.slice(0, MOST_ALARMS), 16), text];
}

/** Returns rows for the alarms that do not fit into the widget of the first row. */
function moreAlarms({ alarms }: DashboardContent): readonly (readonly Widget[])[] {
  return inParts(alarms.slice(MOST_ALARMS), MOST_ALARMS).map((part) => [alarmWidget('More alarms', part, COLUMNS)]);
}

function alarmWidget(title: string, alarms: readonly string[], width: number): Widget {
  return { type: 'alarm', width, height: 6, properties: { title, alarms } };
}

function firstAid(runbook: string): string {
  return [
    '## First aid',
    '1. Read the rows from the top: the first layer that is wrong is the cause.',
    '2. No frames at the input: the publisher. Errors at the outputs: the encoder’s role or the packager.',
    '3. Everything is well here and viewers complain: the edge, then the viewers’ own networks.',
    '',
    `Runbook: ${runbook}`,
  ].join('\n');
}

function channelRows(watched: WatchedChannel, { region, probe, stackName }: DashboardContent): readonly Widget[][] {
  const { name } = watched.channel;
  const pipelines = Array.from({ length: pipelineCount(watched.channel) }, (_, index) => String(index));
  const each = (keys: readonly ('inputVideoFrameRate' | 'fillMsec' | 'activeAlerts' | 'networkIn' | 'networkOut')[]) =>
    keys.flatMap((key) => pipelines.map((Pipeline) => metric(key, { ChannelId: watched.id, Pipeline })));
  const groups = pipelines.flatMap((Pipeline) =>
    watched.outputGroups.map((group) => ({ ChannelId: watched.id, Pipeline, OutputGroupName: group.name })),
  );
  const probed = { Stack: stackName, Channel: name };
  const rows: Widget[][] = [];
  if (probe && probedPath(watched) !== undefined) {
    rows.push([
      graph(`${name}: reaches viewers (1 is yes)`, [metric('probeOk', probed)], {
        region,
        view: 'singleValue',
        width: 6,
      }),
      graph(
        `${name}: age and delay of the newest media (s)`,
        [metric('staleSeconds', probed), metric('liveDelaySeconds', probed)],
        { region, width: 10 },
      ),
      graph(
        `${name}: time for manifest and segment (ms)`,
        [metric('manifestMs', probed), metric('segmentMs', probed)],
        { region, width: 8 },
      ),
    ]);
  }
  rows.push([
    graph(`${name}: frames at the input (per s)`, each(['inputVideoFrameRate']), { region, width: 6 }),
    graph(`${name}: filler (ms) and alerts`, each(['fillMsec', 'activeAlerts']), { region, width: 6 }),
    graph(`${name}: network in and out (Mbit/s)`, each(['networkIn', 'networkOut']), { region, width: 6 }),
    graph(
      `${name}: outputs`,
      groups.flatMap((group) => [
        metric('activeOutputs', group),
        metric('output4xxErrors', group),
        metric('output5xxErrors', group),
      ]),
      { region, width: 6 },
    ),
  ]);
  const packager = packagerMetrics(watched.packager);
  if (packager !== undefined) {
    rows.push([
      graph(`${name}: packager, bytes in and out`, packager.bytes, { region, width: 8 }),
      graph(`${name}: packager, requests by status`, packager.requests, { region, width: 8 }),
      graph(`${name}: packager, response time (ms)`, packager.time, { region, width: 8 }),
    ]);
  }
  return rows;
}

function edgeRow({ distributionId }: DashboardContent): readonly Widget[] {
  const dimensions = { DistributionId: distributionId, Region: 'Global' };
  const region = 'us-east-1';
  return [
    graph('Edge: requests', [metric('requests', dimensions)], { region, width: 8 }),
    graph('Edge: bytes to viewers', [metric('bytesDownloaded', dimensions)], { region, width: 8 }),
    graph('Edge: error rates (%)', [metric('errorRate4xx', dimensions), metric('errorRate5xx', dimensions)], {
      region,
      width: 8,
    }),
  ];
}

function audienceRow(Channel: string, { region, stackName }: DashboardContent): readonly Widget[] {
  const of = (key: MetricKey) => metric(key, { Stack: stackName, Channel });
  return [
    graph(`${Channel}: heartbeats (2 a minute for each viewer) and starts`, [of('beats'), of('starts')], {
      region,
      width: 6,
    }),
    graph(`${Channel}: time played and stalled (ms)`, [of('playedMs'), of('stallMs')], { region, width: 6 }),
    graph(`${Channel}: start time and latency (ms), errors`, [of('startupMs'), of('latencyMs'), of('errors')], {
      region,
      width: 6,
    }),
    graph(`${Channel}: bitrate watched (kbit/s)`, [of('bitrateKbps')], { region, width: 6 }),
  ];
}

/** Gives the widgets of one row their places, side by side below the rows before. */
function placed(row: readonly Widget[], index: number): DashboardBody['widgets'] {
  let x = 0;
  return row.map((widget) => {
    const at = { ...widget, x, y: index * 6 };
    x += widget.width;
    return at;
  });
}
