import type { Access, ApiRequest } from '../../contract';
import { MediaStoreError } from './media-store-error';

/**
 * Identity-based policies only: the container's policy is for the edge, which comes another way.
 *
 * @throws MediaStoreError AccessDeniedException.
 */
export function authorize(access: Access, { roleArn }: ApiRequest, action: string, resource: string): void {
  if (roleArn === undefined || access.roleAllows(roleArn, { action, resource })) return;
  throw new MediaStoreError(
    403,
    'AccessDeniedException',
    `User: ${roleArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
}
