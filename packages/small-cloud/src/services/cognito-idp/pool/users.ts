import { randomUUID } from 'node:crypto';
import { AwsError } from '../../kit/aws-error';
import type { Password, PoolUser, UserPool } from './user-pool';

/** A user to be added. */
export interface NewUser {
  /** The name that was given: an e-mail address where viewers sign in with one. */
  readonly name: string;
  /** By name. @default none */
  readonly attributes?: ReadonlyMap<string, string>;
  readonly password: Password;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Finds a user by user name, by `sub`, or by e-mail address where viewers sign in with one. */
export function findUser(pool: UserPool, name: string): PoolUser | undefined {
  const { usernameIsEmail, isCaseSensitive } = pool.settings;
  const folded = (text: string) => (isCaseSensitive ? text : text.toLowerCase());
  const wanted = folded(name);
  return [...pool.users.values()].find(
    ({ username, sub, attributes }) =>
      folded(username) === wanted ||
      sub === name ||
      (usernameIsEmail && folded(attributes.get('email') ?? '') === wanted),
  );
}

/** Finds a user. @throws AwsError UserNotFoundException when there is none. */
export function theUser(pool: UserPool, name: string): PoolUser {
  const user = findUser(pool, name);
  if (user === undefined) throw new AwsError('UserNotFoundException', 'User does not exist.');
  return user;
}

/**
 * Adds a user to a pool.
 *
 * @throws AwsError UsernameExistsException; InvalidParameterException for a name that is no e-mail address where viewers
 * sign in with one.
 */
export function addUser(pool: UserPool, { name, attributes = new Map(), password, now }: NewUser): PoolUser {
  const { usernameIsEmail } = pool.settings;
  if (usernameIsEmail && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name)) {
    throw new AwsError('InvalidParameterException', 'Username should be an email.');
  }
  if (findUser(pool, name) !== undefined) {
    const named = usernameIsEmail ? 'An account with the given email' : 'User account';
    throw new AwsError('UsernameExistsException', `${named} already exists${usernameIsEmail ? '.' : ''}`);
  }
  const sub = randomUUID();
  const all = new Map(attributes);
  if (usernameIsEmail) all.set('email', name);
  const user: PoolUser = {
    sub,
    username: usernameIsEmail ? sub : name,
    attributes: all,
    groups: new Set(),
    createdAt: now,
    modifiedAt: now,
    password,
  };
  pool.users.set(user.username, user);
  return user;
}
