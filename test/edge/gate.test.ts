import { describe, expect, test } from '@jest/globals';
import { gateCode } from '../../bin/build/gate';
import { signed, type TokenKey, type ViewerClaims } from '../../lambda/shared/viewers/token';
import { type GateAnswer, type GateRequest, type GateWorld, runGate } from './run-gate';

const NOW = 1_800_000_000;
const KEYS: readonly TokenKey[] = ['k1', 'k2'].map((kid, index) => ({ kid, secret: Buffer.alloc(32, index + 1) }));
const [K1, K2] = KEYS as [TokenKey, TokenKey];
const CFG = (voidBefore = 0) =>
  JSON.stringify({
    keys: Object.fromEntries(KEYS.map(({ kid, secret }) => [kid, secret.toString('base64url')])),
    voidBefore,
  });
const WORLD: GateWorld = {
  folders: [
    { path: '/out/v1/live/main/', channel: 'main', isPublic: false },
    { path: '/out/v1/live/main2/', channel: 'main2', isPublic: false },
    { path: '/out/v1/live/free/', channel: 'free', isPublic: true },
  ],
  countries: [],
  entries: { cfg: CFG() },
  now: NOW,
};
const SID = 'abcdefghijklmnop';
const MAIN = '/out/v1/live/main/index.m3u8';

const claims = (overrides: object = {}): ViewerClaims => ({
  sid: SID,
  v: 'viewer-viewer-id',
  ch: ['main'],
  iat: NOW - 60,
  exp: NOW + 540,
  ...overrides,
});
const token = (overrides: object = {}, key = K1) => signed(claims(overrides), key);
const base64url = (text: string) => Buffer.from(text).toString('base64url');

async function ask(uri: string, world: Partial<GateWorld> = {}, rest: Partial<GateRequest> = {}) {
  const { result, reads, logged } = await runGate({ method: 'GET', uri, headers: {}, ...rest }, { ...WORLD, ...world });
  if ('uri' in result) return { uri: result.uri, reads, logged };
  const { statusCode, headers, body } = result as GateAnswer;
  const { error } = JSON.parse(body.data) as { readonly error: string };
  return { status: statusCode, error, headers, reads, logged };
}

const watch = (text: string, world: Partial<GateWorld> = {}, rest: Partial<GateRequest> = {}) =>
  ask(`/s/${text}${MAIN}`, world, rest);

describe('the gate', () => {
  test('passes a valid token on, without it in the path', async () => {
    expect(await watch(token())).toMatchObject({ uri: MAIN, reads: ['get cfg', `exists r.${SID}`] });
  });

  test.each(['GET', 'HEAD', 'OPTIONS'])('treats %s as every request', async (method) => {
    expect(await watch(token(), {}, { method })).toMatchObject({ uri: MAIN });
    expect(await ask(MAIN, {}, { method })).toMatchObject({ status: 401 });
  });

  test('passes a public channel on without reading the store', async () => {
    expect(await ask('/out/v1/live/free/a.m4s')).toMatchObject({ uri: '/out/v1/live/free/a.m4s', reads: [] });
  });

  test('knows every key of the store', async () => {
    expect(await watch(token({}, K2))).toMatchObject({ uri: MAIN });
  });

  test('opens each channel that a token names, and no other', async () => {
    const text = token({ ch: ['main', 'main2'] });
    expect(await ask(`/s/${text}/out/v1/live/main2/a.m4s`)).toMatchObject({ uri: '/out/v1/live/main2/a.m4s' });
    expect(await ask(`/s/${token()}/out/v1/live/main2/a.m4s`)).toMatchObject({ status: 401, error: 'sign-in' });
  });

  test.each([
    ['-30 s before it was issued', { iat: NOW + 30 }, MAIN],
    ['30 s after it has expired', { exp: NOW - 30 }, MAIN],
  ])('accepts a token %s', async (_, overrides, uri) => {
    expect(await watch(token(overrides))).toMatchObject({ uri });
  });

  const head = (text: object) => `${base64url(JSON.stringify(text))}.${token().split('.').slice(1).join('.')}`;
  /** The bytes that the constructor of objects gives as a key. */
  const ofObject = Buffer.from(String(Object), 'base64url');
  const unsigned = (alg: string) => `${base64url(JSON.stringify({ alg, kid: 'k1' }))}.${token().split('.')[1]}`;
  test.each([
    ['of another channel', token({ ch: ['main2'] })],
    ['of no channel', token({ ch: [] })],
    ['whose channels are a string', token({ ch: 'main' })],
    ['that has expired', token({ exp: NOW - 31 })],
    ['that is of the future', token({ iat: NOW + 31 })],
    ['without an end', token({ exp: undefined })],
    ['without a beginning', token({ iat: undefined })],
    ['without a session', token({ sid: undefined })],
    ['of another key', token({}, { kid: 'k1', secret: Buffer.alloc(32, 9) })],
    ['of an empty key', token({}, { kid: 'k3', secret: Buffer.alloc(0) })],
    ['of the key that a member of every object is', token({}, { kid: 'constructor', secret: ofObject })],
    [
      'with changed claims',
      token().replace(/\.[^.]*\./, `.${base64url(JSON.stringify(claims({ exp: NOW + 9999 })))}.`),
    ],
    ['with a changed signature', `${token().slice(0, -4)}AAAA`],
    ['whose head says none', `${unsigned('none')}.${'A'.repeat(43)}`],
    ['whose head says None', `${unsigned('None')}.${token().split('.')[2]}`],
    ['whose head says RS256', `${unsigned('RS256')}.${token().split('.')[2]}`],
    ['whose head names no key', head({ alg: 'HS256' })],
    ['whose head names an unknown key', head({ alg: 'HS256', kid: 'k9' })],
    ['whose head names the constructor', head({ alg: 'HS256', kid: 'constructor' })],
    ['whose head names the prototype', head({ alg: 'HS256', kid: '__proto__' })],
    ['whose head names toString', head({ alg: 'HS256', kid: 'toString' })],
    ['whose head is no JSON', `x.${token().split('.').slice(1).join('.')}`],
    ['whose head is null', `${base64url('null')}.${token().split('.').slice(1).join('.')}`],
    ['whose claims are a list', `${token().split('.')[0]}.${base64url('[]')}.${'A'.repeat(43)}`],
  ])('refuses a token %s', async (_, text) => {
    const answer = await watch(text);
    expect(answer).toMatchObject({ status: 401, error: 'sign-in' });
    expect(answer.logged).toEqual([]);
  });

  test('refuses a token of a session that was revoked, with 410', async () => {
    const entries = { cfg: CFG(), [`r.${SID}`]: String(NOW) };
    expect(await watch(token(), { entries })).toMatchObject({ status: 410, error: 'session-ended' });
  });

  test('refuses all that was issued before a time, with 410', async () => {
    const entries = { cfg: CFG(NOW - 59) };
    expect(await watch(token(), { entries })).toMatchObject({ status: 410, error: 'session-ended' });
    expect(await watch(token({ iat: NOW - 59 }), { entries })).toMatchObject({ uri: MAIN });
  });

  test('tells nobody without a valid signature whether a session was revoked', async () => {
    const entries = { cfg: CFG(), [`r.${SID}`]: String(NOW) };
    expect(await watch(`${token().slice(0, -4)}AAAA`, { entries })).toMatchObject({ status: 401, reads: ['get cfg'] });
  });
});

