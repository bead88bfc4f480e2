import type { Cloud, Properties, Value } from '../../../contract';
import { isSet } from '../contract/alert';
import { type Channel, isEncoding, pipelinesOf } from './channel';
import type { Registry } from './registry';

/** MediaLive sends a datapoint so often. */
const INTERVAL_SECONDS = 10;

const NAMESPACE = 'AWS/MediaLive';

/**
 * Sends the metrics of running channels to CloudWatch, by the dimensions that MediaLive uses, and none for a channel that
 * does not run. Audio levels, dropped frames, network rates and quality scores are not measured in the local run.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/monitoring-eml-metrics.html
 */
export class ChannelMetrics {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly channels: Registry<Channel>,
    private readonly cloud: Pick<Cloud, 'clock' | 'metrics'>,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.sample(), (INTERVAL_SECONDS * 1000) / this.cloud.clock.speed);
    this.timer.unref();
  }

  end(): void {
    clearInterval(this.timer);
  }

  /** Sends one datapoint of every metric. */
  sample(): void {
    for (const channel of this.channels.all()) {
      if (!isEncoding(channel) || channel.run === undefined) continue;
      for (const pipeline of pipelinesOf(channel)) this.sampleOne(channel, pipeline);
    }
  }

  private sampleOne(channel: Channel, pipeline: number): void {
    const { metrics } = this.cloud;
    const dimensions = { ChannelId: channel.id, Pipeline: String(pipeline) };
    for (const [name, value] of Object.entries(pipelineValues(channel, pipeline))) {
      metrics.put({ namespace: NAMESPACE, name, dimensions, value });
    }
    const isLost = channel.lost.has(pipeline);
    for (const { name: group, outputs } of outputGroups(channel.properties.given)) {
      const ofGroup = { ...dimensions, OutputGroupName: group };
      const values = { ActiveOutputs: isLost ? 0 : outputs, Output4xxErrors: 0, Output5xxErrors: 0 };
      for (const [name, value] of Object.entries(values)) {
        metrics.put({ namespace: NAMESPACE, name, dimensions: ofGroup, value });
      }
    }
  }
}

function pipelineValues(channel: Channel, pipeline: number): Readonly<Record<string, number>> {
  const isReceiving = channel.receiving.has(pipeline);
  const alerts = channel.alerts.all().filter((alert) => isSet(alert) && alert.pipeline === pipeline);
  const values: Record<string, number> = {
    ActiveAlerts: alerts.length,
    FillMsec: isReceiving ? 0 : INTERVAL_SECONDS * 1000,
    InputVideoFrameRate: isReceiving ? frameRate(channel) : 0,
    PipelinesLocked: channel.inStep && pipelinesOf(channel).length > 1 && channel.lost.size === 0 ? 1 : 0,
  };
  const { input, failoverInput } = channel.properties;
  if (failoverInput !== undefined) {
    values['PrimaryInputActive'] = (channel.run?.onAir() ?? input.attachmentName) === input.attachmentName ? 1 : 0;
  }
  return values;
}

/** Frame rate of the largest rendition: the local run does not measure that of the input. 0 for audio alone. */
function frameRate({ properties }: Channel): number {
  const [track] = properties.plan.tracks.filter((each) => each.kind === 'video');
  return track === undefined ? 0 : track.frameRate.numerator / track.frameRate.denominator;
}

/** Reads the names of the output groups, by which MediaLive sends their metrics, and how many outputs each has. */
function outputGroups(given: Properties): readonly { readonly name: string; readonly outputs: number }[] {
  const groups = member(given['EncoderSettings'], 'OutputGroups');
  if (!Array.isArray(groups)) return [];
  return groups.map((group: Value) => {
    const outputs = member(group, 'Outputs');
    return { name: String(member(group, 'Name') ?? ''), outputs: Array.isArray(outputs) ? outputs.length : 0 };
  });
}

function member(value: Value | undefined, key: string): Value | undefined {
  return (Object(value) as { readonly [key: string]: Value })[key];
}
