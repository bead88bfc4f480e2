import type { KnownState } from './decision';
import type { ChannelControl } from './reach';

/** The tags by which a channel carries what the functions of the stack must remember of it. */
export const TAGS = {
  /** Hash of all that is baked into the channel and its input; set by the template. */
  settings: 'live-streaming:settings',
  /** The channel was stopped for an update, and runs again when that has failed. */
  resume: 'live-streaming:resume',
  /** When the channel was first seen running, in ISO 8601. */
  runningSince: 'live-streaming:running-since',
} as const;

/** A channel as MediaLive describes it. */
export interface ChannelView {
  readonly state: KnownState;
  readonly tags: Readonly<Record<string, string>>;
  /** Empty when the channel is missing. */
  readonly arn: string;
  /** How many pipelines run. */
  readonly pipelines: number;
}

/** The channels of the stack, to be looked at, started, stopped, and marked. */
export interface Channels extends ChannelControl {
  look(channelId: string): Promise<ChannelView>;
  tag(arn: string, tags: Readonly<Record<string, string>>): Promise<void>;
  untag(arn: string, key: string): Promise<void>;
}

/** A resource of the stack, as CloudFormation knows it. */
export interface StackResource {
  readonly physicalId: string;
  /** `UPDATE_COMPLETE`, `UPDATE_FAILED` … */
  readonly status: string;
}

/** What is asked of CloudFormation about the function's own stack. */
export interface OwnStack {
  /** A resource; undefined when the stack has none of that name. */
  resource(logicalId: string): Promise<StackResource | undefined>;
  /** `UPDATE_IN_PROGRESS`, `UPDATE_ROLLBACK_IN_PROGRESS` … */
  status(): Promise<string>;
}
