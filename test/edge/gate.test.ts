import { describe, expect, test } from '@jest/globals';
import { gateCode } from '../../bin/build/gate';
import { ask, base64url, CFG, claims, K2, MAIN, NOW, SID, token, watch } from './ask-gate';
import type { GateWorld } from './run-gate';

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

  test('do not hold for the probe of the stack, which is where its Region is', async () => {
    expect(await watch(token({ sid: 'probe' }), world, from('US'))).toMatchObject({ uri: MAIN });
    const guessed = token({ sid: 'probe' }, { kid: 'k1', secret: Buffer.alloc(32, 9) });
    expect(await watch(guessed, world, from('US'))).toMatchObject({ status: 401 });
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
