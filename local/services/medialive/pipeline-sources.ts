import { channelSources } from './channel';
import type { ChannelProperties } from './channel-properties';
import type { IngestSource, PipelineSource } from './data-plane';
import type { Input } from './input';

type Sources<T> = readonly [T] | readonly [T, T];

/**
 * What the pipelines of a channel play: the sources of its input, or of both inputs of its failover.
 *
 * @throws ServiceError (BadRequestException) when an input has nothing to play.
 */
export function pipelineSources(properties: ChannelProperties, input: (id: string) => Input): Sources<PipelineSource> {
  const { channelClass, input: first, failoverInput: second } = properties;
  const one = input(first.id);
  const sources = channelSources(properties, one);
  if (second === undefined) return sources;
  const other = input(second.id);
  const others = channelSources({ channelClass, loop: second.loop }, other);
  const paired = (source: IngestSource, pipeline: number): PipelineSource => {
    const suffix = pipeline === 0 ? '' : ` (pipeline ${pipeline})`;
    return {
      kind: 'failover',
      failover: second.failover,
      inputs: [
        { node: `input ${one.settings.screenName}${suffix}`, source },
        { node: `input ${other.settings.screenName}${suffix}`, source: others[pipeline] ?? others[0] },
      ],
    };
  };
  const [pipeline0, pipeline1] = sources;
  return pipeline1 === undefined ? [paired(pipeline0, 0)] : [paired(pipeline0, 0), paired(pipeline1, 1)];
}
