import type { Clock } from '../clock';
import { type PassingErrors, patience } from '../patience';
import type { Channels } from './channels';

/** Of MediaLive. */
const ERRORS: PassingErrors = {
  denied: ['AccessDeniedException', 'ForbiddenException'],
  passing: [
    'BadGatewayException',
    'GatewayTimeoutException',
    'InternalServerErrorException',
    'ThrottlingException',
    'TimeoutError',
    'TooManyRequestsException',
  ],
};

/**
 * Channels that are asked again until the deadline: one that could not be stopped in a clean-up stays behind, and is
 * charged for.
 *
 * @param deadline - when to give up, in milliseconds since 1970.
 */
export function patient(channels: Channels, clock: Clock, deadline: number): Channels {
  const patiently = patience(ERRORS, clock, deadline);
  return {
    look: (id) => patiently(() => channels.look(id)),
    state: (id) => patiently(() => channels.state(id)),
    start: (id) => patiently(() => channels.start(id)),
    stop: (id) => patiently(() => channels.stop(id)),
    tag: (arn, tags) => patiently(() => channels.tag(arn, tags)),
    untag: (arn, key) => patiently(() => channels.untag(arn, key)),
  };
}
