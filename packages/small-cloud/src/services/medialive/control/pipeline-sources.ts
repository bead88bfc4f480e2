import type { FailoverSource, IngestSource, PerPipeline, PipelineSource } from '../contract/data-plane';
import type { ChannelProperties } from '../template/channel-properties';
import type { Attachment } from '../template/input-attachments';
import { channelSources } from './channel';
import type { Input } from './input';

/**
 * What the pipelines of a channel play: the sources of its input, of both inputs of its failover, or of all inputs that a
 * producer switches between.
 *
 * @param hasBucket - whether a bucket is in the local S3.
 * @throws ServiceError (BadRequestException) when an input has nothing to play.
 */
export function pipelineSources(
  properties: ChannelProperties,
  input: (id: string) => Input,
  hasBucket: (name: string) => boolean,
): PerPipeline<PipelineSource> {
  const { channelClass, loop, input: first, failoverInput, preparedInputs } = properties;
  const named = (attachment: Attachment) => {
    const sources = channelSources({ channelClass, loop: attachment.loop }, input(attachment.id), hasBucket);
    const { screenName } = input(attachment.id).settings;
    return (pipeline: number) => ({
      attachmentName: attachment.attachmentName,
      node: `input ${screenName}${pipeline === 0 ? '' : ` (pipeline ${pipeline})`}`,
      source: sources[pipeline] ?? sources[0],
    });
  };
  const one = named({ ...first, loop });
  const other = failoverInput === undefined ? undefined : named(failoverInput);
  const prepared = preparedInputs.map(named);
  const sourceOf = (pipeline: number): PipelineSource => {
    const own: IngestSource | FailoverSource =
      other === undefined || failoverInput === undefined
        ? one(pipeline).source
        : { kind: 'failover', failover: failoverInput.failover, inputs: [one(pipeline), other(pipeline)] };
    if (prepared.length === 0) return own;
    return {
      kind: 'switched',
      inputs: [{ ...one(pipeline), source: own }, ...prepared.map((of) => of(pipeline))],
    };
  };
  const isSingle = channelSources(properties, input(first.id), hasBucket).length === 1;
  return isSingle ? [sourceOf(0)] : [sourceOf(0), sourceOf(1)];
}
