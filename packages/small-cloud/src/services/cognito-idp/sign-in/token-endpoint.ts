import { createHash } from 'node:crypto';
import { sameText } from '../../../wire/same-text';
import type { PoolClient } from '../pool/user-pool';
import type { Grant, Grants } from '../tokens/grants';
import { tokensOf, userClaims } from '../tokens/tokens';
import { jsonAnswer, type SignInAnswer, type SignInRequest } from './sign-in-request';

/** Lets a page of any origin read the answer, as Cognito does for this endpoint. */
const CORS = { 'access-control-allow-origin': '*' } as const;

type TokenError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type';

/**
 * Answers `POST /oauth2/token`: exchanges a code, once, or a refresh token.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
export function token(grants: Grants, request: SignInRequest): SignInAnswer {
  const { form, pool } = request;
  const type = form.get('grant_type');
  if (type === null || type === '') return failed('invalid_request');
  if (type !== 'authorization_code' && type !== 'refresh_token' && type !== 'client_credentials') {
    return failed('unsupported_grant_type');
  }
  const client = pool.clients.get(form.get('client_id') ?? '');
  if (client === undefined) return failed('invalid_client');
  if (type === 'client_credentials' || !client.settings.usesPages) return failed('unauthorized_client');
  return type === 'authorization_code' ? exchange(grants, client, request) : refresh(grants, client, request);
}

/**
 * Answers `POST /oauth2/revoke`: ends a refresh token and the access tokens of its sign-in. An unknown token is revoked
 * already.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html
 */
export function revoke(grants: Grants, { form, pool, now }: SignInRequest): SignInAnswer {
  const client = pool.clients.get(form.get('client_id') ?? '');
  const given = form.get('token');
  if (client === undefined) return failed('invalid_client', 401);
  if (given === null || given === '' || !client.settings.canRevoke) return failed('invalid_request');
  if (grants.isAccessToken(given)) return failed('unsupported_token_type');
  const found = grants.refreshToken(given, now);
  if (found?.grant.client === client) found.grant.isRevoked = true;
  return { status: 200, headers: CORS, body: '' };
}

/**
 * Answers `/oauth2/userInfo`: the attributes of the user of an access token.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
 */
export function userInfo(grants: Grants, { headers, pool, now }: SignInRequest): SignInAnswer {
  const [, given] = /^Bearer (\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  if (given === undefined) {
    return unauthorized(400, 'invalid_request', 'Bad OAuth2 request at UserInfo Endpoint');
  }
  const grant = grants.ofAccessToken(given, now);
  if (grant === undefined || grant.pool !== pool) {
    const sentence = 'Access token is expired, disabled, or deleted, or the user has globally signed out.';
    return unauthorized(401, 'invalid_token', sentence);
  }
  if (!grant.scopes.includes('openid')) return unauthorized(403, 'insufficient_scope', 'The scope openid is needed.');
  const { email_verified: isVerified, ...claims } = userClaims(grant);
  // Here, in contrast to the ID token, Cognito writes the truth as a string.
  const shown = isVerified === undefined ? claims : { ...claims, email_verified: String(isVerified) };
  return jsonAnswer(200, { ...shown, username: grant.user.username }, CORS);
}

function exchange(grants: Grants, client: PoolClient, { form, now }: SignInRequest): SignInAnswer {
  const [given, redirectUri] = [form.get('code'), form.get('redirect_uri')];
  if (given === null || redirectUri === null) return failed('invalid_request');
  const code = grants.takeCode(given, now);
  if (code === undefined || code.grant.client !== client) return failed('invalid_grant');
  // Cognito says so for another address than that of the sign-in, where RFC 6749 has invalid_grant.
  if (code.redirectUri !== redirectUri) return failed('unauthorized_client');
  if (!isProved(code.challenge, form.get('code_verifier'))) return failed('invalid_grant');
  const { refreshSeconds } = client.settings;
  const refreshToken = grants.issueRefreshToken(code.grant, now + refreshSeconds * 1000);
  return answer(grants, code.grant, now, refreshToken);
}

/** Exchanges a refresh token. Where refresh tokens are replaced, the new one ends when the first one would have. */
function refresh(grants: Grants, client: PoolClient, { form, now }: SignInRequest): SignInAnswer {
  const given = form.get('refresh_token');
  if (given === null || given === '') return failed('invalid_request');
  const found = grants.refreshToken(given, now);
  if (found === undefined || found.grant.client !== client) return failed('invalid_grant');
  const { rotationGraceSeconds } = client.settings;
  if (rotationGraceSeconds === undefined) return answer(grants, found.grant, now);
  const next = grants.issueRefreshToken(found.grant, found.validUntil);
  grants.shorten(given, now + rotationGraceSeconds * 1000);
  return answer(grants, found.grant, now, next);
}

function answer(grants: Grants, grant: Grant, now: number, refreshToken?: string): SignInAnswer {
  const { accessSeconds } = grant.client.settings;
  const { accessToken, idToken } = tokensOf(grant, now);
  grants.noteAccessToken(accessToken, grant, now + accessSeconds * 1000);
  const body: Record<string, string | number> = { access_token: accessToken };
  if (idToken !== undefined) body['id_token'] = idToken;
  if (refreshToken !== undefined) body['refresh_token'] = refreshToken;
  return jsonAnswer(200, { ...body, token_type: 'Bearer', expires_in: accessSeconds }, CORS);
}

/** Checks the verifier of PKCE against the challenge. A code without a challenge needs none. */
function isProved(challenge: string | undefined, verifier: string | null): boolean {
  if (challenge === undefined) return true;
  if (verifier === null || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  return sameText(createHash('sha256').update(verifier).digest('base64url'), challenge);
}

function failed(error: TokenError, status = 400): SignInAnswer {
  return jsonAnswer(status, { error }, CORS);
}

function unauthorized(status: number, error: string, sentence: string): SignInAnswer {
  const challenge = `error="${error}", error_description="${sentence}"`;
  return jsonAnswer(status, { error, error_description: sentence }, { ...CORS, 'www-authenticate': challenge });
}
