import { describe, expect, test } from '@jest/globals';
import { type Link, writeLink } from '../../lambda/shared/viewers/link';
import { readSigned, signed } from '../../lambda/shared/viewers/token';
import { session } from '../../lambda/viewer-sessions/handler';
import type { UrlEvent } from '../../lambda/viewer-sessions/request';
import type { AccessRules } from '../../lambda/viewer-sessions/surroundings';
import { BEGUN, FakeSessions, LINK_SECRET, RING } from './fake-viewers';

const RULES: AccessRules = {
  channels: { main: {}, gold: { groups: ['gold', 'staff'] } },
  tokenMinutes: 10,
  sessionHours: 12,
  maxSessions: 2,
  whenFull: 'ask',
};
const HOURS_12 = 12 * 3600;
const KEY = { kid: 'k1', secret: Buffer.alloc(32, 7) };
const AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';

function stack(rules: Partial<AccessRules> = {}): FakeSessions {
  const made = new FakeSessions({ ...RULES, ...rules });
  made.viewers.set('anna', { subject: 'sub-a', name: 'anna@example.com', groups: [] });
  made.viewers.set('gold', { subject: 'sub-g', name: 'gold@example.com', groups: ['gold'] });
  return made;
}

async function post(path: string, headers: Record<string, string>, around: FakeSessions) {
  const [rawPath = '', query = ''] = path.split('?');
  const event: UrlEvent = {
    rawPath,
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    headers: {
      'user-agent': AGENT,
      'cloudfront-viewer-country': 'DE',
      'cloudfront-viewer-address': '203.0.113.7:4711',
      ...headers,
    },
    requestContext: { http: { method: 'POST' } },
  };
  const { statusCode, body, headers: fields } = await session(event, around);
  expect(fields['cache-control']).toBe('no-store');
  return { statusCode, ...(body === '' ? {} : (JSON.parse(body) as Record<string, unknown>)) };
}

/** Begins a session that must succeed. */
async function begun(around: FakeSessions, query = 'channel=main', headers: Record<string, string> = {}) {
  const answer = (await post(`/api/session?${query}`, { 'x-viewer-token': 'anna', ...headers }, around)) as unknown as {
    readonly statusCode: number;
    readonly sid: string;
    readonly base: string;
    readonly expiresAt: number;
    readonly renewAfterSeconds: number;
  };
  expect(answer.statusCode).toBe(200);
  return { ...answer, token: answer.base.replace('/s/', '') };
}

type Begun = Awaited<ReturnType<typeof begun>>;

function renew(
  { sid, token }: Pick<Begun, 'sid' | 'token'>,
  around: FakeSessions,
  headers: Record<string, string> = {},
) {
  return post(`/api/session/${sid}/renew`, { 'x-viewer-session': token, 'x-viewer-token': 'anna', ...headers }, around);
}

const end = ({ sid, token }: Begun, around: FakeSessions) =>
  post(`/api/session/${sid}/end`, { 'x-viewer-session': token }, around);

const link = (claims: Partial<Link> = {}, secret = LINK_SECRET) =>
  writeLink({ jti: 'link-1', ch: ['main'], exp: BEGUN + 3600, once: false, ...claims }, secret);

const byLink = (text: string, around: FakeSessions, query = 'channel=main') =>
  post(`/api/session?${query}`, { 'x-viewer-link': text }, around);

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

