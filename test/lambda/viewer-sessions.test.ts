import { describe, expect, test } from '@jest/globals';
import { readSigned, signed } from '../../lambda/shared/viewers/token';
import { session } from '../../lambda/viewer-sessions/handler';
import { type Begun, begun, end, HOURS_12, KEY, post, renew, stack } from './ask-sessions';
import { BEGUN, LINK_SECRET, RING } from './fake-viewers';

describe('a session', () => {
  test('begins with a token that opens one channel for ten minutes', async () => {
    const { sid, token, expiresAt, renewAfterSeconds } = await begun(stack());
    expect({ expiresAt, renewAfterSeconds }).toEqual({ expiresAt: BEGUN + 600, renewAfterSeconds: 400 });
    expect(readSigned(token, [KEY])).toEqual({
      sid,
      v: expect.stringMatching(/^[\w-]{16}$/),
      ch: ['main'],
      iat: BEGUN,
      exp: BEGUN + 600,
    });
  });

  test('has nothing in its token that tells who the viewer is', async () => {
    const { token } = await begun(stack());
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).not.toMatch(/anna|sub-a|203\.0|DE/);
  });

  test('has the same viewer id on every device of a viewer', async () => {
    const around = stack();
    const ids = [await begun(around), await begun(around)].map(({ token }) => readSigned(token, [KEY])?.['v']);
    expect(ids[0]).toBe(ids[1]);
  });

  test.each([
    ['without a sign-in', 'channel=main', {}, 401, 'sign-in'],
    ['with a token that the sign-in does not know', 'channel=main', { 'x-viewer-token': 'eve' }, 401, 'sign-in'],
    ['for a channel of other groups', 'channel=gold', { 'x-viewer-token': 'anna' }, 403, 'not-entitled'],
    ['for no channel', '', { 'x-viewer-token': 'anna' }, 404, 'no-such-channel'],
    ['for a public or unknown channel', 'channel=free', { 'x-viewer-token': 'anna' }, 404, 'no-such-channel'],
    ['for a member of every object', 'channel=constructor', { 'x-viewer-token': 'anna' }, 404, 'no-such-channel'],
    ['for the prototype of objects', 'channel=__proto__', { 'x-viewer-token': 'anna' }, 404, 'no-such-channel'],
  ])('is refused %s', async (_, query, headers, statusCode, error) => {
    const around = stack();
    expect(await post(`/api/session?${query}`, headers, around)).toMatchObject({ statusCode, error });
    expect(around.book.sessions).toEqual([]);
  });

  test('opens a channel of a group to its members', async () => {
    const { token } = await begun(stack(), 'channel=gold', { 'x-viewer-token': 'gold' });
    expect(readSigned(token, [KEY])).toMatchObject({ ch: ['gold'] });
  });

  test.each([
    ['/api/session/short/renew'],
    ['/api/session/id00000000000001/steal'],
    ['/api/session/id00000000000001/renew/'],
    ['/api/sessions'],
    ['/'],
  ])('is not found at %s', async (path) => {
    expect(await post(path, {}, stack())).toMatchObject({ statusCode: 404, error: 'no-such-path' });
  });

  test('is asked for with POST alone', async () => {
    const event = { rawPath: '/api/session', headers: {}, requestContext: { http: { method: 'GET' } } };
    expect((await session(event, stack())).statusCode).toBe(404);
  });

  test('is written down with the network of its address, and not with the address', async () => {
    const around = stack();
    await begun(around);
    expect(JSON.stringify([...around.book.pages])).not.toContain('203.0.113.7');
    expect(around.book.sessions[0]?.seenFrom).toEqual({
      countries: ['DE'],
      networks: ['203.0.113.0/24'],
      agents: ['Chrome on Windows'],
    });
  });

  test.each(['keys', 'signedIn'] as const)('is refused with 503 while %s fails', async (failing) => {
    const around = stack();
    around.failing = failing;
    const answer = await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around);
    expect(answer).toMatchObject({ statusCode: 503, error: 'unavailable' });
    expect(JSON.stringify(answer)).not.toContain('does not answer keys');
  });

  test.each(['read', 'write', 'voidBefore'] as const)(
    'is refused with 503 while the book fails to %s',
    async (call) => {
      const around = stack();
      around.book.failing = call;
      expect(await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around)).toMatchObject({
        statusCode: 503,
      });
    },
  );
});

