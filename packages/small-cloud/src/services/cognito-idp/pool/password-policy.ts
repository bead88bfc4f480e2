import { randomInt } from 'node:crypto';
import { AwsError } from '../../kit/aws-error';

/** The rules for the passwords of a pool. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly needsLowercase: boolean;
  readonly needsUppercase: boolean;
  readonly needsNumbers: boolean;
  readonly needsSymbols: boolean;
  /** Days for which a temporary password is valid. */
  readonly temporaryDays: number;
}

/** The policy of a pool without one. */
export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 8,
  needsLowercase: true,
  needsUppercase: true,
  needsNumbers: true,
  needsSymbols: true,
  temporaryDays: 7,
};

/** The characters that Cognito counts as symbols; a space inside a password is one too. */
const SYMBOLS = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/;

/** Finds the first rule that a password breaks, in Cognito's words; undefined for a good one. */
export function passwordFault(policy: PasswordPolicy, password: string): string | undefined {
  if (password.length < policy.minimumLength) return 'Password not long enough';
  if (policy.needsUppercase && !/[A-Z]/.test(password)) return 'Password must have uppercase characters';
  if (policy.needsLowercase && !/[a-z]/.test(password)) return 'Password must have lowercase characters';
  if (policy.needsNumbers && !/[0-9]/.test(password)) return 'Password must have numeric characters';
  if (policy.needsSymbols && !SYMBOLS.test(password)) return 'Password must have symbol characters';
  return undefined;
}

/**
 * Refuses a password that breaks the policy of a pool.
 *
 * @throws AwsError InvalidPasswordException.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
 */
export function refuseWeakPassword(policy: PasswordPolicy, password: string): void {
  const fault = passwordFault(policy, password);
  if (fault !== undefined) {
    throw new AwsError('InvalidPasswordException', `Password did not conform with password policy: ${fault}`);
  }
}

/** Makes the password of the viewers whom the local run adds: `local-viewer`, changed only as far as the policy asks. */
export function seededPassword(policy: PasswordPolicy): string {
  const first = policy.needsUppercase ? 'Local-viewer' : 'local-viewer';
  const word = policy.needsNumbers ? `${first}-1` : first;
  const missing = Math.max(0, policy.minimumLength - word.length);
  return `${word}${'-viewer'.repeat(Math.ceil(missing / '-viewer'.length))}`;
}

/** Makes a temporary password that every policy takes: of each kind of character one at least. */
export function temporaryPassword({ minimumLength }: PasswordPolicy): string {
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '-_!+'];
  const length = Math.max(minimumLength, 16);
  return Array.from({ length }, (_, index) => pick(kinds[index % kinds.length] ?? '')).join('');
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}
