import { type ResourceProvider, type Service, UnsupportedError } from '../contract';
import { physicalName } from '../services/kit/physical-name';
import type { Template } from '../template/template';
import { isCustomResource } from './custom-resource';

/** Provider of the resources that consist of a name alone. */
const NAME_ONLY: ResourceProvider = {
  create: async (request) => {
    const name = physicalName(request);
    return { physicalId: name, ref: name, attributes: {} };
  },
  update: async (state) => state,
  delete: async () => {},
};

/** Types that belong to CloudFormation itself. */
const BUILT_IN: Readonly<Record<string, ResourceProvider>> = {
  'AWS::CDK::Metadata': NAME_ONLY,
  'AWS::CloudFormation::WaitConditionHandle': NAME_ONLY,
};

/**
 * Finds the provider of every resource type in a template.
 *
 * @param needed - logical ids of the resources to create.
 * @throws UnsupportedError with the name of every type without a provider, and its logical ids.
 */
export function providersFor(
  template: Template,
  needed: Iterable<string>,
  services: readonly Service[],
  customResources: ResourceProvider,
): (type: string) => ResourceProvider {
  const known = new Map(
    [BUILT_IN, ...services.map(({ resources }) => resources)].flatMap((map) => Object.entries(map)),
  );
  const find = (type: string) => (isCustomResource(type) ? customResources : known.get(type));
  const unknown = new Map<string, string[]>();
  for (const id of needed) {
    const type = template.resources[id]?.type ?? '';
    if (find(type) === undefined) unknown.set(type, [...(unknown.get(type) ?? []), id]);
  }
  if (unknown.size > 0) {
    const list = [...unknown].map(([type, ids]) => `${type} (${ids.join(', ')})`).join(', ');
    throw new UnsupportedError(`Resource types that the local run does not model: ${list}`);
  }
  return (type) => {
    const provider = find(type);
    if (provider === undefined) throw new UnsupportedError(`Resource type that the local run does not model: ${type}`);
    return provider;
  };
}
