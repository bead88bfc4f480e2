import type { ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';
import { Declared } from '../../kit/declared';

/**
 * Builds a provider of resources that are identified by their properties.
 *
 * @param of.update - returns the attributes that a change in place replaces.
 */
export function provider(of: {
  readonly replacedBy: readonly string[];
  readonly create: (properties: Declared) => ResourceState;
  readonly update: (properties: Declared) => ResourceState['attributes'];
  readonly remove: (properties: Declared) => void;
}): ResourceProvider {
  const read = ({ properties, type }: ResourceRequest) => new Declared(properties, type);
  return {
    replacedBy: of.replacedBy,
    create: async (request) => of.create(read(request)),
    update: async (was, request) => {
      const changed = of.update(read(request));
      const attributes = { ...was.attributes, ...changed };
      return { ...was, attributes: 'ModifiedAt' in was.attributes ? { ...attributes, ModifiedAt: now() } : attributes };
    },
    delete: async (_, request) => of.remove(read(request)),
  };
}

/** Builds the state of a resource whose reference is its ARN. */
export function state(ref: string, attributes: ResourceState['attributes']): ResourceState {
  return { physicalId: ref, ref, attributes: { Arn: ref, CreatedAt: now(), ModifiedAt: now(), ...attributes } };
}

function now(): string {
  return new Date().toISOString();
}
