import type { Clock } from '../shared/clock';
import { patience } from '../shared/patience';
import type { MediaStore } from './emptying';

/**
 * Wraps a MediaStore so that calls are repeated until the deadline. A container that a clean-up could not empty stays
 * behind.
 *
 * @param deadline - time to give up, in milliseconds since 1970.
 */
export function patient(mediaStore: MediaStore, clock: Clock, deadline: number): MediaStore {
  const patiently = patience('MediaStore', clock, deadline);
  return {
    endpoint: (name) => patiently(() => mediaStore.endpoint(name)),
    list: (endpoint, folder, token) => patiently(() => mediaStore.list(endpoint, folder, token)),
    remove: (endpoint, path) => patiently(() => mediaStore.remove(endpoint, path)),
  };
}
