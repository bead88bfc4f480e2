import type { Access } from '../../contract';
import { QueryError } from '../../services/kit/query-protocol';

/**
 * Checks a call against the policies of the caller's role. The operator's own credentials allow everything.
 *
 * @throws QueryError AccessDenied in the words of AWS.
 */
export function mayDo(access: Access, roleArn: string | undefined, action: string, resource: string): void {
  if (roleArn === undefined || access.roleAllows(roleArn, { action, resource })) return;
  const reason = `because no identity-based policy allows the ${action} action`;
  const message = `User: ${roleArn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  throw new QueryError('AccessDenied', message, 403);
}
