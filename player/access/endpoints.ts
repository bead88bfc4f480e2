import { recordOf } from './record';
import type { Fetch } from './session-service';
import { isTrusted, type SignInConfig } from './sign-in-config';

/** The endpoints of a sign-in, as absolute addresses. */
export interface Endpoints {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly logoutUrl: string | undefined;
  /** Name of the parameter with the address to go to after signing out. Cognito has a name of its own. */
  readonly logoutParameter: 'logout_uri' | 'post_logout_redirect_uri';
  /** The issuer, where it is known; its answers must not name another one. */
  readonly issuer: string | undefined;
}

/**
 * Returns the endpoints of a sign-in. Those of an issuer come from its discovery document.
 *
 * @throws Error when the issuer does not answer, or its document is about another issuer or names an unsafe address.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 */
export async function endpointsOf(config: SignInConfig, page: string, fetch: Fetch): Promise<Endpoints> {
  if (!('issuer' in config)) return { ...config, logoutParameter: 'logout_uri', issuer: undefined };
  const issuer = config.issuer.replace(/\/$/, '');
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, {});
  if (!response.ok) throw new Error(`The issuer answered ${response.status}.`);
  const document = recordOf(await response.json());
  const text = (name: string): string => {
    const value = document[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`The issuer’s document has no ${name}.`);
  };
  const endpoint = (name: string): string => {
    const url = text(name);
    if (URL.canParse(url) && isTrusted(new URL(url), page)) return url;
    throw new Error(`The issuer’s ${name} is not an https address.`);
  };
  const named = text('issuer');
  if (named.replace(/\/$/, '') !== issuer) throw new Error(`The issuer calls itself ${named}, and not ${issuer}.`);
  return {
    authorizeUrl: endpoint('authorization_endpoint'),
    tokenUrl: endpoint('token_endpoint'),
    logoutUrl: document['end_session_endpoint'] === undefined ? undefined : endpoint('end_session_endpoint'),
    logoutParameter: 'post_logout_redirect_uri',
    issuer: named,
  };
}
