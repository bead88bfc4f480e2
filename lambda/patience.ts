import type { Clock } from './clock';

/** For how long a permission that was just given may not have reached a service: IAM is eventually consistent. */
const PERMISSION_GRACE = 10_000;
const PAUSE = 2000;

/** The names of errors that may pass. */
export interface PassingErrors {
  /** What a service says to a permission that it does not know yet. */
  readonly denied: readonly string[];
  /** What passes by itself: the service is asked too often, or is not well. */
  readonly passing: readonly string[];
}

/**
 * Makes calls again, beyond the tries of the SDK, when an error passes by itself. What a clean-up could not do stays
 * behind, because CloudFormation gives it up.
 *
 * @param deadline - when to give up, in milliseconds since 1970.
 */
export function patience({ denied, passing }: PassingErrors, clock: Clock, deadline: number) {
  const begun = clock.now();
  return async <T>(call: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        const { name } = error as Error;
        const soon = denied.includes(name) && clock.now() - begun < PERMISSION_GRACE;
        const passes = passing.includes(name) && clock.now() + PAUSE < deadline;
        if (!soon && !passes) throw error;
        await clock.sleep(PAUSE);
      }
    }
  };
}
