import { randomBytes } from 'node:crypto';
import type { ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';

/**
 * Builds a provider of resources that are a value with an id. Every property can change in place.
 *
 * @param read - reads the value from the properties.
 * @param changed - called after an update, so that users of the value can read it again.
 */
export function policyProvider<T>(
  policies: Map<string, T>,
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
      policies.set(id, read(request));
      return state(id);
    },
    async update({ physicalId }, request) {
      policies.set(physicalId, read(request));
      changed();
      return state(physicalId);
    },
    async delete({ physicalId }) {
      policies.delete(physicalId);
    },
  };
}

/** Returns a number of random hexadecimal digits. */
export function unique(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length);
}
