import type { Properties, Value } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { notModelled } from '../../kit/not-modelled';
import type { PropertyReader } from '../../kit/property-reader';
import { refuseWeakPassword, temporaryPassword } from '../pool/password-policy';
import type { Password, PoolUser, UserPool } from '../pool/user-pool';
import { addUser, theUser } from '../pool/users';
import { type PoolCall, pageOf } from './call';
import { singleUserShape, userShape } from './shapes';

/** Attributes that an operator may set. */
const ATTRIBUTES = ['email', 'email_verified'] as const;

const DAY_MILLISECONDS = 86_400_000;

/** Adds a user with a temporary password. The invitation goes to the log of the run, because nothing is sent. */
export function adminCreateUser({ subject, pool, input, now }: PoolCall): Properties {
  const name = input.text('Username');
  const attributes = attributesOf(input);
  const given = input.maybeText('TemporaryPassword');
  const isSilent = input.has('MessageAction') && input.oneOf('MessageAction', ['SUPPRESS']) === 'SUPPRESS';
  const media = input.texts('DesiredDeliveryMediums');
  if (media.includes('SMS')) throw notModelled('DesiredDeliveryMediums', { given: 'SMS', known: ['EMAIL'] });
  input.onlyEmpty('ForceAliasCreation', 'ValidationData', 'ClientMetadata').end();
  const { passwordPolicy } = pool.settings;
  if (given !== undefined) refuseWeakPassword(passwordPolicy, given);
  const text = given ?? temporaryPassword(passwordPolicy);
  const user = addUser(pool, { name, attributes, password: temporary(pool, text, now), now });
  const address = user.attributes.get('email');
  if (!isSilent && address !== undefined) {
    subject.cloud.tell(
      'sign-in',
      `E-mail to ${address}: your user name is ${name}, your temporary password is ${text}`,
    );
  }
  return { User: userShape(user) };
}

/** Sets the password of a user: a permanent one, or one to be replaced at the next sign-in. */
export function adminSetUserPassword({ pool, input, now }: PoolCall): Properties {
  const user = userOf(pool, input);
  const text = input.text('Password');
  const isPermanent = input.flag('Permanent');
  input.end();
  refuseWeakPassword(pool.settings.passwordPolicy, text);
  user.password = isPermanent
    ? { text, isPermanent, validUntil: Number.POSITIVE_INFINITY, isSeeded: false }
    : temporary(pool, text, now);
  user.modifiedAt = now;
  return {};
}

export function adminGetUser({ pool, input }: PoolCall): Properties {
  const user = userOf(pool, input);
  input.end();
  return singleUserShape(user);
}

export function adminDeleteUser({ pool, input }: PoolCall): Properties {
  const user = userOf(pool, input);
  input.end();
  pool.users.delete(user.username);
  return {};
}

/** Revokes the tokens of a user. The browser's session at the sign-in page stays, as in Cognito. */
export function adminUserGlobalSignOut({ subject, pool, input }: PoolCall): Properties {
  const user = userOf(pool, input);
  input.end();
  subject.grants.revokeUser(user);
  return {};
}

/**
 * Lists users, all or those that one comparison finds: `email = "…"`, `email ^= "…"`.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html
 */
export function listUsers({ pool, input }: PoolCall): Properties {
  const matches = filter(input.maybeText('Filter'));
  const found = [...pool.users.values()].filter(matches);
  const { items, next } = pageOf(found, input, 'PaginationToken');
  input.onlyEmpty('AttributesToGet').end();
  const Users: Value = items.map(userShape);
  return next === undefined ? { Users } : { Users, PaginationToken: next };
}

/** Reads the user that a call is about. @throws AwsError UserNotFoundException. */
export function userOf(pool: UserPool, input: PropertyReader): PoolUser {
  return theUser(pool, input.text('Username'));
}

function filter(text: string | undefined): (user: PoolUser) => boolean {
  if (text === undefined) return () => true;
  const [, name = '', comparison = '', value = ''] = /^"?([\w:]+)"?\s*(\^?=)\s*"([^"]*)"$/.exec(text) ?? [];
  if (!['email', 'sub', 'username'].includes(name)) {
    throw notModelled('Filter', { given: text, known: ['email', 'sub', 'username'] });
  }
  return ({ username, sub, attributes }) => {
    const own = name === 'username' ? username : name === 'sub' ? sub : (attributes.get(name) ?? '');
    return comparison === '=' ? own === value : own.startsWith(value);
  };
}

function attributesOf(input: PropertyReader): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const attribute of input.list('UserAttributes')) {
    const name = attribute.oneOf('Name', ATTRIBUTES);
    const value = attribute.text('Value');
    if (name === 'email' && !value.includes('@')) {
      throw new AwsError('InvalidParameterException', 'Invalid email address format.');
    }
    all.set(name, value);
  }
  return all;
}

function temporary({ settings }: UserPool, text: string, now: number): Password {
  const validUntil = now + settings.passwordPolicy.temporaryDays * DAY_MILLISECONDS;
  return { text, isPermanent: false, validUntil, isSeeded: false };
}
