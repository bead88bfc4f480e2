import type { Names } from '../../../contract';
import type { PoolClient } from '../pool/user-pool';
import { errorPage } from './page';
import { redirect, type SignInAnswer, type SignInRequest, withQuery } from './sign-in-request';

/** A valid request for a code. */
export interface Authorization {
  readonly client: PoolClient;
  /** As the client wrote it. */
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly challenge: string | undefined;
  readonly prompt: string | undefined;
}

/** Parameters of Cognito that the local run does not model. */
const UNMODELLED = ['idp_identifier', 'resource'] as const;

/** Scopes that only count together with `openid`. */
const OF_OPENID = ['email', 'phone', 'profile'];

/**
 * Reads a request for a code, which both `/oauth2/authorize` and `/login` take.
 *
 * @returns the request, or the answer that refuses it: a page where the client or its address is wrong, because Cognito
 * sends nobody to an address that it does not know, and a redirection with `error` in all other cases.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function authorization(
  { pool, query }: SignInRequest,
  names: Pick<Names, 'resolve'>,
): Authorization | SignInAnswer {
  const value = (name: string) => query.get(name) ?? undefined;
  const client = pool.clients.get(value('client_id') ?? '');
  if (client === undefined) return wrong('Client does not exist.');
  const redirectUri = value('redirect_uri');
  if (redirectUri === undefined) return wrong("Required String parameter 'redirect_uri' is not present.");
  const { callbackUrls, usesPages, hasOwnUsers } = client.settings;
  if (!isListed(callbackUrls, redirectUri, names)) return wrong('redirect_mismatch');
  const state = value('state');
  const unmodelled = UNMODELLED.find((name) => value(name) !== undefined);
  const provider = value('identity_provider') ?? 'COGNITO';
  if (unmodelled !== undefined || provider !== 'COGNITO') {
    const given = unmodelled ?? `identity_provider ${provider}`;
    return errorPage(501, 'Not modelled', `${given} is not modelled by the local run.`);
  }
  const error = fault(query, client);
  if (error !== undefined) return redirect(withQuery(redirectUri, { error, state }));
  if (!usesPages || !hasOwnUsers) return wrong('Login option is not available. Please try another one.');
  return {
    client,
    redirectUri,
    scopes: scopesOf(query, client),
    state,
    nonce: value('nonce'),
    challenge: value('code_challenge'),
    prompt: value('prompt'),
  };
}

/** Returns true for an answer that refuses a request. */
export function isAnswer(read: Authorization | SignInAnswer): read is SignInAnswer {
  return 'status' in read;
}

/**
 * Tells whether an address is one of a client's, character by character. The local run also takes the address on this
 * machine that serves `https://<name>/…`, because that is where the viewer's browser is.
 */
export function isListed(urls: readonly string[], given: string, names: Pick<Names, 'resolve'>): boolean {
  return urls.some((url) => url === given || onThisMachine(url, names) === given);
}

/** The address on this machine that serves a URL; the URL itself when none does. */
function onThisMachine(url: string, names: Pick<Names, 'resolve'>): string {
  const [whole, host = ''] = /^https:\/\/([^/]+)/.exec(url) ?? [''];
  const base = names.resolve(host);
  return base === undefined ? url : `${base}${url.slice(whole.length)}`;
}

/** Finds the error that the client is told; undefined for a good request. */
function fault(query: URLSearchParams, client: PoolClient): string | undefined {
  const type = query.get('response_type');
  if (type === 'token') return 'unauthorized_client';
  if (type !== 'code') return 'invalid_request';
  const [challenge, method] = [query.get('code_challenge'), query.get('code_challenge_method')];
  if ((challenge === null) !== (method === null)) return 'invalid_request';
  if (method !== null && (method !== 'S256' || !/^[\w-]{43}$/.test(challenge ?? ''))) return 'invalid_request';
  const scopes = scopesOf(query, client);
  if (scopes.some((scope) => !client.settings.scopes.includes(scope))) return 'invalid_scope';
  if (!scopes.includes('openid') && scopes.some((scope) => OF_OPENID.includes(scope))) return 'invalid_scope';
  return undefined;
}

/** The scopes that are asked for; all of the client's when none is. */
function scopesOf(query: URLSearchParams, client: PoolClient): readonly string[] {
  const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  return asked.length === 0 ? client.settings.scopes : asked;
}

function wrong(sentence: string): SignInAnswer {
  return errorPage(400, 'An error was encountered with the requested page', sentence);
}
