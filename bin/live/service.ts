/** What CloudFormation knows of a stack. */
export interface StackFacts {
  readonly name: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A MediaLive channel among the resources of a stack. */
export interface ChannelResource {
  readonly logicalId: string;
  readonly channelId: string;
}

/** What MediaLive knows of a channel. */
export interface ChannelFacts {
  /** A word of MediaLive's, such as `RUNNING`. */
  readonly state: string;
  readonly name: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly pipelinesRunning: number | undefined;
  /** Names of the input attachments. */
  readonly inputs: readonly string[];
}

/** An alert of a channel; times in milliseconds since 1970. */
export interface Alert {
  readonly type: string;
  readonly message: string;
  readonly pipeline: string | undefined;
  readonly state: 'SET' | 'CLEARED';
  readonly setAt: number | undefined;
  readonly clearedAt: number | undefined;
}

/** The few calls that it takes to operate a stack. They reject with what the SDK throws. */
export interface LiveService {
  stack(name: string): Promise<StackFacts>;
  channels(stackName: string): Promise<readonly ChannelResource[]>;
  /** Undefined when MediaLive does not know the channel. */
  look(channelId: string): Promise<ChannelFacts | undefined>;
  /** The alerts that are set now, or those that were cleared lately as well. */
  alerts(channelId: string, which: 'SET' | 'ALL'): Promise<readonly Alert[]>;
  start(channelId: string): Promise<void>;
  stop(channelId: string): Promise<void>;
}

/** Time, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
