import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

type Properties = CloudFormationCustomResourceEvent['ResourceProperties'];

/**
 * Returns a property that must be a non-empty string. The message never contains the value, which may be a secret.
 *
 * @throws Error
 */
export function requiredString(properties: Properties, name: string): string {
  const value: unknown = properties[name];
  if (typeof value !== 'string' || value === '') throw new Error(`${name}: is missing; a string is needed`);
  return value;
}

/**
 * Returns a property that may be left out and otherwise must be a list of strings.
 *
 * @throws Error
 */
export function stringList(properties: Properties, name: string): readonly string[] {
  const value: unknown = properties[name] ?? [];
  if (Array.isArray(value) && value.every((member) => typeof member === 'string')) return value;
  throw new Error(`${name}: a list of strings is needed`);
}

/**
 * Returns a physical id that is made from the logical id on creation and then kept. A new id would be a replacement,
 * whose clean-up is a delete.
 */
export function keptPhysicalId(prefix: string, event: CloudFormationCustomResourceEvent): string {
  return event.RequestType === 'Create' ? `${prefix}-${event.LogicalResourceId}` : event.PhysicalResourceId;
}
