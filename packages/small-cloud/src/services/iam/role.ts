import type { PolicyDocument, ResourceRequest } from '../../contract';
import { declaredPolicy } from '../kit/policy/declared-policy';
import { PropertyReader } from '../kit/property-reader';
import { managedPolicy } from './managed-policies';

/** A role of the account. */
export interface Role {
  readonly name: string;
  readonly trust: PolicyDocument;
  /** The role's own inline and managed policies, and those that an `AWS::IAM::Policy` attaches, by a unique name. */
  readonly policies: Map<string, PolicyDocument>;
}

/** An AWS::IAM::Role as its template declares it. */
export interface DeclaredRole extends Omit<Role, 'name'> {
  /** Undefined when CloudFormation generates one. */
  readonly name: string | undefined;
  /** `/`, or a path that begins and ends in `/`. */
  readonly path: string;
  /** ARN of the permissions boundary. */
  readonly boundary: string | undefined;
}

/**
 * Reads the properties of an AWS::IAM::Role.
 *
 * @throws UnsupportedError for managed policies and policy elements that are not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function declaredRole(request: ResourceRequest): DeclaredRole {
  const declared = PropertyReader.of(request).withoutEffect('Description', 'MaxSessionDuration', 'Tags');
  const [name, path] = [declared.maybeText('RoleName'), declared.maybeText('Path') ?? '/'];
  const boundary = declared.maybeText('PermissionsBoundary');
  const trust = declaredPolicy(declared, 'AssumeRolePolicyDocument');
  const policies = new Map<string, PolicyDocument>();
  for (const inline of declared.list('Policies')) {
    policies.set(`inline/${inline.text('PolicyName')}`, declaredPolicy(inline, 'PolicyDocument'));
  }
  for (const managed of declared.texts('ManagedPolicyArns')) {
    policies.set(`managed/${managed}`, managedPolicy(managed, declared.at('ManagedPolicyArns')));
  }
  declared.end();
  return { name, path, boundary, trust, policies };
}
