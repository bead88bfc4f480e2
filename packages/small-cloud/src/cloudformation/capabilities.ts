import type { Plan } from './plan';

/** A template makes IAM resources, and whoever sent it has not said so. */
export class InsufficientCapabilitiesError extends Error {
  override readonly name = 'InsufficientCapabilitiesException';
}

/** Properties that give IAM resources names of their own. */
const NAMES = ['RoleName', 'UserName', 'GroupName', 'ManagedPolicyName', 'InstanceProfileName'];

/**
 * Whether the sender of a template knows that it makes IAM resources.
 *
 * @param given - undefined is not checked: whoever runs a template of their own knows.
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
