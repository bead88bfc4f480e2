import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Properties } from '../../src/contract';
import { CognitoIdp } from '../../src/services/cognito-idp/cognito-idp';
import { type SigningKey, signingKey } from '../../src/services/cognito-idp/tokens/signing-key';
import { type Got, get } from '../cloudfront/test-origin';
import { TestCloud } from '../s3/test-cloud';

export const EDGE = 'd111.cloudfront.net';
export const CALLBACK = `https://${EDGE}/`;
export const VERIFIER = 'verifier-with-at-least-forty-three-characters-in-it';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const PASSWORD = 'Local-viewer-1';

/** Properties of the pool of a closed service. */
export const POOL: Properties = {
  UsernameAttributes: ['email'],
  AutoVerifiedAttributes: ['email'],
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  UsernameConfiguration: { CaseSensitive: false },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
};

/** Properties of the client of a page. */
export const CLIENT: Properties = {
  GenerateSecret: false,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ['openid', 'email'],
  CallbackURLs: [CALLBACK],
  LogoutURLs: [CALLBACK],
  SupportedIdentityProviders: ['COGNITO'],
  PreventUserExistenceErrors: 'ENABLED',
  EnableTokenRevocation: true,
  AccessTokenValidity: 10,
  TokenValidityUnits: { AccessToken: 'minutes' },
};

/** Two keys for all pools of a test file, in turn, because making them takes longer than a test. */
const KEYS = [signingKey(), signingKey()];
let taken = 0;

function nextKey(): Promise<SigningKey> {
  return KEYS[taken++ % KEYS.length] ?? signingKey();
}

/** Answer of the token endpoint. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly access_token?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly error?: string;
}

/** A pool with a client, a group, a domain of managed login and a branding, on a loopback port. */
export class TestSignIn {
  /** Milliseconds that pass beyond this machine's time. */
  later = 0;
  readonly cloud = Object.assign(new TestCloud(), { clock: { now: () => Date.now() + this.later, speed: 1 } });
  readonly service = new CognitoIdp(this.cloud, nextKey);
  poolId = '';
  clientId = '';
  pool!: Awaited<ReturnType<TestSignIn['create']>>;
  domain!: Awaited<ReturnType<TestSignIn['create']>>;

  async start(client: Properties = {}, pool: Properties = {}): Promise<this> {
    await this.service.start();
    this.pool = await this.create('UserPool', { ...POOL, ...pool });
    this.poolId = this.pool.ref;
    const UserPoolId = this.poolId;
    this.clientId = (await this.create('UserPoolClient', { UserPoolId, ...CLIENT, ...client })).ref;
    await this.create('UserPoolGroup', { UserPoolId, GroupName: 'main' });
    this.domain = await this.create('UserPoolDomain', { UserPoolId, Domain: 'live-1', ManagedLoginVersion: 2 });
    await this.create('ManagedLoginBranding', {
      UserPoolId,
      ClientId: this.clientId,
      UseCognitoProvidedValues: true,
    });
    return this;
  }

  create(type: string, properties: Properties) {
    return this.cloud.create(this.service, `AWS::Cognito::${type}`, type, properties);
  }

  /** Address on this machine of a path of the domain. */
  url(path: string): string {
    return `${this.cloud.names.resolve('live-1.auth.eu-west-1.amazoncognito.com')}${path}`;
  }

  /** Address on this machine of a document of the pool. */
  document(name: string): string {
    return `${this.cloud.names.resolve('cognito-idp.eu-west-1.amazonaws.com')}/${this.poolId}/.well-known/${name}`;
  }

  /** The query of a request for a code; undefined leaves a parameter out. */
  query(changed: Readonly<Record<string, string | undefined>> = {}): string {
    const all: Record<string, string | undefined> = {
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: CALLBACK,
      scope: 'openid email',
      state: 'a state',
      nonce: 'n',
      code_challenge_method: 'S256',
      code_challenge: CHALLENGE,
      ...changed,
    };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, value);
    return query.toString();
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Got> {
    return get(this.url(path), headers);
  }

  post(path: string, form: Readonly<Record<string, string>>, headers: Record<string, string> = {}): Promise<Got> {
    const type = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    return get(this.url(path), type, 'POST', new URLSearchParams(form).toString());
  }

  /** Signs a viewer in by the form. */
  login(username: string, password = PASSWORD, changed: Readonly<Record<string, string | undefined>> = {}) {
    return this.post(`/login?${this.query(changed)}`, { username, password });
  }

  /** Signs a viewer in, and returns the code that the page gets. */
  async code(username: string, changed: Readonly<Record<string, string | undefined>> = {}): Promise<string> {
    const { headers } = await this.login(username, PASSWORD, changed);
    return new URL(headers.location ?? '').searchParams.get('code') ?? '';
  }

  /** Asks the token endpoint. */
  async token(fields: Readonly<Record<string, string>>): Promise<TokenAnswer> {
    const { status, headers, body } = await this.post('/oauth2/token', { client_id: this.clientId, ...fields });
    return { status, headers, ...JSON.parse(body.toString()) };
  }

  async tokens(username: string, changed: Readonly<Record<string, string | undefined>> = {}) {
    const code = await this.code(username, changed);
    const redirect_uri = changed['redirect_uri'] ?? CALLBACK;
    return this.token({ grant_type: 'authorization_code', code, redirect_uri, code_verifier: VERIFIER });
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.cloud.remove();
  }
}

/** The claims of a token, not verified. */
export function claimsOf(token = ''): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