describe('the limit of devices', () => {
  test('refuses one device more, and names the others', async () => {
    const around = stack();
    await begun(around);
    around.time += 5;
    await begun(around);
    expect(await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around)).toEqual({
      statusCode: 409,
      error: 'too-many-sessions',
      message: 'You are watching on too many devices.',
      devices: [
        { device: 'Chrome on Windows', since: BEGUN },
        { device: 'Chrome on Windows', since: BEGUN + 5 },
      ],
    });
  });

  test('counts the devices of one viewer only', async () => {
    const around = stack({ maxSessions: 1 });
    await begun(around);
    await begun(around, 'channel=main', { 'x-viewer-token': 'gold' });
    expect(around.book.sessions).toHaveLength(2);
  });

  test('ends the oldest device at the edge when the viewer takes over', async () => {
    const around = stack();
    const first = await begun(around);
    around.time += 5;
    const second = await begun(around);
    const third = await begun(around, 'channel=main&takeover=1');
    expect(around.revoked).toEqual([{ sids: [first.sid], until: BEGUN + HOURS_12 }]);
    expect(around.book.sessions.map(({ sid }) => sid)).toEqual([second.sid, third.sid]);
    expect(await renew(first, around)).toMatchObject({ statusCode: 410, error: 'session-ended' });
  });

  test('ends no device where a further one is refused', async () => {
    const around = stack({ whenFull: 'refuse', maxSessions: 1 });
    await begun(around);
    const answer = await post('/api/session?channel=main&takeover=1', { 'x-viewer-token': 'anna' }, around);
    expect(answer).toMatchObject({ statusCode: 409 });
    expect(around.revoked).toEqual([]);
  });

  test('keeps the older device when the edge cannot be told, so that the next try ends it', async () => {
    const around = stack({ maxSessions: 1 });
    const first = await begun(around);
    around.failing = 'revoke';
    const answer = await post('/api/session?channel=main&takeover=1', { 'x-viewer-token': 'anna' }, around);
    expect(answer).toMatchObject({ statusCode: 503 });
    expect(around.book.sessions.map(({ sid }) => sid)).toEqual([first.sid]);
    around.failing = undefined;
    await begun(around, 'channel=main&takeover=1');
    expect(around.revoked.map(({ sids }) => sids)).toEqual([[first.sid]]);
  });

  test('gives a place away when its device is silent for two renewals', async () => {
    const around = stack({ maxSessions: 1 });
    await begun(around);
    around.time += 800;
    expect(await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around)).toMatchObject({
      statusCode: 409,
    });
    around.time += 1;
    await begun(around);
  });

  test('keeps the place of a native player for as long as its token opens the media', async () => {
    const around = stack({ maxSessions: 1 });
    const { expiresAt } = await begun(around, 'channel=main&native=1');
    expect(expiresAt).toBe(BEGUN + HOURS_12);
    around.time += HOURS_12 - 1;
    expect(await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around)).toMatchObject({
      statusCode: 409,
    });
    around.time += 1;
    await begun(around);
  });

  test('is kept when two devices ask at once', async () => {
    const around = stack({ maxSessions: 1 });
    const ask = () => post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around);
    const statuses = (await Promise.all([ask(), ask(), ask()])).map(({ statusCode }) => statusCode);
    expect(statuses.toSorted()).toEqual([200, 409, 409]);
  });

  test('tries again when the viewer was changed meanwhile, up to six times', async () => {
    const around = stack();
    around.book.disturbed = 5;
    await begun(around);
    around.book.disturbed = 6;
    const answer = await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around);
    expect(answer).toMatchObject({ statusCode: 503 });
  });

  test('leaves no place to sessions that were made void', async () => {
    const around = stack({ maxSessions: 1 });
    await begun(around, 'channel=main&native=1');
    around.time += 60;
    await around.book.setVoidBefore(around.time);
    await begun(around);
  });
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

