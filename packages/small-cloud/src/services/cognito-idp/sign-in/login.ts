import type { Names } from '../../../contract';
import { sameText } from '../../../wire/same-text';
import { passwordFault } from '../pool/password-policy';
import type { PoolUser } from '../pool/user-pool';
import { findUser } from '../pool/users';
import type { Grants } from '../tokens/grants';
import { type Authorization, authorization, isAnswer, isListed } from './authorization';
import { loginPage, newPasswordPage } from './login-page';
import { errorPage } from './page';
import type { Session, Sessions } from './sessions';
import { redirect, type SignInAnswer, type SignInRequest, withQuery } from './sign-in-request';

/** The parts of the service that the pages use. */
export interface LoginSubject {
  readonly names: Pick<Names, 'resolve'>;
  readonly grants: Grants;
  readonly sessions: Sessions;
}

/** Answers `GET /oauth2/authorize`: a code for a browser that is signed in, otherwise the way to the sign-in page. */
export function authorize(subject: LoginSubject, request: SignInRequest): SignInAnswer {
  const asked = authorization(request, subject.names);
  if (isAnswer(asked)) return asked;
  const session = subject.sessions.find(request.pool, request.headers['cookie'], request.now);
  if (session !== undefined && asked.prompt !== 'login') return withCode(subject, asked, session, request.now);
  if (asked.prompt === 'none') {
    return redirect(withQuery(asked.redirectUri, { error: 'login_required', state: asked.state }));
  }
  return redirect(`https://${request.domain.host}/login?${request.query}`);
}

/**
 * Answers `/login`: the page, and its form.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/login-endpoint.html
 */
export function login(subject: LoginSubject, request: SignInRequest): SignInAnswer {
  const asked = authorization(request, subject.names);
  if (isAnswer(asked)) return asked;
  const { pool, domain, query, form, now } = request;
  if (domain.version === 2 && !pool.brandings.has(asked.client.id)) {
    return errorPage(403, 'Login pages unavailable', 'Please contact an administrator.');
  }
  if (request.method === 'GET') return loginPage(pool, { username: query.get('login_hint') ?? '' });
  if (form.has('session')) return newPassword(subject, asked, request);
  const username = form.get('username') ?? '';
  const user = findUser(pool, username);
  const error = refusal(user, form.get('password') ?? '', asked, now);
  if (error !== undefined || user === undefined) return loginPage(pool, { username, error });
  const session = { pool, user, authTime: now };
  if (!user.password.isPermanent) return newPasswordPage(subject.sessions.challenge(session));
  return withCode(subject, asked, session, now, subject.sessions.open(session));
}

/**
 * Answers `GET /logout`: ends the session of the browser, and sends it to an address of the client's or to the sign-in
 * page. Tokens stay valid.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 */
export function logout(
  { names, sessions }: LoginSubject,
  { pool, domain, query, headers }: SignInRequest,
): SignInAnswer {
  const client = pool.clients.get(query.get('client_id') ?? '');
  const [target, callback] = [query.get('logout_uri'), query.get('redirect_uri')];
  const title = 'An error was encountered with the requested page';
  if (client === undefined) return errorPage(400, title, 'Client does not exist.');
  if (target === null && callback === null) {
    return errorPage(400, title, 'logout_uri, or redirect_uri and response_type, are required.');
  }
  if (target !== null && !isListed(client.settings.logoutUrls, target, names)) {
    return errorPage(400, title, 'logout_uri is not one of the LogoutURLs of the client.');
  }
  return redirect(target ?? `https://${domain.host}/login?${query}`, sessions.close(headers['cookie']));
}

/** Sets the new password of a user who gave the temporary one, and signs them in. */
function newPassword(subject: LoginSubject, asked: Authorization, { pool, form, now }: SignInRequest): SignInAnswer {
  const proof = form.get('session') ?? '';
  const session = subject.sessions.challenged(pool, proof);
  if (session === undefined) {
    return loginPage(pool, { username: '', error: 'Your session has expired. Sign in again.' });
  }
  const text = form.get('new_password') ?? '';
  const fault = passwordFault(pool.settings.passwordPolicy, text);
  if (fault !== undefined) {
    return newPasswordPage(proof, `Password did not conform with password policy: ${fault}`);
  }
  subject.sessions.met(proof);
  const { user } = session;
  user.password = { text, isPermanent: true, validUntil: Number.POSITIVE_INFINITY, isSeeded: false };
  user.modifiedAt = now;
  if (user.attributes.has('email')) user.attributes.set('email_verified', 'true');
  return withCode(subject, asked, session, now, subject.sessions.open({ ...session, authTime: now }));
}

/** Explains why a user is not signed in; undefined for the right password. */
function refusal(
  user: PoolUser | undefined,
  password: string,
  { client }: Authorization,
  now: number,
): string | undefined {
  const { hidesUsers } = client.settings;
  if (user === undefined) return hidesUsers ? 'Incorrect username or password.' : 'User does not exist.';
  if (!sameText(user.password.text, password)) return 'Incorrect username or password.';
  if (now < user.password.validUntil) return undefined;
  return 'Temporary password has expired and must be reset by an administrator.';
}

/** Sends the browser back to the client with a code. */
function withCode(
  { grants }: LoginSubject,
  { client, redirectUri, scopes, state, nonce, challenge }: Authorization,
  { pool, user, authTime }: Session,
  now: number,
  headers: Readonly<Record<string, string>> = {},
): SignInAnswer {
  const code = grants.issueCode({ pool, client, user, scopes, nonce, authTime }, { redirectUri, challenge }, now);
  return redirect(withQuery(redirectUri, { code, state }), headers);
}
