import type { Patience } from '../patience';
import type { ObjectStore } from './object-store';

/**
 * Wraps a store so that calls are repeated. A write that replaces a version may have been done by a try whose answer was
 * lost; the next one then tells of another version, and the caller reads again.
 */
export function patientStore(store: ObjectStore, patiently: Patience): ObjectStore {
  return {
    read: (key) => patiently(() => store.read(key)),
    write: (text) => patiently(() => store.write(text)),
    keys: (prefix) => patiently(() => store.keys(prefix)),
    remove: (keys) => patiently(() => store.remove(keys)),
  };
}