describe('a path', () => {
  test.each([
    ['the clean path of a private channel', MAIN, 401],
    ['a folder of no channel', '/out/v1/live/other/index.m3u8', 401],
    ['a folder whose name begins as that of a public channel', '/out/v1/live/free2/index.m3u8', 401],
    ['the folder of a public channel without its slash', '/out/v1/live/free', 401],
    ['two tokens', `/s/${token()}/s/${token()}${MAIN}`, 401],
    ['a token for something that is no media', `/s/${token()}/index.html`, 401],
    ['a token for the API', `/s/${token()}/api/session`, 401],
    ['a token before a public channel', `/s/${token()}/out/v1/live/free/index.m3u8`, 400],
    ['a token with nothing after it', `/s/${token()}`, 401],
    ['a token with a slash after it', `/s/${token()}/`, 400],
    ['an empty token', `/s/${MAIN}`, 400],
    ['a token of dots', `/s/...${MAIN}`, 401],
    ['a parent folder from a public channel', '/out/v1/live/free/../main/index.m3u8', 400],
    ['a parent folder after a token', `/s/${token()}/out/v1/live/main/../main2/index.m3u8`, 400],
    ['a parent folder at the end', '/out/v1/live/free/..', 400],
    ['a folder that is a dot', '/out/v1/live/free/./index.m3u8', 400],
    ['an encoded parent folder', '/out/v1/live/free/%2e%2e/main/index.m3u8', 400],
    ['an encoded slash', '/out/v1/live/free/..%2fmain%2findex.m3u8', 400],
    ['an encoded slash in capitals', '/out/v1/live/free%2F..%2Fmain/index.m3u8', 400],
    ['a twice encoded slash', '/out/v1/live/free/%252e%252e/main/index.m3u8', 400],
    ['an encoded letter', '/out/v1/live/%6dain/index.m3u8', 400],
    ['an encoded zero', '/out/v1/live/free/index.m3u8%00', 400],
    ['a doubled slash at the beginning', `/${MAIN}`, 400],
    ['a doubled slash in the middle', '/out/v1/live//main/index.m3u8', 400],
    ['a doubled slash after a token', `/s/${token()}/${MAIN}`, 400],
    ['a backslash', '/out/v1/live/free\\..\\main\\index.m3u8', 400],
    ['a semicolon', '/out/v1/live/free/index.m3u8;x', 400],
    ['a line break', '/out/v1/live/free/a\n', 400],
    ['a letter beyond ASCII', '/out/v1/live/free/ä', 400],
    ['nothing', '', 400],
  ])('with %s is refused', async (_, uri, status) => {
    const answer = await ask(uri);
    expect(answer).toMatchObject({ status, error: status === 400 ? 'path' : 'sign-in' });
  });

  test.each(['index_1_123.m4s', 'segment-1.2.m4s', 'audio=eng,video=1.mp4', 'a@b+c~d:e_f', '..hidden', 'a/b/c.d'])(
    'with the name %s is passed on',
    async (name) => {
      const path = `/out/v1/live/main/${name}`;
      expect(await ask(`/s/${token()}${path}`)).toMatchObject({ uri: path });
    },
  );

  test('of ten thousand characters is judged at once', async () => {
    const begun = process.cpuUsage().user;
    await ask(`/out/v1/live/free/${'a.'.repeat(5000)}%`);
    await ask(`/s/${'a'.repeat(10_000)}`);
    // Microseconds of the processor: a regular expression that runs away would take minutes.
    expect(process.cpuUsage().user - begun).toBeLessThan(5_000_000);
  });
});

