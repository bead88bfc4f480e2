import type { PolicyDocument, Properties } from '../../../contract';
import type { Declared } from '../../kit/declared';
import { resourceName } from './resource-name';

/** Reads the name of the resource's channel group. */
export const groupOf = (properties: Declared) => resourceName(properties, 'ChannelGroupName');
/** Reads the name of the resource's channel. */
export const channelOf = (properties: Declared) => resourceName(properties, 'ChannelName');
/** Reads the name of the resource's endpoint. */
export const endpointOf = (properties: Declared) => resourceName(properties, 'OriginEndpointName');

/** Reads the properties of a channel. @throws UnsupportedError for an input type other than CMAF. */
export function channelDeclared(properties: Declared): { readonly group: string; readonly name: string } {
  const [group, name] = [groupOf(properties), channelOf(properties)];
  // The default on AWS is HLS, so the template must set CMAF.
  const inputType = properties.maybeText('InputType') ?? 'HLS';
  if (inputType !== 'CMAF') throw properties.unsupported('InputType', `${inputType} is not; set it to CMAF`);
  // The local encoders send no quality score. The origin switches inputs when one is silent.
  properties.maybePart('InputSwitchConfiguration')?.withoutEffect('MQCSInputSwitching', 'PreferredInput');
  properties.maybePart('OutputHeaderConfiguration')?.withoutEffect('PublishMQCS');
  finish(properties);
  return { group, name };
}

/** Accepts the properties that are for people only. */
export function ignoreDescription(properties: Declared): void {
  properties.withoutEffect('Description', 'Tags');
}

/** Refuses the properties that nobody has read, apart from those for people. */
export function finish(properties: Declared): void {
  ignoreDescription(properties);
  properties.end();
}

/** Reads a policy, which CloudFormation accepts as JSON and as a string with JSON. */
export function policyDocument(properties: Declared): PolicyDocument {
  const given = properties.value('Policy');
  const policy: unknown = typeof given === 'string' ? JSON.parse(given) : given;
  if (!isDocument(policy)) {
    throw new Error(
      `${properties.path}.Policy: ${JSON.stringify(given)} was given; a policy document with a Statement is needed`,
    );
  }
  return policy;
}

function isDocument(policy: unknown): policy is Properties {
  return typeof policy === 'object' && policy !== null && 'Statement' in policy;
}
