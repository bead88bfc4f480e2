import type { KnownState } from './decision';

/** A channel as MediaLive describes it. */
export interface ChannelView {
  readonly state: KnownState;
  readonly tags: Readonly<Record<string, string>>;
  /** Empty when the channel is missing. */
  readonly arn: string;
  /** Number of pipelines that are running. */
  readonly pipelines: number;
}

/** The calls that {@link reach} needs. */
export interface ChannelControl {
  state(channelId: string): Promise<KnownState>;
  start(channelId: string): Promise<void>;
  stop(channelId: string): Promise<void>;
}

/** The channels of the stack. */
export interface Channels extends ChannelControl {
  look(channelId: string): Promise<ChannelView>;
  tag(arn: string, tags: Readonly<Record<string, string>>): Promise<void>;
  untag(arn: string, key: string): Promise<void>;
}

/** A resource of the stack, as CloudFormation reports it. */
export interface StackResource {
  readonly physicalId: string;
  /** `UPDATE_COMPLETE`, `UPDATE_FAILED` … */
  readonly status: string;
}

/** The stack that the function belongs to, as CloudFormation reports it. */
export interface OwnStack {
  /** Returns a resource; undefined when the stack has none with that logical id. */
  resource(logicalId: string): Promise<StackResource | undefined>;
  /** Returns `UPDATE_IN_PROGRESS`, `UPDATE_ROLLBACK_IN_PROGRESS` … */
  status(): Promise<string>;
}
