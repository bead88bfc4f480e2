import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { gateSettings, type KeyRing } from '../../lambda/shared/viewers/key-ring';
import { readLink } from '../../lambda/shared/viewers/link';
import { readSigned, signed, type ViewerClaims } from '../../lambda/shared/viewers/token';

const secret = Buffer.alloc(32, 5);
const key = { kid: 'k1', secret };

/** Signs as RFC 7519 and RFC 7515 say, written once more: base64 with other letters and no padding. */
function independent(head: object, claims: object, by = secret): string {
  const part = (bytes: Buffer) =>
    bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const text = [head, claims].map((each) => part(Buffer.from(JSON.stringify(each), 'utf8'))).join('.');
  return `${text}.${part(createHmac('sha256', by).update(text).digest())}`;
}

describe('a token', () => {
  test('is what another implementation of HS256 writes', () => {
    const claims = { sid: 'ÄÖ~?>', n: 1 };
    expect(signed(claims, key)).toBe(independent({ alg: 'HS256', kid: 'k1' }, claims));
  });

  test('is the one of RFC 7515, appendix A.1', () => {
    const rfc =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const rfcKey = Buffer.from(
      'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
      'base64url',
    );
    // Its head names no key, and so does the key here.
    expect(readSigned(rfc, [{ kid: undefined as unknown as string, secret: rfcKey }])).toMatchObject({ iss: 'joe' });
  });

  test('is read back', () => {
    expect(readSigned(signed({ a: 1 }, key), [{ kid: 'k0', secret: Buffer.alloc(32) }, key])).toEqual({ a: 1 });
  });

  test.each([
    ['of another key', independent({ alg: 'HS256', kid: 'k1' }, { a: 1 }, Buffer.alloc(32, 6))],
    ['of an unknown key', independent({ alg: 'HS256', kid: 'k2' }, { a: 1 })],
    ['that names the constructor', independent({ alg: 'HS256', kid: 'constructor' }, { a: 1 })],
    ['that names the prototype', independent({ alg: 'HS256', kid: '__proto__' }, { a: 1 })],
    ['without an algorithm', independent({ kid: 'k1' }, { a: 1 })],
    ['with the algorithm none', independent({ alg: 'none', kid: 'k1' }, { a: 1 })],
    ['without a signature', signed({ a: 1 }, key).replace(/[^.]*$/, '')],
    ['with half a signature', signed({ a: 1 }, key).slice(0, -20)],
    ['with a fourth part', `${signed({ a: 1 }, key)}.x`],
    ['with one part', 'x'],
    ['of nothing', ''],
    ['that is longer than 2,000 characters', signed({ a: 'x'.repeat(2000) }, key)],
    [
      'with changed claims',
      signed({ a: 1 }, key).replace(/\.[^.]*\./, `.${Buffer.from('{"a":2}').toString('base64url')}.`),
    ],
  ])('%s is not read', (_, text) => {
    expect(readSigned(text, [key])).toBeUndefined();
  });

  test('has at most 250 characters, of an id, a viewer and a channel name of usual length', () => {
    const claims: ViewerClaims = {
      sid: 'abcdefghijklmnop',
      v: 'abcdefghijklmnop',
      ch: ['main-stage-en'],
      iat: 1_800_000_000,
      exp: 1_800_000_600,
    };
    expect(signed(claims, { kid: 'k123', secret }).length).toBeLessThanOrEqual(250);
  });
});

test('the settings of the gate with three keys fit into a value of the store', () => {
  const keys = [1, 2, 3].map((n) => ({
    kid: `k${1000 + n}`,
    secret: Buffer.alloc(32, n).toString('base64url'),
    made: n,
  }));
  const ring: KeyRing = { keys };
  expect(Buffer.byteLength(gateSettings(ring, 1_800_000_000))).toBeLessThanOrEqual(1024);
  expect(JSON.parse(gateSettings(ring, 1_800_000_000))).toEqual({
    keys: Object.fromEntries(keys.map(({ kid, secret: text }) => [kid, text])),
    voidBefore: 1_800_000_000,
  });
});

describe('a link', () => {
  const claims = { jti: 'a', ch: ['main'], exp: 1_800_000_000 };
  const read = (other: object) => readLink(signed({ ...claims, ...other }, { kid: 'link', secret }), secret);

  test('is for many uses and no viewer, if it does not say otherwise', () => {
    expect(read({})).toEqual({ ...claims, once: false });
    expect(read({ once: false })).toEqual({ ...claims, once: false });
    expect(read({ once: true, viewer: 'no. 7' })).toEqual({ ...claims, once: true, viewer: 'no. 7' });
  });

  test.each([
    ['without an id', { jti: undefined }],
    ['with an empty id', { jti: '' }],
    ['with an id of 129 characters', { jti: 'x'.repeat(129) }],
    ['without an end', { exp: undefined }],
    ['whose end is no number', { exp: '1800000000' }],
    ['without channels', { ch: undefined }],
    ['whose channel is no list', { ch: 'main' }],
    ['with a channel that is no name', { ch: [1] }],
  ])('%s is not read', (_, other) => {
    expect(read(other)).toBeUndefined();
  });

  test('that names a viewer by anything but a name names none', () => {
    expect(read({ viewer: 7 })).toEqual({ ...claims, once: false });
    expect(read({ viewer: '' })).toEqual({ ...claims, once: false });
  });
});
