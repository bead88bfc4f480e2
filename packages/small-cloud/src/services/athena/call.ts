import type { ApiRequest, Cloud } from '../../contract';
import { authorized } from '../kit/authorized';
import type { Executions } from './executions';
import type { NamedQuery } from './named-query';
import { invalid, type WorkGroupSettings } from './work-group';

/** Parts of Athena that its API shows and changes. */
export interface AthenaApiSubject {
  readonly cloud: Cloud;
  /** By name. */
  readonly groups: ReadonlyMap<string, WorkGroupSettings>;
  /** By id. */
  readonly namedQueries: ReadonlyMap<string, NamedQuery>;
  readonly executions: Executions;
}

const ACCESS_DENIED = { code: 'AccessDeniedException', status: 400 } as const;

/** Refuses a caller who may not do something in a work group. */
export function authorizeIn(
  { cloud }: Pick<AthenaApiSubject, 'cloud'>,
  { roleArn }: Pick<ApiRequest, 'roleArn'>,
  { action, group }: { readonly action: string; readonly group: string },
): void {
  const { partition, region, accountId } = cloud;
  const resource = `arn:${partition}:athena:${region}:${accountId}:workgroup/${group}`;
  authorized(cloud.access, roleArn, { action, resource }, ACCESS_DENIED);
}

/** Finds a work group. @throws AwsError InvalidRequestException when there is none. */
export function groupOf({ groups }: Pick<AthenaApiSubject, 'groups'>, name: string): WorkGroupSettings {
  const group = groups.get(name);
  if (group === undefined) throw invalid(`WorkGroup ${name} is not found.`);
  return group;
}
