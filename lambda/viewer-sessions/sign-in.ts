import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtBaseError } from 'aws-jwt-verify/error';
import type { SignedIn } from './surroundings';

/** The sign-in of a stack, from its description. */
export type SignInSetting =
  | { readonly kind: 'cognito'; readonly userPoolId: string }
  | { readonly kind: 'issuer'; readonly issuer: string; readonly clientId: string; readonly groupsClaim: string };

/** Checks an access token. @returns undefined for one that is not valid. @throws Error when the issuer does not answer. */
export type SignIn = (token: string) => Promise<SignedIn | undefined>;

/** Longest wait for the issuer's description of itself, in milliseconds. */
const PATIENCE_MILLISECONDS = 3000;

/** Makes the check of access tokens. The keys of the issuer are kept, and read again for an unknown one. */
export function signIn(setting: SignInSetting): SignIn {
  return setting.kind === 'cognito' ? cognito(setting.userPoolId) : ofIssuer(setting);
}

/**
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
function cognito(userPoolId: string): SignIn {
  // The pool belongs to the stack, and so do all its clients. The id of the player's would make a circle of resources.
  const verifier = CognitoJwtVerifier.create({ userPoolId, tokenUse: 'access', clientId: null });
  return checked(async (token) => {
    const { sub, username, 'cognito:groups': groups } = await verifier.verify(token);
    return { subject: sub, name: username, groups: groups ?? [] };
  });
}

function ofIssuer({ issuer, clientId, groupsClaim }: Extract<SignInSetting, { kind: 'issuer' }>): SignIn {
  let verify: Promise<(token: string) => Promise<Readonly<Record<string, unknown>>>> | undefined;
  const prepare = async () => {
    const jwksUri = await keysOf(issuer);
    // Issuers name the client in different claims, so it is looked for below.
    const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri });
    return async (token: string): Promise<Readonly<Record<string, unknown>>> => await verifier.verify(token);
  };
  return checked(async (token) => {
    verify ??= prepare();
    const claims = await (
      await verify.catch((error: unknown) => {
        verify = undefined;
        throw error;
      })
    )(token);
    const { sub, aud } = claims;
    const clients = [claims['client_id'], claims['azp'], ...(Array.isArray(aud) ? aud : [aud])];
    if (typeof sub !== 'string' || !clients.includes(clientId)) return undefined;
    const groups = claims[groupsClaim];
    return { subject: sub, name: nameIn(claims) ?? sub, groups: Array.isArray(groups) ? groups.map(String) : [] };
  });
}

function nameIn(claims: Readonly<Record<string, unknown>>): string | undefined {
  return ['email', 'preferred_username', 'username'].map((key) => claims[key]).find((name) => typeof name === 'string');
}

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
async function keysOf(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
  const { jwks_uri: uri } = (await answer.json()) as { readonly jwks_uri?: unknown };
  if (!answer.ok || typeof uri !== 'string') throw new Error(`${url} answered ${answer.status} without a jwks_uri`);
  return uri;
}

/** Tells a token that is not valid from keys that cannot be read. */
function checked(check: SignIn): SignIn {
  return async (token) => {
    try {
      return await check(token);
    } catch (error) {
      if (error instanceof FetchError || !(error instanceof JwtBaseError)) throw error;
      return undefined;
    }
  };
}
