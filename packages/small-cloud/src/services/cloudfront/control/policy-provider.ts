import { randomBytes } from 'node:crypto';
import type { ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';

/**
 * A resource that is nothing but a value with an id; all of it can change in place.
 *
 * @param read - reads the value from the properties.
 * @param changed - called after a change, for those who use the value.
 */
export function policyProvider<T>(
  policies: () => Map<string, T>,
  read: (request: ResourceRequest) => T,
  changed: () => void,
): ResourceProvider {
  const state = (id: string): ResourceState => ({
    physicalId: id,
    ref: id,
    attributes: { Id: id, LastModifiedTime: new Date().toISOString() },
  });
  return {
    async create(request) {
      const id = unique(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      policies().set(id, read(request));
      return state(id);
    },
    async update({ physicalId }, request) {
      policies().set(physicalId, read(request));
      changed();
      return state(physicalId);
    },
    async delete({ physicalId }) {
      policies().delete(physicalId);
    },
  };
}

/** So many random hexadecimal digits. */
export function unique(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length);
}
