import type { PolicyDocument, ResourceRequest } from '../../contract';
import { declaredPolicy } from '../kit/policy/declared-policy';
import { PropertyReader } from '../kit/property-reader';

/** An AWS::IAM::Policy as its template declares it. */
export interface AttachedPolicy {
  readonly document: PolicyDocument;
  /** Names of the roles that it is attached to. */
  readonly roles: readonly string[];
}

/**
 * Reads the properties of an AWS::IAM::Policy.
 *
 * @throws UnsupportedError for groups and users.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html
 */
export function attachedPolicy(request: ResourceRequest): AttachedPolicy {
  const declared = PropertyReader.of(request);
  declared.text('PolicyName');
  const document = declaredPolicy(declared, 'PolicyDocument');
  const roles = declared.texts('Roles');
  declared.onlyEmpty('Groups', 'Users').end();
  return { document, roles };
}
