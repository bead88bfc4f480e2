import { beforeEach, describe, expect, test } from '@jest/globals';
import type { KeyRing } from '../../lambda/shared/viewers/key-ring';
import { knownViewer } from '../../lambda/shared/viewers/known-viewer';
import { signed } from '../../lambda/shared/viewers/token';
import type { Session } from '../../lambda/shared/viewers/viewer';
import { FakeBook } from './fake-viewers';

const NOW = 10_000;
const SECRET = Buffer.alloc(32, 7);
const RING: KeyRing = { keys: [{ kid: 'k1', secret: SECRET.toString('base64url'), made: 0 }] };
const CLAIMS = { v: 'anna', sid: 'one', ch: ['gold'], iat: NOW - 60, exp: NOW + 60 };
const SESSION: Session = {
  sid: 'one',
  channel: 'gold',
  device: 'Chrome on Windows',
  since: NOW - 600,
  seen: NOW - 60,
  until: NOW + 3600,
  silence: 600,
  signedIn: true,
  groups: ['staff'],
  seenFrom: { countries: [], networks: [], agents: [] },
  reported: false,
};

let book: FakeBook;
beforeEach(async () => {
  book = new FakeBook();
  await book.write('anna', { viewer: { name: 'Anna', sessions: [SESSION] }, version: 0 }, NOW);
});

function known(claims: object = {}, { secret = SECRET, hasKeys = true } = {}) {
  const token = signed({ ...CLAIMS, ...claims }, { kid: 'k1', secret });
  return knownViewer(token, 'gold', { keys: async () => (hasKeys ? RING : undefined), book, now: () => NOW });
}

describe('the viewer of a session', () => {
  test('is known by the token, with the groups of the session', async () => {
    expect(await known()).toEqual({ id: 'anna', name: 'Anna', groups: ['staff'] });
  });

  test.each([
    ['of another channel', { ch: ['silver'] }],
    ['that has expired', { exp: NOW }],
    ['of a session that was revoked', { sid: 'two' }],
    ['of nobody', { v: undefined }],
    ['without the time at which it was issued', { iat: undefined }],
  ])('is not known by a token %s', async (_, claims) => {
    expect(await known(claims)).toBeUndefined();
  });

  test('is not known by a token of another stack, nor before the stack has keys', async () => {
    expect(await known({}, { secret: Buffer.alloc(32, 8) })).toBeUndefined();
    expect(await known({}, { hasKeys: false })).toBeUndefined();
  });

  test('is not known by a token from before everything was revoked', async () => {
    await book.setVoidBefore(NOW - 30);
    expect(await known()).toBeUndefined();
    expect(await known({ iat: NOW - 30 })).toBeDefined();
  });

  test('is not known once the session was silent for too long, or is over', async () => {
    await book.write(
      'anna',
      { viewer: { name: 'Anna', sessions: [{ ...SESSION, seen: NOW - 601 }] }, version: 1 },
      NOW,
    );
    expect(await known()).toBeUndefined();
    await book.write('anna', { viewer: { name: 'Anna', sessions: [{ ...SESSION, until: NOW }] }, version: 2 }, NOW);
    expect(await known()).toBeUndefined();
  });
});
