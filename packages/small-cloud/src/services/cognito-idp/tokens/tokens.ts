import { createHash, randomUUID } from 'node:crypto';
import type { Properties, Value } from '../../../contract';
import type { Grant } from './grants';
import { signed } from './signing-key';

/** The access token of a sign-in, and its ID token where the scope `openid` was granted. */
export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string | undefined;
}

/**
 * Makes the tokens of a sign-in. The groups are those of this moment, so a change of the groups shows with the next token.
 *
 * @param now - milliseconds since 1970.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 */
export function tokensOf(grant: Grant, now: number): Tokens {
  const { pool, client, user, scopes, nonce } = grant;
  const { accessSeconds, idSeconds } = client.settings;
  const accessToken = signed(pool.keys.access, {
    ...commonClaims(grant, now, accessSeconds),
    token_use: 'access',
    scope: scopes.join(' '),
    client_id: client.id,
    username: user.username,
  });
  if (!scopes.includes('openid')) return { accessToken, idToken: undefined };
  const claims: Record<string, Value> = {
    ...commonClaims(grant, now, idSeconds),
    ...userClaims(grant),
    token_use: 'id',
    aud: client.id,
    at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
    'cognito:username': user.username,
  };
  if (nonce !== undefined) claims['nonce'] = nonce;
  return { accessToken, idToken: signed(pool.keys.id, claims) };
}

/** The attributes of a user that the granted scopes show. */
export function userClaims({ user, scopes }: Grant): Properties {
  const claims: Record<string, Value> = { sub: user.sub };
  if (!scopes.includes('email')) return claims;
  const email = user.attributes.get('email');
  if (email !== undefined) claims['email'] = email;
  claims['email_verified'] = user.attributes.get('email_verified') === 'true';
  return claims;
}

/** The claims that both tokens have. Without revocation there is no `origin_jti`, and without groups no list of them. */
function commonClaims({ pool, client, user, authTime, originJti }: Grant, now: number, seconds: number): Properties {
  const iat = Math.floor(now / 1000);
  const claims: Record<string, Value> = {
    sub: user.sub,
    iss: pool.issuer,
    auth_time: Math.floor(authTime / 1000),
    iat,
    exp: iat + seconds,
    jti: randomUUID(),
  };
  if (client.settings.canRevoke) claims['origin_jti'] = originJti;
  if (user.groups.size > 0) claims['cognito:groups'] = [...user.groups].sort();
  return claims;
}
