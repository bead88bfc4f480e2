import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SignIn } from '../../../player/access/sign-in';
import { readSignIn, type SignInConfig } from '../../../player/access/sign-in-config';
import { Reader } from '../../../player/reader';
import { FakeServer, FakeStorage, type Reply } from './fake-server';

const PAGE = 'https://live.example/?channel=main';
const TOKEN_URL = 'https://id.example/oauth2/token';
const CLIENT = { clientId: 'client', scope: 'openid email' };
const COGNITO: SignInConfig = {
  ...CLIENT,
  authorizeUrl: 'https://id.example/oauth2/authorize',
  tokenUrl: TOKEN_URL,
  logoutUrl: 'https://id.example/logout',
};
const TOKENS = { access_token: 'access', refresh_token: 'refresh', id_token: 'unread', expires_in: 300 };

/** A sign-in with a server, a storage and a clock of its own. */
function signInWith(
  replies: Readonly<Record<string, Reply | 'no answer'>>,
  config = COGNITO,
  storage = new FakeStorage(),
) {
  const server = new FakeServer(replies);
  const clock = { now: 1000 };
  const page = { url: PAGE, storage, fetch: server.fetch, now: () => clock.now };
  return { server, storage, clock, signIn: new SignIn(config, page) };
}

/** Leaves for the sign-in, and returns the query string that leads back. */
async function answerOf(signIn: SignIn, more = ''): Promise<string> {
  const { searchParams } = new URL(await signIn.begin('?channel=main&format=hls'));
  return `?code=the-code&state=${encodeURIComponent(searchParams.get('state') ?? '')}${more}`;
}

describe('signing in', () => {
  test('leads to the sign-in with a code challenge, and a state that carries the wish', async () => {
    const { signIn, storage } = signInWith({});
    const url = new URL(await signIn.begin('?channel=main&format=hls'));
    const { state, code_challenge: challenge, ...rest } = Object.fromEntries(url.searchParams);
    expect(rest).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://live.example/',
      scope: 'openid email',
      code_challenge_method: 'S256',
    });
    const verifier = storage.getItem('access.verifier') ?? '';
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(challenge).toBe(createHash('sha256').update(verifier).digest('base64url'));
    expect(state).toMatch(/^[\w-]{43}\?channel=main&format=hls$/);
  });

  test('exchanges the code with the verifier, once', async () => {
    const { signIn, server, storage } = signInWith({ [TOKEN_URL]: [200, TOKENS] });
    const answer = await answerOf(signIn);
    const verifier = storage.getItem('access.verifier');
    expect(await signIn.finish(answer)).toBe(true);
    expect(server.form()).toEqual({
      grant_type: 'authorization_code',
      client_id: 'client',
      code: 'the-code',
      redirect_uri: 'https://live.example/',
      code_verifier: verifier,
    });
    expect(await signIn.finish(answer)).toBe(false);
    expect(server.asked).toHaveLength(1);
  });

  test('keeps the refresh token for a reload, and the access token in memory only', async () => {
    const { signIn, storage } = signInWith({ [TOKEN_URL]: [200, TOKENS] });
    await signIn.finish(await answerOf(signIn));
    expect([...storage.kept]).toEqual([['access.refresh-token', 'refresh']]);
    expect(await signIn.token(false)).toEqual({ kind: 'token', token: 'access' });
  });

  test.each([
    ['of another page', '?code=the-code&state=forged'],
    ['without a code', '?error=access_denied&state='],
  ])('does not work with an answer %s', async (_, answer) => {
    const { signIn, server } = signInWith({});
    await signIn.begin('');
    expect(await signIn.finish(answer)).toBe(false);
    expect([signIn.signedIn, server.asked]).toEqual([false, []]);
  });

  test.each<[string, Reply | 'no answer']>([
    ['refuses the code', [400, { error: 'invalid_grant' }]],
    ['does not answer', 'no answer'],
    ['answers without a token', [200, {}]],
  ])('does not work when the token endpoint %s', async (_, reply) => {
    const { signIn } = signInWith({ [TOKEN_URL]: reply });
    expect(await signIn.finish(await answerOf(signIn))).toBe(false);
    expect(signIn.signedIn).toBe(false);
  });
});

