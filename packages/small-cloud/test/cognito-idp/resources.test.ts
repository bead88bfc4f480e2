import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { CLIENT, POOL, TestSignIn } from './test-sign-in';

let signIn: TestSignIn;

beforeEach(() => {
  signIn = new TestSignIn();
});

afterEach(() => signIn.stop());

describe('a user pool', () => {
  test('has an ARN, an issuer and a viewer to sign in with', async () => {
    const pool = await signIn.create('UserPool', POOL);
    expect(pool.ref).toMatch(/^eu-west-1_\w{9}$/);
    expect(pool.attribute('Arn')).toBe(`arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${pool.ref}`);
    expect(pool.attribute('ProviderURL')).toBe(`https://cognito-idp.eu-west-1.amazonaws.com/${pool.ref}`);
    expect(pool.attribute('ProviderName')).toBe(`cognito-idp.eu-west-1.amazonaws.com/${pool.ref}`);
  });

  test.each<[string, Properties, RegExp]>([
    ['multi-factor authentication', { MfaConfiguration: 'ON' }, /MfaConfiguration: ON is not modelled/],
    ['triggers', { LambdaConfig: { PreSignUp: 'arn' } }, /LambdaConfig is not modelled/],
    ['a name of 129 characters', { UserPoolName: 'a'.repeat(129) }, /1 to 128 letters/],
    ['telephone numbers', { UsernameAttributes: ['phone_number'] }, /phone_number is not modelled/],
    ['a property that it does not know', { WebAuthnRelyingPartyID: 'a' }, /WebAuthnRelyingPartyID is not modelled/],
    ['a short password', { Policies: { PasswordPolicy: { MinimumLength: 5 } } }, /from 6 to 99/],
    [
      'two ways of recovery with admin_only',
      { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only' }, { Name: 'verified_email' }] } },
      /cannot use admin_only/,
    ],
  ])('refuses %s', async (_, properties, sentence) => {
    await expect(signIn.create('UserPool', properties)).rejects.toThrow(sentence);
  });

  test('refuses to change how its users sign in', async () => {
    const pool = await signIn.create('UserPool', POOL);
    await expect(pool.update({ ...POOL, UsernameAttributes: [] })).rejects.toThrow(
      'Updates are not allowed for property - UsernameAttributes.',
    );
  });

  test('gives its viewers a password that a changed policy takes', async () => {
    const pool = await signIn.create('UserPool', POOL);
    await signIn.create('UserPoolDomain', { UserPoolId: pool.ref, Domain: 'live' });
    const passwords = async (PasswordPolicy: Properties) => {
      await pool.update({ ...POOL, Policies: { PasswordPolicy } });
      return signIn.service.status().map(({ detail }) => detail.split('password ')[1]);
    };
    expect(await passwords({ MinimumLength: 6 })).toEqual(['local-viewer']);
    expect(await passwords({ MinimumLength: 20, RequireNumbers: true })).toEqual(['local-viewer-1-viewer']);
  });

  test('refuses its deletion while it is protected, and while it has a domain', async () => {
    const pool = await signIn.create('UserPool', { ...POOL, DeletionProtection: 'ACTIVE' });
    await expect(pool.delete()).rejects.toThrow(/deletion protection is activated/);
    await pool.update(POOL);
    const domain = await signIn.create('UserPoolDomain', { UserPoolId: pool.ref, Domain: 'live' });
    await expect(pool.delete()).rejects.toThrow(/has a domain configured/);
    await domain.delete();
    await pool.delete();
  });
});

describe('a client', () => {
  const client = async (properties: Properties) => {
    const pool = await signIn.create('UserPool', POOL);
    return signIn.create('UserPoolClient', { UserPoolId: pool.ref, ...CLIENT, ...properties });
  };

  test('has an id of letters and digits', async () => {
    const made = await client({});
    expect(made.ref).toMatch(/^[a-z0-9]{26}$/);
    expect(made.attribute('ClientId')).toBe(made.ref);
  });

  test.each(['http://localhost:5173/', 'http://127.0.0.1:8080/', 'http://[::1]:1/', 'myapp://signed-in'])(
    'may be at %s',
    async (url) => {
      await expect(client({ CallbackURLs: [url] })).resolves.toBeDefined();
    },
  );

  test.each<[string, Properties, RegExp]>([
    ['an address without TLS', { CallbackURLs: ['http://example.com/'] }, /cannot use the HTTP protocol/],
    ['an address with a fragment', { LogoutURLs: ['https://example.com/#a'] }, /fragment/],
    ['an address that is none', { CallbackURLs: ['example.com'] }, /not a valid URL/],
    ['flows that nobody may use', { AllowedOAuthFlowsUserPoolClient: false }, /needs AllowedOAuthFlowsUserPoolClient/],
    ['pages without flows', { AllowedOAuthFlows: [] }, /AllowedOAuthFlows and AllowedOAuthScopes are required/],
    ['the implicit flow', { AllowedOAuthFlows: ['implicit'] }, /implicit is not modelled/],
    ['a secret', { GenerateSecret: true }, /GenerateSecret is not modelled/],
    ['another provider', { SupportedIdentityProviders: ['Google'] }, /Google is not modelled/],
    ['a default address that is not listed', { DefaultRedirectURI: 'https://a/' }, /one of the CallbackURLs/],
    ['tokens of two minutes', { AccessTokenValidity: 2 }, /Invalid range for token validity/],
    ['tokens of two days', { IdTokenValidity: 48 }, /Invalid range for token validity/],
    ['an access token that outlives its refresh token', tokens({ Access: 120, Refresh: 60 }), /at least as long/],
    [
      'rotation beside the flow that it replaces',
      { RefreshTokenRotation: { Feature: 'ENABLED' }, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] },
      /rotation cannot be enabled/,
    ],
    ['a pool that does not exist', { UserPoolId: 'eu-west-1_none' }, /does not exist/],
  ])('refuses %s', async (_, properties, sentence) => {
    await expect(client(properties)).rejects.toThrow(sentence);
  });
});