describe('a link', () => {
  test('opens a session without a sign-in, which is renewed without one', async () => {
    const around = stack();
    const first = (await byLink(link(), around)) as unknown as Begun;
    const token = first.base.slice(3);
    expect(await renew({ sid: first.sid, token }, around, { 'x-viewer-token': '' })).toMatchObject({ statusCode: 200 });
  });

  test('opens a channel of a group, because whoever signed it has decided', async () => {
    expect(await byLink(link({ ch: ['gold'] }), stack(), 'channel=gold')).toMatchObject({ statusCode: 200 });
  });

  test.each([
    ['of another secret', link({}, Buffer.from('guessed')), 401, 'sign-in'],
    ['without a signature', 'e30.e30.', 401, 'sign-in'],
    ['that is no link', 'link', 401, 'sign-in'],
    ['of another channel', link({ ch: ['gold'] }), 403, 'not-entitled'],
    ['that has expired', link({ exp: BEGUN }), 410, 'link-expired'],
  ])('%s is refused', async (_, text, statusCode, error) => {
    expect(await byLink(text, stack())).toMatchObject({ statusCode, error });
  });

  test('is refused where links open nothing', async () => {
    const around = stack();
    around.links = undefined;
    expect(await byLink(link(), around)).toMatchObject({ statusCode: 401, error: 'sign-in' });
  });

  test('for one use is refused the second time', async () => {
    const around = stack();
    expect(await byLink(link({ once: true }), around)).toMatchObject({ statusCode: 200 });
    expect(await byLink(link({ once: true }), around)).toMatchObject({ statusCode: 410, error: 'link-used' });
  });

  test('for one use is one, however another language writes true', async () => {
    const around = stack();
    const text = signed({ jti: 'php', ch: ['main'], exp: BEGUN + 9, once: 1 }, { kid: 'link', secret: LINK_SECRET });
    await byLink(text, around);
    expect(await byLink(text, around)).toMatchObject({ statusCode: 410, error: 'link-used' });
  });

  test('for one use stays good while its viewer is asked about another device', async () => {
    const around = stack({ maxSessions: 1 });
    await byLink(link({ jti: 'a', viewer: 'no. 7' }), around);
    const text = link({ jti: 'b', viewer: 'no. 7', once: true });
    expect(await byLink(text, around)).toMatchObject({ statusCode: 409 });
    expect(await byLink(text, around, 'channel=main&takeover=1')).toMatchObject({ statusCode: 200 });
    expect(await byLink(text, around, 'channel=main&takeover=1')).toMatchObject({
      statusCode: 410,
      error: 'link-used',
    });
  });

  test('opens the session of a new viewer at every use, if it names none', async () => {
    const around = stack({ maxSessions: 1 });
    for (const _ of [1, 2, 3]) expect(await byLink(link(), around)).toMatchObject({ statusCode: 200 });
    expect(around.book.pages.size).toBe(3);
  });

  test('counts the devices of the viewer that it names', async () => {
    const around = stack({ maxSessions: 1 });
    expect(await byLink(link({ viewer: 'no. 7' }), around)).toMatchObject({ statusCode: 200 });
    expect(await byLink(link({ viewer: 'no. 7', jti: 'link-2' }), around)).toMatchObject({ statusCode: 409 });
    expect([...around.book.pages.values()].map(({ viewer }) => viewer.name)).toEqual(['no. 7 (link)']);
  });

  test('names no viewer of the sign-in', async () => {
    const around = stack({ maxSessions: 1 });
    await begun(around);
    expect(await byLink(link({ viewer: 'sub-a' }), around)).toMatchObject({ statusCode: 200 });
  });
});

describe('the countries', () => {
  const around = () => stack({ countries: ['DE', 'AT'] });

  test('let viewers in who are there', async () => {
    await begun(around());
  });

  test.each(['FR', ''])('refuse a session from "%s" with 451', async (country) => {
    const headers = { 'x-viewer-token': 'anna', 'cloudfront-viewer-country': country };
    expect(await post('/api/session?channel=main', headers, around())).toMatchObject({
      statusCode: 451,
      error: 'country',
    });
  });

  test('refuse a renewal from elsewhere', async () => {
    const stackOfTwo = around();
    const first = await begun(stackOfTwo);
    expect(await renew(first, stackOfTwo, { 'cloudfront-viewer-country': 'FR' })).toMatchObject({ statusCode: 451 });
  });
});

describe('a session that looks like many viewers', () => {
  const renewedFrom = async (around: FakeSessions, countries: readonly string[]) => {
    const first = await begun(around);
    for (const country of countries) {
      expect(await renew(first, around, { 'cloudfront-viewer-country': country })).toMatchObject({ statusCode: 200 });
    }
    return first;
  };

  test('is reported once, with the command that ends it', async () => {
    const around = stack();
    const { sid } = await renewedFrom(around, ['FR', 'AT', 'CH', 'IT']);
    expect(around.notices).toHaveLength(1);
    expect(around.notices[0]).toMatch(/anna@example\.com on channel main looks like many viewers/);
    expect(around.notices[0]).toContain(`npm run live -- revoke ${sid}`);
    expect(around.notices[0]).toContain('3 countries (DE, FR, AT)');
    expect(around.book.sessions[0]?.reported).toBe(true);
  });

  test('is not one that was seen in two countries', async () => {
    const around = stack();
    await renewedFrom(around, ['FR', 'DE', 'FR']);
    expect(around.notices).toEqual([]);
  });

  test('is renewed all the same when the notice fails', async () => {
    const around = stack();
    around.failing = 'notify';
    await renewedFrom(around, ['FR', 'AT', 'CH']);
  });
});
