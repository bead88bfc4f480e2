import type { Properties } from './json';

/** A policy document of IAM's JSON policy language. */
export type PolicyDocument = Properties;

/** One request for IAM to judge. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys, such as `AWS:SourceArn`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** IAM, as far as the small cloud judges with it. */
export interface Access {
  /** Returns true if the policies attached to a role allow a request (identity-based). */
  roleAllows(roleArn: string, request: AccessRequest): boolean;
  /** Returns true if a role lets a service principal assume it. */
  roleTrusts(roleArn: string, servicePrincipal: string, context?: Readonly<Record<string, string>>): boolean;
  /** Returns true if a resource's own policy allows a service principal's request (resource-based). */
  policyAllows(policy: PolicyDocument, servicePrincipal: string, request: AccessRequest): boolean;
  /** Returns true if a resource's own policy denies a role's request, whatever the role's policies allow. */
  policyDenies(policy: PolicyDocument, roleArn: string, request: AccessRequest): boolean;
}

/**
 * The headers by which the local edge proves itself to an origin, in place of the SigV4 signature that CloudFront's
 * origin access control adds: the service principal, and the ARN of the distribution. The edge removes both from
 * viewers' requests. It adds them only where the template's origin has an origin access control that signs.
 */
export const ORIGIN_ACCESS = {
  principal: 'x-origin-access-principal',
  source: 'x-origin-access-source',
} as const;
