import { streamTiming } from '../channel/latency';
import { pipelineCount } from '../channel/live-channel';
import type { AlarmThresholds } from '../channel/operations';
import { mayBeLocked } from '../channel/pipeline-locking';
import type { AlarmRule } from './alarm-rule';
import { audienceAlarms } from './audience-alarms';
import { metric } from './metrics';
import { packagerAlarms } from './packager-alarms';
import { probedPath } from './probed';
import type { OutputGroup, Packager, WatchedChannel } from './watched-channel';

/** Choices that decide which alarms exist, beside the channel itself. */
export interface AlarmChoice {
  readonly stackName: string;
  readonly probe: boolean;
  /** True where players report what viewers get. @default false */
  readonly audience?: boolean;
  readonly thresholds: AlarmThresholds;
}

/** Stale media below this age is jitter, in seconds. */
const LEAST_STALE_SECONDS = 15;

/** Age in seconds from which the newest media at the edge counts as old. */
export function staleSeconds({ channel }: Pick<WatchedChannel, 'channel'>, { staleSeconds }: AlarmThresholds): number {
  return staleSeconds ?? Math.max(LEAST_STALE_SECONDS, 3 * streamTiming(channel.latency).segmentSeconds);
}

/**
 * Lists the alarms of one channel: those that its origin, redundancy, failover and ingest give data for, and no others.
 *
 * Periods are 60 s: shorter ones cost three times as much.
 */
export function channelAlarms(watched: WatchedChannel, choice: AlarmChoice): readonly AlarmRule[] {
  const pipelines = Array.from({ length: pipelineCount(watched.channel) }, (_, index) => String(index));
  return [
    ...(choice.probe && probedPath(watched) !== undefined ? probeAlarms(watched, choice) : []),
    ...pipelines.flatMap((pipeline) => pipelineAlarms(watched, pipeline, choice.thresholds)),
    ...pairAlarms(watched, pipelines),
    ...packagerAlarms(watched.packager),
    ...(choice.audience ? audienceAlarms(watched.channel.name, choice.stackName) : []),
  ];
}

function probeAlarms(watched: WatchedChannel, { stackName, thresholds }: AlarmChoice): readonly AlarmRule[] {
  const dimensions = { Stack: stackName, Channel: watched.channel.name };
  const rules: AlarmRule[] = [
    {
      slug: 'viewers-cannot-play',
      of: '',
      metrics: [metric('probeOk', dimensions)],
      compare: 'below',
      threshold: 1,
      datapoints: [2, 3],
    },
    {
      slug: 'stream-stands-still',
      of: '',
      metrics: [metric('staleSeconds', dimensions)],
      compare: 'above',
      threshold: staleSeconds(watched, thresholds),
      datapoints: [2, 3],
    },
  ];
  if (thresholds.delaySeconds !== undefined) {
    rules.push({
      slug: 'delay-grows',
      of: '',
      metrics: [metric('liveDelaySeconds', dimensions)],
      compare: 'above',
      threshold: thresholds.delaySeconds,
      datapoints: [3, 5],
    });
  }
  return rules;
}

function pipelineAlarms(watched: WatchedChannel, pipeline: string, thresholds: AlarmThresholds): readonly AlarmRule[] {
  const dimensions = { ChannelId: watched.id, Pipeline: pipeline };
  const of = `pipeline ${pipeline}`;
  const rules: AlarmRule[] = [
    {
      slug: 'medialive-alert',
      of,
      metrics: [metric('activeAlerts', dimensions)],
      compare: 'above',
      threshold: 0,
      datapoints: [3, 3],
    },
    {
      slug: 'filler-instead-of-video',
      of,
      metrics: [metric('fillMsec', dimensions)],
      compare: 'above',
      threshold: 5000,
      datapoints: [2, 3],
    },
    ...watched.outputGroups.flatMap((group) => groupAlarms(dimensions, group, isCmafIngest(watched.packager))),
  ];
  const { silenceMinutes } = thresholds;
  const [audio] = watched.audio;
  if (silenceMinutes !== undefined && audio !== undefined) {
    rules.push({
      slug: 'silence',
      of,
      metrics: [metric('outputAudioLevelDbfs', { ...dimensions, AudioDescriptionName: audio })],
      compare: 'below',
      threshold: -60,
      datapoints: [silenceMinutes, silenceMinutes],
    });
  }
  return rules;
}

function groupAlarms(
  pipeline: { readonly ChannelId: string; readonly Pipeline: string },
  { name, outputs }: OutputGroup,
  scored: boolean,
): readonly AlarmRule[] {
  const dimensions = { ...pipeline, OutputGroupName: name };
  const of = `pipeline ${pipeline.Pipeline}`;
  const rules: AlarmRule[] = [
    {
      slug: 'output-refused',
      of,
      metrics: [metric('output4xxErrors', dimensions), metric('output5xxErrors', dimensions)],
      compare: 'above',
      threshold: 0,
      datapoints: [2, 3],
    },
    {
      slug: 'output-missing',
      of,
      metrics: [metric('activeOutputs', dimensions)],
      compare: 'below',
      threshold: outputs,
      datapoints: [3, 3],
    },
  ];
  if (scored) {
    rules.push({
      slug: 'quality-poor',
      of,
      metrics: [metric('minMqcs', dimensions)],
      compare: 'below',
      threshold: 80,
      datapoints: [3, 5],
    });
  }
  return rules;
}

/** Alarms of what exists twice: inputs that fail over, and pipelines that are locked. */
function pairAlarms({ channel, id }: WatchedChannel, pipelines: readonly string[]): readonly AlarmRule[] {
  const rules: AlarmRule[] = [];
  if (channel.failover !== undefined) {
    for (const pipeline of pipelines) {
      rules.push({
        slug: 'on-the-spare-input',
        of: `pipeline ${pipeline}`,
        metrics: [metric('primaryInputActive', { ChannelId: id, Pipeline: pipeline })],
        compare: 'below',
        threshold: 1,
        datapoints: [3, 3],
      });
    }
  }
  if (pipelines.length > 1 && mayBeLocked(channel)) {
    rules.push({
      slug: 'pipelines-apart',
      of: '',
      metrics: [metric('pipelinesLocked', { ChannelId: id, Pipeline: '0' })],
      compare: 'below',
      threshold: 1,
      datapoints: [5, 5],
    });
  }
  return rules;
}

function isCmafIngest(packager: Packager): boolean {
  return packager.kind === 'media-package' && packager.cmaf;
}
