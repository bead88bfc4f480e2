import type { ResourceRequest } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { notModelled } from '../../kit/not-modelled';
import { PropertyReader } from '../../kit/property-reader';
import type { ClientSettings } from '../pool/user-pool';
import { refuseAddress } from './client-address';
import { tokenSeconds } from './token-validity';

const AUTH_FLOWS = [
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
] as const;

const SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'] as const;

/** Properties that a client may have only if it may use the pages of the domain. */
const OF_PAGES = ['AllowedOAuthFlows', 'AllowedOAuthScopes', 'CallbackURLs', 'LogoutURLs'] as const;

/**
 * Reads the properties of an AWS::Cognito::UserPoolClient: a public client that exchanges codes.
 *
 * @throws UnsupportedError for secrets, other flows and other providers, which are not modelled.
 * @throws AwsError for combinations that Cognito refuses.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html
 */
export function clientSettings(request: ResourceRequest): {
  readonly poolId: string;
  readonly settings: ClientSettings;
} {
  const declared = PropertyReader.of(request)
    .withoutEffect('AuthSessionValidity')
    .onlyEmpty('GenerateSecret', 'ReadAttributes', 'WriteAttributes');
  const poolId = declared.text('UserPoolId');
  const name = declared.maybeText('ClientName');
  const usesPages = declared.flag('AllowedOAuthFlowsUserPoolClient');
  const pages = pageSettings(declared, usesPages);
  const providers = someOf(declared, 'SupportedIdentityProviders', ['COGNITO']);
  const settings: ClientSettings = {
    name,
    usesPages,
    ...pages,
    hasOwnUsers: providers.includes('COGNITO'),
    hidesUsers: declared.oneOf('PreventUserExistenceErrors', ['ENABLED', 'LEGACY'], 'LEGACY') === 'ENABLED',
    canRevoke: !declared.holds('EnableTokenRevocation') || declared.flag('EnableTokenRevocation'),
    ...tokenSeconds(declared),
    rotationGraceSeconds: rotationGrace(declared),
  };
  declared.end();
  return { poolId, settings };
}

/** Reads what concerns the pages of the domain, and refuses it in parts. */
function pageSettings(declared: PropertyReader, usesPages: boolean) {
  const given = OF_PAGES.find((key) => declared.has(key));
  if (!usesPages && given !== undefined) {
    throw refused(`${given} needs AllowedOAuthFlowsUserPoolClient to be true`);
  }
  const flows = someOf(declared, 'AllowedOAuthFlows', ['code']);
  const scopes = someOf(declared, 'AllowedOAuthScopes', SCOPES);
  if (usesPages && (flows.length === 0 || scopes.length === 0)) {
    throw new AwsError(
      'InvalidOAuthFlowException',
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
  const callbackUrls = addresses(declared, 'CallbackURLs');
  const logoutUrls = addresses(declared, 'LogoutURLs');
  const fallback = declared.maybeText('DefaultRedirectURI');
  if (fallback !== undefined && !callbackUrls.includes(fallback)) {
    throw refused(`DefaultRedirectURI: ${fallback} was given; one of the CallbackURLs is needed`);
  }
  if (flows.length > 0 && callbackUrls.length === 0) {
    throw refused('CallbackURLs are required for the flow code');
  }
  return { scopes, callbackUrls, logoutUrls };
}

function addresses(declared: PropertyReader, key: string): readonly string[] {
  const urls = declared.texts(key);
  if (urls.length > 100) throw refused(`${declared.at(key)}: ${urls.length} were given; at most 100 are needed`);
  for (const url of urls) refuseAddress(url);
  return urls;
}

/** Reads the rotation of refresh tokens: the seconds of grace, or undefined where there is none. */
function rotationGrace(declared: PropertyReader): number | undefined {
  const flows = someOf(declared, 'ExplicitAuthFlows', AUTH_FLOWS);
  const rotation = declared.maybePart('RefreshTokenRotation');
  if (rotation === undefined) return undefined;
  const isOn = rotation.oneOf('Feature', ['ENABLED', 'DISABLED']) === 'ENABLED';
  const grace = rotation.whole('RetryGracePeriodSeconds', 0, 60, 0);
  if (isOn && flows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw refused('Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH');
  }
  return isOn ? grace : undefined;
}

/** Reads a list of names of which all must be modelled. */
function someOf(declared: PropertyReader, key: string, known: readonly string[]): readonly string[] {
  const names = declared.texts(key);
  const other = names.find((name) => !known.includes(name));
  if (other !== undefined) throw notModelled(declared.at(key), { given: other, known });
  return names;
}

function refused(sentence: string): AwsError {
  return new AwsError('InvalidParameterException', sentence);
}
