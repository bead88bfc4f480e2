import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { LiveChannel } from '../channel/live-channel';
import type { Encoder } from '../stream/encoder/encoder';
import type { OriginChannel } from '../stream/origin/origin';
import type { Packager, WatchedChannel } from './watched-channel';

/** The stops of one channel's stream that operations look at. */
export interface Stops {
  readonly channel: LiveChannel;
  readonly encoder: Encoder;
  readonly origin: OriginChannel;
}

/** Reads what operations need to know from the stops of a channel's stream. */
export function watchedChannel({ channel, encoder, origin }: Stops): WatchedChannel {
  const settings = encoder.settings.encoderSettings as CfnChannel.EncoderSettingsProperty;
  const groups = (settings.outputGroups ?? []) as readonly CfnChannel.OutputGroupProperty[];
  const audio = (settings.audioDescriptions ?? []) as readonly CfnChannel.AudioDescriptionProperty[];
  return {
    channel,
    id: encoder.channelId,
    arn: encoder.channelArn,
    outputGroups: groups.map(({ name = '', outputs = [] }) => ({ name, outputs: lengthOf(outputs) })),
    audio: audio.flatMap(({ name }) => name ?? []),
    packager: packagerOf(origin, groups.some(isCmafIngest)),
    manifests: origin.manifests,
  };
}

function packagerOf({ kind, metrics: { values } }: OriginChannel, cmaf: boolean): Packager {
  const { ChannelGroup = '', Channel = '' } = values;
  switch (kind) {
    case 'media-package':
      return { kind, channelGroup: ChannelGroup, channel: Channel, cmaf };
    case 'media-package-v1':
      return { kind, channel: Channel };
    default:
      return { kind: 'bucket' };
  }
}

function isCmafIngest({ outputGroupSettings }: CfnChannel.OutputGroupProperty): boolean {
  return outputGroupSettings !== undefined && 'cmafIngestGroupSettings' in outputGroupSettings;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