describe('a renewal', () => {
  test('gives a later token of the same session', async () => {
    const around = stack();
    const first = await begun(around);
    around.time += 400;
    expect(await renew(first, around)).toMatchObject({ statusCode: 200, sid: first.sid, expiresAt: BEGUN + 1000 });
    expect(around.book.sessions).toMatchObject([{ since: BEGUN, seen: BEGUN + 400 }]);
  });

  test('accepts a token that has expired: a page may have slept', async () => {
    const around = stack();
    const first = await begun(around);
    around.time += 3600;
    expect(await renew(first, around)).toMatchObject({ statusCode: 200 });
  });

  test('gives no token that lasts longer than the session', async () => {
    const around = stack();
    const first = await begun(around);
    around.time += HOURS_12 - 60;
    expect(await renew(first, around)).toMatchObject({ statusCode: 200, expiresAt: BEGUN + HOURS_12 });
    around.time += 60;
    expect(await renew(first, around)).toMatchObject({ statusCode: 401, error: 'sign-in' });
  });

  test.each([
    ['without the token of the session', { 'x-viewer-session': '' }],
    ['with a token that was changed', { 'x-viewer-session': 'e30.e30.AAAA' }],
    ['without a sign-in, where the session began with one', { 'x-viewer-token': '' }],
    ['with the sign-in of another viewer', { 'x-viewer-token': 'gold' }],
  ])('is refused %s', async (_, headers) => {
    const around = stack();
    expect(await renew(await begun(around), around, headers)).toMatchObject({ statusCode: 401, error: 'sign-in' });
  });

  test('is refused with the token of another session', async () => {
    const around = stack();
    const [first, second] = [await begun(around), await begun(around)];
    expect(await renew({ sid: first.sid, token: second.token }, around)).toMatchObject({ statusCode: 401 });
  });

  test.each([
    ['none', { alg: 'none', kid: 'k1' }],
    ['another algorithm', { alg: 'HS512', kid: 'k1' }],
    ['an unknown key', { alg: 'HS256', kid: 'constructor' }],
  ])('is refused with a token whose head says %s', async (_, head) => {
    const around = stack();
    const { sid, token } = await begun(around);
    const [, claims, signature] = token.split('.');
    const forged = `${Buffer.from(JSON.stringify(head)).toString('base64url')}.${claims}.${signature}`;
    expect(await renew({ sid, token: forged }, around)).toMatchObject({ statusCode: 401, error: 'sign-in' });
  });

  test('is refused with a link in place of the token', async () => {
    const around = stack();
    const { sid } = await begun(around);
    const forged = signed(
      { sid, v: 'x', ch: ['main'], iat: BEGUN, exp: BEGUN + 9 },
      { kid: 'link', secret: LINK_SECRET },
    );
    expect(await renew({ sid, token: forged }, around)).toMatchObject({ statusCode: 401 });
  });

  test('is refused when the viewer has lost the group', async () => {
    const around = stack();
    const first = await begun(around, 'channel=gold', { 'x-viewer-token': 'gold' });
    around.viewers.set('gold', { subject: 'sub-g', name: 'gold@example.com', groups: [] });
    expect(await renew(first, around, { 'x-viewer-token': 'gold' })).toMatchObject({
      statusCode: 403,
      error: 'not-entitled',
    });
  });

  test('is refused when an operator has ended the session', async () => {
    const around = stack();
    const first = await begun(around);
    around.book.pages.clear();
    expect(await renew(first, around)).toMatchObject({ statusCode: 410, error: 'session-ended' });
  });

  test('is refused when all sessions were made void, even with a token that was being issued then', async () => {
    const around = stack();
    const first = await begun(around);
    around.time += 400;
    const late = (await renew(first, around)) as unknown as Begun;
    await around.book.setVoidBefore(around.time);
    expect(await renew(first, around)).toMatchObject({ statusCode: 410 });
    expect(await renew({ sid: first.sid, token: late.base.slice(3) }, around)).toMatchObject({ statusCode: 410 });
  });

  test('is signed with a key that every edge location has, and checked with all', async () => {
    const around = stack();
    const first = await begun(around);
    const next = { kid: 'k2', secret: Buffer.alloc(32, 9).toString('base64url'), made: BEGUN };
    around.ring = { ...RING, keys: [...RING.keys, next] };
    const kid = (answer: object) => {
      const [head = ''] = (answer as Begun).base.slice(3).split('.');
      return JSON.parse(Buffer.from(head, 'base64url').toString()).kid as string;
    };
    around.time += 59;
    expect(kid(await renew(first, around))).toBe('k1');
    around.time += 1;
    expect(kid(await renew(first, around))).toBe('k2');
  });
});

describe('the end of a session', () => {
  test('frees its place', async () => {
    const around = stack({ maxSessions: 1 });
    const first = await begun(around);
    expect(await end(first, around)).toEqual({ statusCode: 204 });
    expect(around.revoked).toEqual([]);
    await begun(around);
  });

  test('tells the edge of a native token, which would open the media for hours', async () => {
    const around = stack();
    const first = await begun(around, 'channel=main&native=1');
    await end(first, around);
    expect(around.revoked).toEqual([{ sids: [first.sid], until: BEGUN + HOURS_12 }]);
  });

  test('keeps the place when the edge cannot be told of a native token', async () => {
    const around = stack({ maxSessions: 1 });
    const first = await begun(around, 'channel=main&native=1');
    around.failing = 'revoke';
    expect(await end(first, around)).toMatchObject({ statusCode: 503 });
    expect(around.book.sessions).toHaveLength(1);
  });

  test('is refused to others', async () => {
    const around = stack();
    const [first, second] = [await begun(around), await begun(around)];
    expect(await end({ ...first, token: second.token }, around)).toMatchObject({ statusCode: 401 });
    expect(around.book.sessions).toHaveLength(2);
  });
});