describe('a domain', () => {
  const domain = async (properties: Properties, pool: Properties = {}) => {
    const { ref: UserPoolId } = await signIn.create('UserPool', { ...POOL, ...pool });
    return signIn.create('UserPoolDomain', { UserPoolId, Domain: 'live', ManagedLoginVersion: 2, ...properties });
  };

  test('is a name that pages may use, until it is deleted', async () => {
    const { ref, delete: remove } = await domain({});
    const host = 'live.auth.eu-west-1.amazoncognito.com';
    expect(ref).toBe('live');
    expect(signIn.cloud.names.pageFacing(host)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/live\.auth/);
    await remove();
    expect(signIn.cloud.names.resolve(host)).toBeUndefined();
  });

  test('says who can sign in', async () => {
    await domain({});
    expect(signIn.service.status()).toEqual([
      { node: 'sign-in', state: 'running', detail: 'viewer@example.com; password Local-viewer-1' },
    ]);
    expect(signIn.cloud.told).toContain('Viewers of this run: viewer@example.com; password Local-viewer-1.');
  });

  test.each<[string, Properties, Properties, RegExp]>([
    ['capital letters', { Domain: 'Live' }, {}, /a-z 0-9/],
    ['a hyphen at its end', { Domain: 'live-' }, {}, /hyphen/],
    ['a reserved word', { Domain: 'my-cognito-live' }, {}, /reserved word: cognito/],
    ['managed login in the plan LITE', {}, { UserPoolTier: 'LITE' }, /not available in the feature plan LITE/],
    ['a domain of the owner', { CustomDomainConfig: { CertificateArn: 'arn' } }, {}, /CustomDomainConfig/],
  ])('refuses %s', async (_, properties, pool, sentence) => {
    await expect(domain(properties, pool)).rejects.toThrow(sentence);
  });

  test('refuses a prefix that another pool has', async () => {
    await domain({});
    await expect(domain({})).rejects.toThrow('Domain already associated with another user pool.');
  });

  test('refuses the plan LITE while it has managed login', async () => {
    const pool = await signIn.create('UserPool', POOL);
    await signIn.create('UserPoolDomain', { UserPoolId: pool.ref, Domain: 'live', ManagedLoginVersion: 2 });
    await expect(pool.update({ ...POOL, UserPoolTier: 'LITE' })).rejects.toThrow(/feature plan LITE/);
  });
});

describe('groups and brandings', () => {
  test('exist once', async () => {
    await signIn.start();
    const UserPoolId = signIn.poolId;
    const ClientId = signIn.clientId;
    await expect(signIn.create('UserPoolGroup', { UserPoolId, GroupName: 'main' })).rejects.toThrow(/already exists/);
    await expect(signIn.create('ManagedLoginBranding', { UserPoolId, ClientId })).rejects.toThrow(/already has/);
  });

  test('refuse a role, and settings beside those of Cognito', async () => {
    await signIn.start();
    const UserPoolId = signIn.poolId;
    await expect(signIn.create('UserPoolGroup', { UserPoolId, RoleArn: 'arn' })).rejects.toThrow(/RoleArn/);
    const both = { UserPoolId, ClientId: signIn.clientId, UseCognitoProvidedValues: true, Settings: {} };
    await expect(signIn.create('ManagedLoginBranding', both)).rejects.toThrow(/Settings was given with/);
  });
});

/** Lifetimes in minutes. */
function tokens({ Access, Refresh }: Readonly<Record<'Access' | 'Refresh', number>>): Properties {
  const TokenValidityUnits = { AccessToken: 'minutes', RefreshToken: 'minutes' };
  return { AccessTokenValidity: Access, RefreshTokenValidity: Refresh, TokenValidityUnits };
}
