import { seededPassword } from './password-policy';
import type { PoolUser, UserPool } from './user-pool';
import { addUser, findUser } from './users';

/**
 * Adds a viewer of the local run, who is in no group or in one, so that somebody can sign in at once. Does nothing where
 * the name is taken. AWS has no such viewers.
 */
export function seedViewer(pool: UserPool, now: number, group?: string): void {
  const name = `${group ?? 'viewer'}@example.com`;
  if (/[\s@]/.test(group ?? '') || findUser(pool, name) !== undefined) return;
  const user = addUser(pool, {
    name,
    attributes: new Map([
      ['email', name],
      ['email_verified', 'true'],
    ]),
    password: {
      text: seededPassword(pool.settings.passwordPolicy),
      isPermanent: true,
      validUntil: Number.POSITIVE_INFINITY,
      isSeeded: true,
    },
    now,
  });
  if (group !== undefined) user.groups.add(group);
}

/** Gives the viewers of the local run a password that a changed policy takes. */
export function reseedPasswords(pool: UserPool): void {
  const text = seededPassword(pool.settings.passwordPolicy);
  for (const user of seededViewers(pool)) user.password = { ...user.password, text };
}

/** The viewers whose password is still the one that the local run gave them. */
export function seededViewers(pool: UserPool): readonly PoolUser[] {
  return [...pool.users.values()].filter(({ password }) => password.isSeeded);
}

/** Writes the line that tells how to sign in; empty when no seeded viewer is left. */
export function seededLine(pool: UserPool): string {
  const viewers = seededViewers(pool);
  if (viewers.length === 0) return '';
  const names = viewers.map(({ attributes }) => attributes.get('email') ?? '');
  return `${names.join(', ')}; password ${seededPassword(pool.settings.passwordPolicy)}`;
}
