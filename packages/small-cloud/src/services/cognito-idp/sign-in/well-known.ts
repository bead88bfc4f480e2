import type { UserPool } from '../pool/user-pool';
import { publicJwk } from '../tokens/signing-key';
import { jsonAnswer, type SignInAnswer } from './sign-in-request';

/**
 * Answers for the two documents by which programs verify the tokens of a pool; undefined for another path.
 *
 * @param path - `/.well-known/jwks.json`, below the pool.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export function wellKnown(pool: UserPool, path: string): SignInAnswer | undefined {
  const headers = { 'cache-control': 'public, max-age=86400', 'access-control-allow-origin': '*' };
  switch (path) {
    case '/.well-known/jwks.json':
      return jsonAnswer(200, { keys: [publicJwk(pool.keys.id), publicJwk(pool.keys.access)] }, headers);
    case '/.well-known/openid-configuration':
      return jsonAnswer(200, configuration(pool), headers);
    default:
      return undefined;
  }
}

/** The configuration of a pool. Without a domain it has no endpoints. */
function configuration({ issuer, domain }: UserPool): object {
  const common = {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
  if (domain === undefined) return common;
  const base = `https://${domain.host}`;
  return {
    ...common,
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    revocation_endpoint: `${base}/oauth2/revoke`,
    userinfo_endpoint: `${base}/oauth2/userInfo`,
    end_session_endpoint: `${base}/logout`,
  };
}
