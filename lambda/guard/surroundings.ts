import type { Channels, OwnStack } from '../shared/channels/channels';
import type { Clock } from '../shared/clock';
import type { Alert } from './verdict';

/** The channels of the stack, and their alerts. */
export interface GuardedChannels extends Channels {
  alerts(channelId: string): Promise<readonly Alert[]>;
}

/** The dependencies of the guard. */
export interface GuardSurroundings {
  readonly channels: GuardedChannels;
  readonly stack: OwnStack;
  /** Sends a notice to the subscribers. */
  notify(subject: string, text: string): Promise<void>;
  readonly clock: Clock;
  /** Time to give up waiting for a channel, in milliseconds since 1970. */
  readonly deadline: number;
}
