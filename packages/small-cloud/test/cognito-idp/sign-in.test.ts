import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { get } from '../cloudfront/test-origin';
import { CALLBACK, claimsOf, EDGE, PASSWORD, POOL, TestSignIn, VERIFIER } from './test-sign-in';

let signIn: TestSignIn;

beforeEach(async () => {
  signIn = await new TestSignIn().start();
});

afterEach(() => signIn.stop());

const exchange = (code: string, changed: Readonly<Record<string, string>> = {}) =>
  signIn.token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    ...changed,
  });

describe('the authorization endpoint', () => {
  test('sends the browser to the sign-in page with the same query', async () => {
    const { status, headers } = await signIn.get(`/oauth2/authorize?${signIn.query()}`);
    const page = `https://live-1.auth.eu-west-1.amazoncognito.com/login?${signIn.query()}`;
    expect([status, headers.location]).toEqual([302, page]);
  });

  test.each([
    ['another response type', { response_type: 'id_token' }, 'invalid_request'],
    ['the implicit flow', { response_type: 'token' }, 'unauthorized_client'],
    ['a challenge without its method', { code_challenge_method: undefined }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge that is no SHA-256', { code_challenge: 'short' }, 'invalid_request'],
    ['a scope that the client does not have', { scope: 'openid phone' }, 'invalid_scope'],
    ['an e-mail address without openid', { scope: 'email' }, 'invalid_scope'],
    ['no prompt without a session', { prompt: 'none' }, 'login_required'],
  ])('answers %s by the redirection', async (_, changed, error) => {
    const { status, headers } = await signIn.get(`/oauth2/authorize?${signIn.query(changed)}`);
    expect([status, headers.location]).toEqual([302, `${CALLBACK}?error=${error}&state=a+state`]);
  });

  test.each([
    ['an unknown client', { client_id: 'x' }, 400, 'Client does not exist.'],
    ['no address', { redirect_uri: undefined }, 400, 'redirect_uri'],
    ['another address', { redirect_uri: `${CALLBACK}?a` }, 400, 'redirect_mismatch'],
    ['an address without its last slash', { redirect_uri: `https://${EDGE}` }, 400, 'redirect_mismatch'],
    ['another provider', { identity_provider: 'Google' }, 501, 'identity_provider Google is not modelled'],
  ])('shows a page for %s, and redirects nobody', async (_, changed, code, sentence) => {
    const { status, headers, body } = await signIn.get(`/oauth2/authorize?${signIn.query(changed)}`);
    expect([status, headers.location]).toEqual([code, undefined]);
    expect(body.toString()).toContain(sentence);
  });
});

describe('the sign-in page', () => {
  test('lists the viewers of the run and their password', async () => {
    const { status, headers, body } = await signIn.get(`/login?${signIn.query({ login_hint: 'a"b@example.com' })}`);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    for (const text of ['viewer@example.com', 'main@example.com', PASSWORD, 'a&quot;b@', '<label for="password">']) {
      expect(body.toString()).toContain(text);
    }
  });

  test('gives the client a code and its state back', async () => {
    const { status, headers } = await signIn.login('viewer@example.com');
    expect(status).toBe(302);
    expect(headers.location).toMatch(/^https:\/\/d111\.cloudfront\.net\/\?code=[\w-]{36}&state=a\+state$/);
    expect(headers['set-cookie']?.[0]).toMatch(/^cognito=[\w-]{36}; Max-Age=3600; HttpOnly; SameSite=Lax$/);
  });

  test.each([
    ['a wrong password', 'viewer@example.com', 'wrong'],
    ['an unknown viewer', 'nobody@example.com', PASSWORD],
  ])('does not tell %s from the other', async (_, username, password) => {
    const { status, body } = await signIn.login(username, password);
    expect(status).toBe(200);
    expect(body.toString()).toContain('<p role="alert">Incorrect username or password.</p>');
  });

  test('takes the password of a changed policy', async () => {
    await signIn.pool.update({ ...POOL, Policies: { PasswordPolicy: { MinimumLength: 8 } } });
    expect((await signIn.login('viewer@example.com', 'local-viewer')).status).toBe(302);
  });

  test('takes an e-mail address in any case, where the pool says so', async () => {
    expect((await signIn.login('Viewer@Example.com')).status).toBe(302);
  });

  test('takes the address on this machine in place of the one that it serves', async () => {
    const redirect_uri = 'http://127.0.0.1:8099/';
    expect((await signIn.login('viewer@example.com', PASSWORD, { redirect_uri })).status).toBe(400);
    signIn.cloud.names.register(EDGE, 'http://127.0.0.1:8099');
    const tokens = await signIn.tokens('viewer@example.com', { redirect_uri });
    expect(tokens.status).toBe(200);
  });

  test('knows the browser for an hour, until it signs out', async () => {
    const [cookie = ''] = (await signIn.login('viewer@example.com')).headers['set-cookie'] ?? [];
    const sent = { cookie: cookie.split(';')[0] ?? '' };
    const ask = async () => (await signIn.get(`/oauth2/authorize?${signIn.query()}`, sent)).headers.location;
    expect(await ask()).toContain('?code=');
    signIn.later = 3_600_000;
    expect(await ask()).toContain('/login?');
    signIn.later = 0;
    const { headers } = await signIn.get(`/logout?client_id=${signIn.clientId}&logout_uri=${CALLBACK}`, sent);
    expect(headers.location).toBe(CALLBACK);
    expect(await ask()).toContain('/login?');
  });

  test('is unavailable with managed login and without a branding', async () => {
    const { ref } = await signIn.create('UserPoolClient', {
      UserPoolId: signIn.poolId,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: [CALLBACK],
      SupportedIdentityProviders: ['COGNITO'],
    });
    const query = signIn.query({ client_id: ref });
    const { status, body } = await signIn.get(`/login?${query}`);
    expect(status).toBe(403);
    expect(body.toString()).toContain('Login pages unavailable');
    await signIn.domain.update({ UserPoolId: signIn.poolId, Domain: 'live-1', ManagedLoginVersion: 1 });
    expect((await signIn.get(`/login?${query}`)).status).toBe(200);
  });

  test('sends nobody to an address that the client did not list, not even after signing out', async () => {
    const { status } = await signIn.get(`/logout?client_id=${signIn.clientId}&logout_uri=https://evil.example/`);
    expect(status).toBe(400);
  });
});

describe('the token endpoint', () => {
  test('gives tokens with the claims of Cognito', async () => {
    const answer = await signIn.tokens('main@example.com');
    expect(answer).toMatchObject({ status: 200, token_type: 'Bearer', expires_in: 600 });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const access = claimsOf(answer.access_token);
    const shared = {
      sub: access['sub'],
      iss: `https://cognito-idp.eu-west-1.amazonaws.com/${signIn.poolId}`,
      auth_time: expect.any(Number),
      iat: expect.any(Number),
      exp: expect.any(Number),
      jti: expect.any(String),
      origin_jti: access['origin_jti'],
      'cognito:groups': ['main'],
    };
    expect(access).toEqual({
      ...shared,
      token_use: 'access',
      scope: 'openid email',
      client_id: signIn.clientId,
      username: access['sub'],
    });
    expect(claimsOf(answer.id_token)).toEqual({
      ...shared,
      token_use: 'id',
      aud: signIn.clientId,
      nonce: 'n',
      at_hash: expect.any(String),
      email: 'main@example.com',
      email_verified: true,
      'cognito:username': access['sub'],
    });
    expect(Number(access['exp']) - Number(access['iat'])).toBe(600);
  });

  test('leaves out the groups of a viewer who is in none', async () => {
    const { access_token } = await signIn.tokens('viewer@example.com');
    expect(claimsOf(access_token)).not.toHaveProperty('cognito:groups');
  });

  test('signs with keys that everybody can read, one for each kind of token', async () => {
    const { access_token = '', id_token = '' } = await signIn.tokens('viewer@example.com');
    const { keys } = JSON.parse((await get(signIn.document('jwks.json'))).body.toString());
    const kids = [access_token, id_token].map((token) => {
      const [head = '', claims = '', signature = ''] = token.split('.');
      const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString());
      const jwk = keys.find((key: { kid: string }) => key.kid === kid);
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const text = Buffer.from(`${head}.${claims}`);
      expect(verify('RSA-SHA256', text, key, Buffer.from(signature, 'base64url'))).toBe(true);
      return kid;
    });
    expect(new Set(kids).size).toBe(2);
    const configuration = JSON.parse((await get(signIn.document('openid-configuration'))).body.toString());
    expect(configuration).toMatchObject({
      issuer: claimsOf(access_token)['iss'],
      token_endpoint: 'https://live-1.auth.eu-west-1.amazoncognito.com/oauth2/token',
    });
  });

  test('takes a code once', async () => {
    const code = await signIn.code('viewer@example.com');
    expect((await exchange(code)).status).toBe(200);
    expect(await exchange(code)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('takes a code for five minutes', async () => {
    const code = await signIn.code('viewer@example.com');
    signIn.later = 5 * 60_000;
    expect(await exchange(code)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test.each([
    ['another verifier', { code_verifier: VERIFIER.toUpperCase() }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    ['another address', { redirect_uri: 'https://d111.cloudfront.net' }, 'unauthorized_client'],
    ['an unknown client', { client_id: 'x' }, 'invalid_client'],
    ['an unknown grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a grant that the client does not have', { grant_type: 'client_credentials' }, 'unauthorized_client'],
    ['no grant', { grant_type: '' }, 'invalid_request'],
  ])('refuses %s', async (_, changed, error) => {
    const code = await signIn.code('viewer@example.com');
    const answer = await exchange(code, changed);
    expect(answer).toMatchObject({ status: 400, error });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  test('renews with a refresh token, which it does not replace', async () => {
    const first = await signIn.tokens('viewer@example.com');
    signIn.later = 60_000;
    const next = await signIn.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' });
    expect(next.status).toBe(200);
    expect(next).not.toHaveProperty('refresh_token');
    const [before, after] = [claimsOf(first.access_token), claimsOf(next.access_token)];
    expect(after['auth_time']).toBe(before['auth_time']);
    expect(after['origin_jti']).toBe(before['origin_jti']);
    expect(after['jti']).not.toBe(before['jti']);
    expect(await signIn.token({ grant_type: 'refresh_token' })).toMatchObject({ error: 'invalid_request' });
    signIn.later = 30 * 86_400_000;
    const late = await signIn.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' });
    expect(late).toMatchObject({ error: 'invalid_grant' });
  });

  test('forgets a refresh token that was revoked, and its access tokens', async () => {
    const { refresh_token = '', access_token = '' } = await signIn.tokens('viewer@example.com');
    const who = () => signIn.get('/oauth2/userInfo', { authorization: `Bearer ${access_token}` });
    expect(JSON.parse((await who()).body.toString())).toMatchObject({ email: 'viewer@example.com' });
    const fields = { client_id: signIn.clientId };
    expect((await signIn.post('/oauth2/revoke', { ...fields, token: access_token })).status).toBe(400);
    expect((await signIn.post('/oauth2/revoke', { ...fields, token: refresh_token })).status).toBe(200);
    expect((await who()).status).toBe(401);
    const renewed = await signIn.token({ grant_type: 'refresh_token', refresh_token });
    expect(renewed).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('rotation of refresh tokens', () => {
  test('replaces each one, and takes the old one for the grace alone', async () => {
    const rotating = await new TestSignIn().start({
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    });
    try {
      const { refresh_token = '' } = await rotating.tokens('viewer@example.com');
      const renew = () => rotating.token({ grant_type: 'refresh_token', refresh_token });
      const next = await renew();
      expect(next.refresh_token).toMatch(/^[\w-]{80,}$/);
      rotating.later = 9_000;
      expect((await renew()).status).toBe(200);
      rotating.later = 10_500;
      expect(await renew()).toMatchObject({ error: 'invalid_grant' });
    } finally {
      await rotating.stop();
    }
  });
});

describe('the port', () => {
  test('refuses web pages, which reach it through the edge', async () => {
    expect((await signIn.get('/oauth2/authorize', { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('has no other paths and no other hosts', async () => {
    expect((await signIn.get('/oauth2/idpresponse')).status).toBe(404);
    const port = new URL(signIn.url('/')).port;
    expect((await get(`http://127.0.0.1:${port}/other.example/login`)).status).toBe(404);
  });
});
