import { NoAnswerError, readable, statusOf } from './answer';
import type { Clock } from './clock';

/** Time that a new permission may take to reach a service, in milliseconds: IAM is eventually consistent. */
const PERMISSION_GRACE = 60_000;
const PAUSE = 2000;
/** Time reserved for the last try, in milliseconds. The SDK's own retries take about as long. */
const LAST_TRY = 15_000;

/** Repeats a call for as long as its errors may pass. */
export type Patience = <T>(call: () => Promise<T>) => Promise<T>;

/** Names of refusals that pass. Some services send them with HTTP status 400. */
const BUSY = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;
const DENIED = /AccessDenied|Forbidden/;
/** HTTP status of a call that the service does not have. It does not pass. */
const NOT_IMPLEMENTED = 501;

/**
 * Repeats calls beyond the SDK's own retries when an error may pass: the service is throttling, unwell, unreachable, or
 * its answer cannot be read. CloudFormation does not repeat a failed clean-up, so whatever it left stays behind.
 *
 * @param service - name of the service, for messages.
 * @param deadline - time to give up, in milliseconds since 1970.
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
        const permissionMayCome = isDenied(error) && clock.now() - begun < PERMISSION_GRACE;
        const inTime = clock.now() + PAUSE + LAST_TRY < deadline;
        if (!inTime || !(permissionMayCome || mayPass(error))) throw error;
        await clock.sleep(PAUSE);
      }
    }
  };
}

/** Tells whether the same call may succeed later. */
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
