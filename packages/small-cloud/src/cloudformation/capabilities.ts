import type { Plan } from './plan';

/** A template creates IAM resources, and its sender has not acknowledged that. */
export class InsufficientCapabilitiesError extends Error {
  override readonly name = 'InsufficientCapabilitiesException';
}

/** Properties that name IAM resources explicitly. */
const NAMES = ['RoleName', 'UserName', 'GroupName', 'ManagedPolicyName', 'InstanceProfileName'];

/**
 * Checks that the sender of a template has acknowledged the IAM resources that it creates.
 *
 * @param given - undefined skips the check, for a local run of a template of one's own.
 * @throws InsufficientCapabilitiesError
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-template.html#using-iam-capabilities
 */
export function checkCapabilities({ template, order }: Plan, given: readonly string[] | undefined): void {
  if (given === undefined || given.includes('CAPABILITY_NAMED_IAM')) return;
  const iam = order
    .map((logicalId) => template.resources[logicalId])
    .filter((resource) => resource?.type.startsWith('AWS::IAM::'));
  const named = iam.some((resource) => NAMES.some((name) => Object.hasOwn(resource?.properties ?? {}, name)));
  if (iam.length === 0 || (!named && given.includes('CAPABILITY_IAM'))) return;
  throw new InsufficientCapabilitiesError(
    `Requires capabilities : [${named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'}]`,
  );
}
