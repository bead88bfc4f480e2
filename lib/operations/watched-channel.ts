import type { LiveChannel } from '../channel/live-channel';

/** An output group of the encoder, as CloudWatch and the alarms know it. */
export interface OutputGroup {
  readonly name: string;
  /** How many outputs it has. */
  readonly outputs: number;
}

/** The packager of a channel, as its metrics name it; a bucket has no metrics that cost nothing. */
export type Packager =
  | { readonly kind: 'media-package'; readonly channelGroup: string; readonly channel: string; readonly cmaf: boolean }
  | { readonly kind: 'media-package-v1'; readonly channel: string }
  | { readonly kind: 'bucket' };

/** All that operations need to know of one channel. */
export interface WatchedChannel {
  readonly channel: Pick<
    LiveChannel,
    'name' | 'redundancy' | 'failover' | 'latency' | 'input' | 'preparedInputs' | 'access'
  >;
  /** Id of the MediaLive channel. */
  readonly id: string;
  readonly arn: string;
  readonly outputGroups: readonly OutputGroup[];
  /** Names of the audio descriptions. */
  readonly audio: readonly string[];
  readonly packager: Packager;
  /** Manifests at the edge, as paths. */
  readonly manifests: readonly { readonly format: string; readonly path: string }[];
}
