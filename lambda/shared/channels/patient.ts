import type { Clock } from '../clock';
import { patience } from '../patience';
import type { Channels, OwnStack } from './channels';

/**
 * Wraps channels so that calls are repeated until the deadline. A channel that a clean-up could not stop stays behind
 * and keeps costing money.
 *
 * @param deadline - time to give up, in milliseconds since 1970.
 */
export function patientChannels(channels: Channels, clock: Clock, deadline: number): Channels {
  const patiently = patience('MediaLive', clock, deadline);
  return {
    look: (id) => patiently(() => channels.look(id)),
    state: (id) => patiently(() => channels.state(id)),
    start: (id) => patiently(() => channels.start(id)),
    stop: (id) => patiently(() => channels.stop(id)),
    tag: (arn, tags) => patiently(() => channels.tag(arn, tags)),
    untag: (arn, key) => patiently(() => channels.untag(arn, key)),
  };
}

/** Wraps a stack so that calls are repeated until the deadline. */
export function patientStack(stack: OwnStack, clock: Clock, deadline: number): OwnStack {
  const patiently = patience('CloudFormation', clock, deadline);
  return {
    resource: (logicalId) => patiently(() => stack.resource(logicalId)),
    status: () => patiently(() => stack.status()),
  };
}
