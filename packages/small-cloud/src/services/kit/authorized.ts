import type { Access, AccessRequest } from '../../contract';
import { AwsError } from './aws-error';

/** The form in which a service refuses a caller. */
export interface Denial {
  readonly code: string;
  readonly status: number;
  /** True for S3, which puts the resource in quotation marks. @default false */
  readonly quotesResource?: boolean;
}

const ACCESS_DENIED: Denial = { code: 'AccessDeniedException', status: 403 };

/**
 * Refuses a role whose own policies do not allow a request. The operator's credentials, which belong to no role, may do
 * everything.
 *
 * @throws AwsError with the code and the status of the denial.
 */
export function authorized(
  access: Pick<Access, 'roleAllows'>,
  roleArn: string | undefined,
  request: AccessRequest,
  { code, status, quotesResource = false }: Denial = ACCESS_DENIED,
): void {
  if (roleArn === undefined || access.roleAllows(roleArn, request)) return;
  const { action, resource } = request;
  const named = quotesResource ? `"${resource}"` : resource;
  throw new AwsError(code, notAuthorized(roleArn, { action, resource: named }), status);
}

/**
 * Writes IAM's sentence for a denied request.
 *
 * @param because - end of the sentence; empty for STS, which gives no reason.
 * @default the identity-based policies, which do not allow the action
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function notAuthorized(
  user: string,
  { action, resource }: Pick<AccessRequest, 'action' | 'resource'>,
  because = `because no identity-based policy allows the ${action} action`,
): string {
  return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${because}`.trimEnd();
}
