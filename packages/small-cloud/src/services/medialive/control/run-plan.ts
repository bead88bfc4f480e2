import type { Cloud } from '../../../contract';
import type { RunPlan } from '../contract/data-plane';
import type { IngestSource } from '../contract/pipeline-source';
import { inputIds } from '../template/channel-properties';
import type { Channel } from './channel';
import { type Takers, taker } from './channel-checks';
import type { Input } from './input';
import { notLocked } from './pipeline-locking';
import { channelSources, pipelineSources } from './pipeline-sources';
import type { Registry } from './registry';

/** Surroundings of a run in the cloud. */
interface RunSurroundings {
  readonly cloud: Pick<Cloud, 'tell'>;
  readonly takers: Takers;
}

/** Plans the run of a channel that starts now. @throws ServiceError when an input or the destination is missing. */
export function runPlan(channel: Channel, inputs: Registry<Input>, { cloud, takers }: RunSurroundings): RunPlan {
  const { properties, screenName } = channel;
  const input = inputs.get(properties.input.id);
  const [first = '', second = ''] = taker(takers, properties.destination).urls;
  return {
    channel: screenName,
    input: input.settings.screenName,
    sources: pipelineSources(properties, (id) => inputs.get(id), hasBucketIn(takers)),
    inStep: isInStep(channel, inputs, cloud),
    plan: properties.plan,
    ingestUrls: properties.channelClass === 'STANDARD' ? [first, second] : [first],
  };
}

/** Finds the source of the input that a channel starts with, in pipeline 0. */
export function firstSource({ properties }: Channel, inputs: Registry<Input>, takers: Takers): IngestSource {
  return channelSources(properties, inputs.get(properties.input.id), hasBucketIn(takers))[0];
}

/** Tells whether the service would keep the pipelines of a channel in step, and warns why not. */
function isInStep({ properties, screenName }: Channel, registry: Registry<Input>, cloud: Pick<Cloud, 'tell'>): boolean {
  const inputs = inputIds(properties).map((id) => registry.get(id));
  const why = notLocked(properties.plan.locking ?? 'source-timecode', inputs);
  if (why !== undefined && properties.channelClass === 'STANDARD') {
    cloud.tell(`encoder ${screenName}`, `the two pipelines are not in step: ${why}`, 'warning');
  }
  return why === undefined;
}

function hasBucketIn({ buckets }: Takers): (name: string) => boolean {
  return (name) => buckets.bucket(name) !== undefined;
}
