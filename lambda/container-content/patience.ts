import type { Clock } from '../clock';
import { patience } from '../patience';
import type { MediaStore } from './emptying';

/**
 * A container that is asked again until the deadline: one that could not be emptied in a clean-up stays behind.
 *
 * @param deadline - when to give up, in milliseconds since 1970.
 */
export function patient(mediaStore: MediaStore, clock: Clock, deadline: number): MediaStore {
  const patiently = patience('MediaStore', clock, deadline);
  return {
    endpoint: (name) => patiently(() => mediaStore.endpoint(name)),
    list: (endpoint, folder, token) => patiently(() => mediaStore.list(endpoint, folder, token)),
    remove: (endpoint, path) => patiently(() => mediaStore.remove(endpoint, path)),
  };
}
