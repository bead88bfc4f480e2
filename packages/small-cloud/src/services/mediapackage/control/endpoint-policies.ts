import type { PolicyDocument, ResourceProvider } from '../../../contract';
import type { Declared } from '../../kit/declared';
import type { Endpoint } from '../model/endpoint';
import { provider } from './catalogue-provider';
import { ConflictError } from './conflict-error';
import { channelOf, endpointOf, groupOf, policyDocument } from './resource-properties';

/** An endpoint and its policy. */
export interface PublishedEndpoint {
  readonly endpoint: Endpoint;
  /** Readers of the endpoint; undefined, without a policy, for nobody. */
  policy: PolicyDocument | undefined;
}

/**
 * Builds the provider of the policies of origin endpoints.
 *
 * @param find - finds an endpoint by its group, its channel and its name.
 */
export function endpointPolicies(
  find: (group: string, channel: string, name: string) => PublishedEndpoint | undefined,
): ResourceProvider {
  const namesOf = (properties: Declared) =>
    [groupOf(properties), channelOf(properties), endpointOf(properties)] as const;
  const set = (properties: Declared) => {
    const names = namesOf(properties);
    const published = find(...names);
    if (!published) throw new Error(`${properties.path}: there is no origin endpoint '${names.join('/')}'`);
    const policy = policyDocument(properties);
    properties.end();
    published.policy = policy;
  };
  return provider({
    replacedBy: ['ChannelGroupName', 'ChannelName', 'OriginEndpointName'],
    create: (properties) => {
      const names = namesOf(properties);
      if (find(...names)?.policy) {
        throw new ConflictError(`origin endpoint '${names.join('/')}' already has a policy; update or delete that one`);
      }
      set(properties);
      return { physicalId: names.join('|'), ref: names.join('|'), attributes: {} };
    },
    update: (properties) => {
      set(properties);
      return {};
    },
    remove: (properties) => {
      const published = find(...namesOf(properties));
      if (published) published.policy = undefined;
    },
  });
}
