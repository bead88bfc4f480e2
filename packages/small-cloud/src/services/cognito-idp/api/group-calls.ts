import type { Properties, Value } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import type { PropertyReader } from '../../kit/property-reader';
import type { PoolGroup, UserPool } from '../pool/user-pool';
import { type PoolCall, pageOf } from './call';
import { groupShape } from './shapes';
import { userOf } from './user-calls';

/** Adds a user to a group. A user who is in it already stays there. */
export function adminAddUserToGroup({ pool, input }: PoolCall): Properties {
  const user = userOf(pool, input);
  const group = groupOf(pool, input);
  input.end();
  user.groups.add(group.name);
  return {};
}

export function adminRemoveUserFromGroup({ pool, input }: PoolCall): Properties {
  const user = userOf(pool, input);
  const group = groupOf(pool, input);
  input.end();
  user.groups.delete(group.name);
  return {};
}

export function adminListGroupsForUser({ pool, input }: PoolCall): Properties {
  const user = userOf(pool, input);
  const groups = [...pool.groups.values()].filter(({ name }) => user.groups.has(name));
  return groupPage(pool, groups, input);
}

export function listGroups({ pool, input }: PoolCall): Properties {
  return groupPage(pool, [...pool.groups.values()], input);
}

function groupPage(pool: UserPool, groups: readonly PoolGroup[], input: PropertyReader): Properties {
  const { items, next } = pageOf(groups, input, 'NextToken');
  input.end();
  const Groups: Value = items.map((group) => groupShape(pool, group));
  return next === undefined ? { Groups } : { Groups, NextToken: next };
}

function groupOf(pool: UserPool, input: PropertyReader): PoolGroup {
  const group = pool.groups.get(input.text('GroupName'));
  if (group === undefined) throw new AwsError('ResourceNotFoundException', 'Group not found.');
  return group;
}
