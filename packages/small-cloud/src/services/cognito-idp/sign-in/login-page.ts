import { seededPassword } from '../pool/password-policy';
import { seededViewers } from '../pool/seeded-viewers';
import type { UserPool } from '../pool/user-pool';
import { escaped, page } from './page';
import type { SignInAnswer } from './sign-in-request';

/** Text of the fields, and of an error above them. */
export interface LoginText {
  readonly username: string;
  readonly error?: string | undefined;
}

/** Makes the page on which viewers sign in. Its form goes to the address of the page itself, with the query. */
export function loginPage(pool: UserPool, { username, error }: LoginText): SignInAnswer {
  const isEmail = pool.settings.usernameIsEmail;
  const name = field({
    name: 'username',
    label: isEmail ? 'E-mail address' : 'User name',
    attributes: `type="${isEmail ? 'email' : 'text'}" autocomplete="username" value="${escaped(username)}"`,
  });
  const password = field({
    name: 'password',
    label: 'Password',
    attributes: 'type="password" autocomplete="current-password"',
  });
  const form = `<form method="post">${alert(error)}${name}${password}<button>Sign in</button></form>`;
  return page(200, 'Sign in', `${form}${hint(pool)}`);
}

/** Makes the page on which a viewer replaces a temporary password. @param session - proof of the temporary password. */
export function newPasswordPage(session: string, error?: string): SignInAnswer {
  const password = field({
    name: 'new_password',
    label: 'New password',
    attributes: 'type="password" autocomplete="new-password"',
  });
  const proof = `<input type="hidden" name="session" value="${escaped(session)}">`;
  const form = `<form method="post">${alert(error)}${proof}${password}<button>Set the password</button></form>`;
  return page(200, 'Choose a new password', `<p>Your password is a temporary one.</p>${form}`);
}

function field({ name, label, attributes }: Readonly<Record<'name' | 'label' | 'attributes', string>>): string {
  return `<label for="${name}">${label}</label><input id="${name}" name="${name}" required ${attributes}>`;
}

function alert(error: string | undefined): string {
  return error === undefined ? '' : `<p role="alert">${escaped(error)}</p>`;
}

/** Lists the viewers of the local run, and says what the page of AWS has and this one does not. */
function hint(pool: UserPool): string {
  const names = seededViewers(pool).map(
    ({ attributes }) => `<li><code>${escaped(attributes.get('email') ?? '')}</code></li>`,
  );
  const password = escaped(seededPassword(pool.settings.passwordPolicy));
  const viewers =
    names.length === 0
      ? ''
      : `<h2>Viewers of this local run</h2><ul>${names.join('')}</ul><p>Password: <code>${password}</code></p>`;
  const absent = pool.settings.isClosed
    ? 'In AWS, this page also has &ldquo;Forgot your password?&rdquo;, which needs e-mail.'
    : 'In AWS, this page also has &ldquo;Sign up&rdquo; and &ldquo;Forgot your password?&rdquo;, which need e-mail.';
  return `<aside>${viewers}<p>${absent}</p></aside>`;
}