describe('an access token', () => {
  const reloaded = (reply: Reply | 'no answer') => {
    const storage = new FakeStorage();
    storage.setItem('access.refresh-token', 'refresh');
    return signInWith({ [TOKEN_URL]: reply }, COGNITO, storage);
  };

  test('is fetched anew shortly before it expires, and on demand', async () => {
    const { signIn, server, clock } = reloaded([200, { access_token: 'access', expires_in: 300 }]);
    await signIn.token(false);
    clock.now += 269;
    await signIn.token(false);
    expect(server.asked).toHaveLength(1);
    expect(server.form()).toEqual({ grant_type: 'refresh_token', client_id: 'client', refresh_token: 'refresh' });
    clock.now += 1;
    await signIn.token(false);
    await signIn.token(true);
    expect(server.asked).toHaveLength(3);
  });

  test('is fetched once for requests at the same time', async () => {
    const { signIn, server } = reloaded([200, TOKENS]);
    await Promise.all([signIn.token(false), signIn.token(false)]);
    expect(server.asked).toHaveLength(1);
  });

  test('takes over a refresh token that the sign-in has rotated', async () => {
    const { signIn, storage } = reloaded([200, { ...TOKENS, refresh_token: 'rotated' }]);
    await signIn.token(false);
    expect(storage.getItem('access.refresh-token')).toBe('rotated');
  });

  test('is lost when the refresh token is refused, and not when the sign-in does not answer', async () => {
    const refused = reloaded([400, { error: 'invalid_grant' }]);
    expect(await refused.signIn.token(false)).toEqual({ kind: 'lost' });
    expect(refused.signIn.signedIn).toBe(false);
    for (const reply of [[503], 'no answer'] as const) {
      const silent = reloaded(reply);
      expect(await silent.signIn.token(false)).toEqual({ kind: 'unanswered' });
      expect(silent.signIn.signedIn).toBe(true);
    }
  });
});

describe('signing out', () => {
  test('drops all tokens and leads to the address that ends the sign-in', async () => {
    const { signIn, storage } = signInWith({ [TOKEN_URL]: [200, TOKENS] });
    await signIn.finish(await answerOf(signIn));
    expect(await signIn.signOut()).toBe(
      'https://id.example/logout?client_id=client&logout_uri=https%3A%2F%2Flive.example%2F',
    );
    expect([signIn.signedIn, storage.kept.size]).toEqual([false, 0]);
  });
});

describe('an issuer', () => {
  const ISSUER: SignInConfig = { ...CLIENT, issuer: 'https://id.example/realm' };
  const DISCOVERY = 'https://id.example/realm/.well-known/openid-configuration';
  const DOCUMENT = {
    issuer: 'https://id.example/realm',
    authorization_endpoint: 'https://id.example/authorize',
    token_endpoint: TOKEN_URL,
    end_session_endpoint: 'https://id.example/end',
  };

  test('publishes the endpoints', async () => {
    const { signIn } = signInWith({ [DISCOVERY]: [200, DOCUMENT], [TOKEN_URL]: [200, TOKENS] }, ISSUER);
    expect(await signIn.begin('')).toMatch(/^https:\/\/id\.example\/authorize\?response_type=code&/);
    expect(await signIn.finish(await answerOf(signIn, `&iss=${DOCUMENT.issuer}`))).toBe(true);
    expect(await signIn.signOut()).toMatch(/\/end\?client_id=client&post_logout_redirect_uri=https/);
  });

  test('refuses an answer of another issuer', async () => {
    const { signIn } = signInWith({ [DISCOVERY]: [200, DOCUMENT], [TOKEN_URL]: [200, TOKENS] }, ISSUER);
    expect(await signIn.finish(await answerOf(signIn, '&iss=https://other.example'))).toBe(false);
  });

  test.each([
    ['of another issuer', { ...DOCUMENT, issuer: 'https://other.example' }, 'calls itself https://other.example'],
    ['with an address that is not safe', { ...DOCUMENT, token_endpoint: 'http://id.example/t' }, 'not an https'],
    ['without an address', { ...DOCUMENT, token_endpoint: undefined }, 'has no token_endpoint'],
  ])('refuses a document %s', async (_, document, message) => {
    await expect(signInWith({ [DISCOVERY]: [200, document] }, ISSUER).signIn.begin('')).rejects.toThrow(message);
  });
});

describe('the description of a sign-in', () => {
  const read = (signIn: unknown, page = PAGE) => readSignIn(new Reader(), signIn && { signIn }, page);

  test('may be missing, in a stack that admits by links', () => {
    expect(read(undefined)).toEqual({ signIn: undefined, problems: [] });
  });

  test('may have paths of the same site, and http on this machine', () => {
    const page = 'http://127.0.0.1:8080/';
    const urls = { authorizeUrl: '/_hosts/id/oauth2/authorize', tokenUrl: 'http://localhost:9000/token' };
    expect(read({ ...CLIENT, ...urls }, page)).toEqual({
      signIn: {
        ...CLIENT,
        authorizeUrl: 'http://127.0.0.1:8080/_hosts/id/oauth2/authorize',
        tokenUrl: 'http://localhost:9000/token',
        logoutUrl: undefined,
      },
      problems: [],
    });
  });

  test.each([
    [{ ...CLIENT, issuer: 'http://id.example' }, 'access.signIn.issuer: "http://id.example" was given; an https'],
    [{ ...COGNITO, tokenUrl: undefined }, 'access.signIn.tokenUrl: nothing was given'],
    [{ ...COGNITO, authorizeUrl: 'javascript:alert(1)' }, 'access.signIn.authorizeUrl: "javascript:alert(1)"'],
    [{ ...COGNITO, clientId: '' }, 'access.signIn.clientId: "" was given'],
  ])('refuses %j', (signIn, problem) => {
    expect(read(signIn).problems).toEqual([expect.stringContaining(problem)]);
  });
});
