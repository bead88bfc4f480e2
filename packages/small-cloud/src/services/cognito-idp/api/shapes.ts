import type { Properties, Value } from '../../../contract';
import type { PoolGroup, PoolUser, UserPool } from '../pool/user-pool';

/** A user as ListUsers and AdminCreateUser show it. */
export function userShape(user: PoolUser): Properties {
  return { Username: user.username, Attributes: attributesShape(user), ...stateShape(user) };
}

/** A user as AdminGetUser shows it. */
export function singleUserShape(user: PoolUser): Properties {
  return { Username: user.username, UserAttributes: attributesShape(user), ...stateShape(user) };
}

/** A group. The API has seconds since 1970. */
export function groupShape(pool: UserPool, group: PoolGroup): Properties {
  const shape: Record<string, Value> = {
    GroupName: group.name,
    UserPoolId: pool.id,
    CreationDate: group.createdAt / 1000,
    LastModifiedDate: group.modifiedAt / 1000,
  };
  if (group.description !== undefined) shape['Description'] = group.description;
  if (group.precedence !== undefined) shape['Precedence'] = group.precedence;
  return shape;
}

function attributesShape({ sub, attributes }: PoolUser): Value {
  return [...new Map([...attributes, ['sub', sub]])].map(([Name, Value]) => ({ Name, Value }));
}

function stateShape({ createdAt, modifiedAt, password }: PoolUser): Properties {
  return {
    UserCreateDate: createdAt / 1000,
    UserLastModifiedDate: modifiedAt / 1000,
    Enabled: true,
    UserStatus: password.isPermanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
  };
}
