import type { Channels } from './channels';
import type { Clock } from './reach';

/** For how long a permission that was just given may not have reached MediaLive: IAM is eventually consistent. */
const PERMISSION_GRACE = 10_000;
const DENIED = ['AccessDeniedException', 'ForbiddenException'];
/** What passes by itself: MediaLive is asked too often, or is not well. */
const PASSING = [
  'BadGatewayException',
  'GatewayTimeoutException',
  'InternalServerErrorException',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
];
const PAUSE = 2000;

/**
 * Channels that are asked again, beyond the tries of the SDK, when an error passes by itself, until the deadline: a
 * channel that could not be stopped in a clean-up stays behind, and is charged for, because CloudFormation gives it up.
 *
 * @param deadline - when to give up, in milliseconds since 1970.
 */
export function patient(channels: Channels, clock: Clock, deadline: number): Channels {
  const begun = clock.now();
  async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        const { name } = error as Error;
        const soon = DENIED.includes(name) && clock.now() - begun < PERMISSION_GRACE;
        const passes = PASSING.includes(name) && clock.now() + PAUSE < deadline;
        if (!soon && !passes) throw error;
        await clock.sleep(PAUSE);
      }
    }
  }
  return {
    look: (id) => patiently(() => channels.look(id)),
    state: (id) => patiently(() => channels.state(id)),
    start: (id) => patiently(() => channels.start(id)),
    stop: (id) => patiently(() => channels.stop(id)),
    tag: (arn, tags) => patiently(() => channels.tag(arn, tags)),
    untag: (arn, key) => patiently(() => channels.untag(arn, key)),
  };
}
