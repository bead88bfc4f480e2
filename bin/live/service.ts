/** A stack as CloudFormation describes it. */
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

/** A channel as MediaLive describes it. */
export interface ChannelFacts {
  /** A state of MediaLive, such as `RUNNING`. */
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

/** A line of a log group. */
export interface LogLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
}

/** The calls that operate a stack. They reject with the errors of the SDK. */
export interface LiveService {
  stack(name: string): Promise<StackFacts>;
  channels(stackName: string): Promise<readonly ChannelResource[]>;
  /** Describes a channel; undefined if MediaLive does not know it. */
  look(channelId: string): Promise<ChannelFacts | undefined>;
  /** Lists the alerts that are set now, or also those that were cleared recently. */
  alerts(channelId: string, which: 'SET' | 'ALL'): Promise<readonly Alert[]>;
  /** Reads a log group from a time on, in milliseconds since 1970. */
  log(group: string, from: number): Promise<readonly LogLine[]>;
  /** Invokes a function with an event, and returns its answer. @throws Error with the function's own message. */
  invoke(functionName: string, event: object): Promise<unknown>;
  start(channelId: string): Promise<void>;
  stop(channelId: string): Promise<void>;
}

/** The clock, replaced in tests so that they need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