describe('what a client claims', () => {
  const forged = {
    'x-viewer-token': { value: 'admin' },
    'x-viewer-session': { value: token() },
    'x-viewer-link': { value: token() },
    authorization: { value: `Bearer ${token()}` },
    cookie: { value: `token=${token()}` },
  };

  test('in header fields opens nothing', async () => {
    expect(await ask(MAIN, {}, { headers: forged })).toMatchObject({ status: 401, reads: [] });
  });

  test('in header fields keeps a valid token from nothing', async () => {
    expect(await watch(token(), {}, { headers: forged })).toMatchObject({ uri: MAIN });
  });
});

describe('the countries', () => {
  const from = (value: string) => ({ headers: { 'cloudfront-viewer-country': { value } } });
  const world = { countries: ['DE', 'AT'] };

  test('let viewers in who are there', async () => {
    expect(await watch(token(), world, from('AT'))).toMatchObject({ uri: MAIN });
  });

  test.each([
    ['elsewhere', from('FR')],
    ['in no country that CloudFront knows', {}],
  ])('refuse viewers %s with 451', async (_, rest) => {
    expect(await watch(token(), world, rest)).toMatchObject({ status: 451, error: 'country' });
  });

  test('do not hold for public channels', async () => {
    expect(await ask('/out/v1/live/free/a.m4s', world, from('FR'))).toMatchObject({ uri: '/out/v1/live/free/a.m4s' });
  });
});

describe('a store that does not answer', () => {
  test.each(['get', 'exists'] as const)('is a refusal with 503 at %s, and not a pass', async (failing) => {
    const answer = await watch(token(), { failing });
    expect(answer).toMatchObject({ status: 503, error: 'unavailable' });
    expect(answer.logged).toEqual(['The key value store does not answer: Error: Throttled']);
  });

  test('is the same as one without keys', async () => {
    expect(await watch(token(), { entries: {} })).toMatchObject({ status: 503 });
  });

  test('leaves public channels on air', async () => {
    expect(await ask('/out/v1/live/free/a.m4s', { failing: 'get' })).toMatchObject({ uri: '/out/v1/live/free/a.m4s' });
  });
});

describe('a refusal', () => {
  const worlds: readonly (readonly [string, Partial<GateWorld>])[] = [
    [`/s/${token()}${MAIN}%`, {}],
    [MAIN, {}],
    [`/s/${token({ exp: 0 })}${MAIN}`, {}],
    [`/s/${token()}${MAIN}`, { failing: 'get' }],
    [`/s/${token()}${MAIN}`, { countries: ['DE'] }],
    [`/s/${token()}${MAIN}`, { entries: { cfg: CFG(NOW) } }],
  ];

  test('can be read by the pages of others, and is kept by no cache', async () => {
    const statuses = [];
    for (const [uri, world] of worlds) {
      const { status, headers } = await ask(uri, world);
      statuses.push(status);
      expect(headers).toMatchObject({
        'access-control-allow-origin': { value: '*' },
        'cache-control': { value: 'no-store' },
        'content-type': { value: 'application/json' },
      });
    }
    expect(statuses).toEqual([400, 401, 401, 503, 451, 410]);
  });

  test('writes no token and no path to the log', async () => {
    for (const [uri, world] of worlds) {
      const { logged } = await ask(uri, world);
      expect(logged.join()).not.toMatch(/eyJ|m3u8/);
    }
  });
});

describe('the code of the gate', () => {
  const code = gateCode();

  test.each([
    ['an export', /\bexport\b/],
    ['a class', /\bclass\b/],
    ['destructuring', /\b(const|let|var)\s*[[{]/],
    ['spreading', /\.\.\.[A-Za-z[{(]/],
    ['optional chaining', /\?\.[A-Za-z[(]/],
    ['a default for nothing', /\?\?/],
    ['a loop over an iterator', /\bfor\s*\([^;)]*\bof\b/],
    ['a catch without a name', /catch\s*\{/],
  ])('has no %s, which the runtime is not said to know', (_, pattern) => {
    expect(code.replaceAll(/"[^"]*"|\/\^.*\$\/;/g, '""')).not.toMatch(pattern);
  });

  test('takes its two modules as the runtime names them', () => {
    expect([...code.matchAll(/^import .*$/gm)].map(([line]) => line)).toEqual([
      'import cf from "cloudfront";',
      'import crypto from "crypto";',
    ]);
  });
});
