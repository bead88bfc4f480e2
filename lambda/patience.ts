import { NoAnswerError, readable, statusOf } from './answer';
import type { Clock } from './clock';

/** For how long a permission that was just given may not have reached a service: IAM is eventually consistent. */
const PERMISSION_GRACE = 60_000;
const PAUSE = 2000;
/** Time that is left for the last try: the SDK's own tries take about as long. */
const LAST_TRY = 15_000;

/** Makes calls again for as long as their errors may pass. */
export type Patience = <T>(call: () => Promise<T>) => Promise<T>;

/** Names of refusals that pass; some services say them with HTTP status 400. */
const BUSY = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;
const DENIED = /AccessDenied|Forbidden/;
/** It says that a call does not exist, which does not pass. */
const NOT_IMPLEMENTED = 501;

/**
 * Makes calls again, beyond the tries of the SDK, when an error may pass: the service is asked too often, is not well,
 * cannot be reached, or answers with what cannot be read. What a clean-up could not do stays behind, because
 * CloudFormation gives it up.
 *
 * @param service - its name, for messages.
 * @param deadline - when to give up, in milliseconds since 1970.
 * @see https://docs.aws.amazon.com/general/latest/gr/api-retries.html
 */
export function patience(service: string, clock: Clock, deadline: number): Patience {
  const begun = clock.now();
  return async (call) => {
    for (;;) {
      try {
        return await call();
      } catch (thrown) {
        const error = readable(service, thrown);
        const soon = isDenied(error) && clock.now() - begun < PERMISSION_GRACE;
        const inTime = clock.now() + PAUSE + LAST_TRY < deadline;
        if (!inTime || !(soon || mayPass(error))) throw error;
        await clock.sleep(PAUSE);
      }
    }
  };
}

/** Whether the same call may succeed in a while. */
export function mayPass(error: unknown): boolean {
  if (error instanceof NoAnswerError) return true;
  const status = statusOf(error) ?? 0;
  return status === 429 || (status >= 500 && status !== NOT_IMPLEMENTED) || BUSY.test(nameOf(error));
}

function isDenied(error: unknown): boolean {
  return statusOf(error) === 403 || DENIED.test(nameOf(error));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
