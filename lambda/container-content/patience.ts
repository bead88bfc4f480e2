import type { Clock } from '../channel-state/reach';
import type { MediaStore } from './emptying';

/** For how long a permission that was just given may not have reached MediaStore: IAM is eventually consistent. */
const PERMISSION_GRACE = 10_000;
const DENIED = ['AccessDeniedException', 'ForbiddenException'];
/** What passes by itself: MediaStore is asked too often, or is not well. */
const PASSING = [
  'InternalServerError',
  'ServiceUnavailableException',
  'ThrottlingException',
  'TimeoutError',
  'TypeError',
];
const PAUSE = 2000;

/**
 * Calls that are made again when an error passes by itself, until the deadline: a container that could not be emptied in
 * a clean-up stays behind.
 *
 * @param deadline - when to give up, in milliseconds since 1970.
 */
export function patient(mediaStore: MediaStore, clock: Clock, deadline: number): MediaStore {
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
    endpoint: (name) => patiently(() => mediaStore.endpoint(name)),
    list: (endpoint, folder, token) => patiently(() => mediaStore.list(endpoint, folder, token)),
    remove: (endpoint, path) => patiently(() => mediaStore.remove(endpoint, path)),
  };
}
