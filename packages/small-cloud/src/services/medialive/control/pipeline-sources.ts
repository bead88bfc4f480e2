import { type InputSource, STAND_INS } from '../contract/input-source';
import type { FailoverSource, IngestSource, PerPipeline, PipelineSource } from '../contract/pipeline-source';
import { ServiceError } from '../contract/service-error';
import type { ChannelProperties } from '../template/channel-properties';
import type { Attachment } from '../template/input-attachments';
import type { Input } from './input';

/**
 * Finds the sources of a channel's pipelines: of its input, of both inputs of its failover, or of all inputs that a
 * producer switches between.
 *
 * @param hasBucket - tells whether a bucket is in the local S3.
 * @throws ServiceError (BadRequestException) when an input has no source.
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

/**
 * Finds the sources of one input for the pipelines of a channel.
 *
 * @param hasBucket - tells whether a bucket is in the local S3.
 * @throws ServiceError (BadRequestException) when the input has no source.
 */
export function channelSources(
  { channelClass, loop }: Pick<ChannelProperties, 'channelClass' | 'loop'>,
  { settings: { name, source } }: Input,
  hasBucket: (name: string) => boolean,
): PerPipeline<IngestSource> {
  const [first, second] = ingestSources(source, loop, hasBucket);
  if (first === undefined) throw new ServiceError('BadRequestException', `input ${name} has no source`);
  return channelClass === 'STANDARD' && second !== undefined ? [first, second] : [first];
}

/** Stand-in for sources that are not on this machine. */
const OUTSIDE: IngestSource = {
  kind: 'stand-in',
  what: 'a source outside this machine',
  because: 'the local run loads nothing from outside this machine',
};

function ingestSources(
  source: InputSource,
  loop: boolean,
  hasBucket: (name: string) => boolean,
): readonly IngestSource[] {
  switch (source.kind) {
    case 'file':
      return source.clips.map((clip) => {
        const isHere = clip.object === undefined ? !clip.outside : hasBucket(clip.object.bucket);
        const isTransportStream = source.type === 'TS_FILE';
        return isHere ? { kind: 'file', ...clip, loop, isTransportStream } : OUTSIDE;
      });
    case 'pull':
      return source.streams.map((stream) => (stream.outside ? OUTSIDE : { kind: 'pull', ...stream }));
    case 'push':
      return source.endpoints.map((endpoint) => ({ kind: 'push', endpoint, srt: source.srt }));
    case 'stand-in': {
      const what = STAND_INS[source.type];
      const standIn = { kind: 'stand-in', what, because: `${what} cannot exist in the local run` } as const;
      return [standIn, standIn];
    }
  }
}
