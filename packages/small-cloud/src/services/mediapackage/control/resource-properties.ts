import type { PolicyDocument, Properties } from '../../../contract';
import type { Declared } from '../../kit/declared';
import { resourceName } from './resource-name';

/** The name of the channel group that a resource is, or is in. */
export const groupOf = (properties: Declared) => resourceName(properties, 'ChannelGroupName');
/** The name of the channel that a resource is, or is in. */
export const channelOf = (properties: Declared) => resourceName(properties, 'ChannelName');
/** The name of the endpoint that a resource is, or belongs to. */
export const endpointOf = (properties: Declared) => resourceName(properties, 'OriginEndpointName');

/** Reads the properties of a channel. @throws UnsupportedError for one that does not take CMAF. */
export function channelDeclared(properties: Declared): { readonly group: string; readonly name: string } {
  const [group, name] = [groupOf(properties), channelOf(properties)];
  // AWS's default is HLS, so the template must say CMAF.
  const inputType = properties.maybeText('InputType') ?? 'HLS';
  if (inputType !== 'CMAF') throw properties.unsupported('InputType', `${inputType} is not; set it to CMAF`);
  // The local encoders give no score: the origin turns to the other when nothing comes.
  properties.maybePart('InputSwitchConfiguration')?.withoutEffect('MQCSInputSwitching', 'PreferredInput');
  properties.maybePart('OutputHeaderConfiguration')?.withoutEffect('PublishMQCS');
  finish(properties);
  return { group, name };
}

/** What says nothing to a machine. */
export function texts(properties: Declared): void {
  properties.withoutEffect('Description', 'Tags');
}

/** Refuses what nobody has read, the texts apart. */
export function finish(properties: Declared): void {
  texts(properties);
  properties.end();
}

/** CloudFormation takes a policy as JSON, and as a string that holds it. */
export function policyDocument(properties: Declared): PolicyDocument {
  const given = properties.value('Policy');
  const policy: unknown = typeof given === 'string' ? JSON.parse(given) : given;
  if (!isDocument(policy)) throw new Error(`${properties.path}.Policy: must be a policy document`);
  return policy;
}

function isDocument(policy: unknown): policy is Properties {
  return typeof policy === 'object' && policy !== null && 'Statement' in policy;
}
