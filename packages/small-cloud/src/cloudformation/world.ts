import type { World } from '../template/scope';
import { isCustomResource } from './custom-resource';
import type { StackResource } from './stack';

/** Answers Ref and Fn::GetAtt from the existing resources. */
export function worldOf(stackId: string, resources: ReadonlyMap<string, StackResource>): World {
  const find = (logicalId: string): StackResource => {
    const found = resources.get(logicalId);
    if (found === undefined) throw new Error(`Unresolved resource dependencies [${logicalId}]`);
    return found;
  };
  return {
    ref: (logicalId) => find(logicalId).state.ref,
    attribute(logicalId, attribute) {
      const { state, type } = find(logicalId);
      const value = Object.hasOwn(state.attributes, attribute) ? state.attributes[attribute] : undefined;
      if (value !== undefined) return value;
      throw new Error(
        isCustomResource(type)
          ? `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${stackId}|${logicalId}`
          : `Requested attribute ${attribute} does not exist in schema for ${type}`,
      );
    },
  };
}
