import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { LinkMemory } from '../../../player/access/link-memory';
import type { Session } from '../../../player/access/session';
import { SessionService } from '../../../player/access/session-service';
import { Visit } from '../../../player/access/visit';
import { FakeServer, FakeStorage, type Reply } from './fake-server';

const NOW = 1_800_000_000;
const BEGIN = '/api/session?channel=main';
const ANSWER = { sid: 'sid-1', base: '/s/a.b.c', expiresAt: NOW + 600, renewAfterSeconds: 400 };
const SESSION: Session = { sid: 'sid-1', base: '/s/a.b.c', lifetimeSeconds: 600, renewAfterSeconds: 400 };
const WISH = { channel: 'main', native: false, takeover: false };
const TOKEN = { 'x-viewer-token': 'access' };

const serviceWith = (server: FakeServer, now = NOW) => new SessionService(server.fetch, () => now);
const answerTo = (reply: Reply | 'no answer', now = NOW) =>
  serviceWith(new FakeServer({ [BEGIN]: reply }), now).begin(WISH, TOKEN);

describe('a request for a session', () => {
  test('is a POST without a body, with the hash that CloudFront needs for it', async () => {
    const server = new FakeServer({ [BEGIN]: [200, ANSWER] });
    await serviceWith(server).begin(WISH, TOKEN);
    expect(server.asked[0]?.init).toMatchObject({ method: 'POST' });
    expect(server.asked[0]?.init.body).toBeUndefined();
    expect(server.header('x-amz-content-sha256')).toBe(createHash('sha256').digest('hex'));
    expect(server.header('x-viewer-token')).toBe('access');
  });

  test('says when it takes over, and when the browser’s own player plays', async () => {
    const server = new FakeServer({ [`${BEGIN}&native=1&takeover=1`]: [200, ANSWER] });
    const answer = await serviceWith(server).begin({ ...WISH, native: true, takeover: true }, TOKEN);
    expect(answer).toEqual({ kind: 'session', session: SESSION });
  });

  test('counts the lifetime on the server’s clock, because the viewer’s may be wrong', async () => {
    const anHourAhead = await answerTo([200, ANSWER, NOW + 10], NOW + 3600);
    expect(anHourAhead).toMatchObject({ session: { lifetimeSeconds: 590 } });
  });

  test('is refused by name, with the other devices', async () => {
    const devices = [{ device: 'Safari on iPhone', since: NOW - 60 }];
    const body = { error: 'too-many-sessions', message: '…', devices: [...devices, { device: 1 }] };
    expect(await answerTo([409, body])).toEqual({ kind: 'refused', name: 'too-many-sessions', devices });
  });

  test.each<[string, Reply | 'no answer']>([
    ['there is none', 'no answer'],
    ['it is no JSON', [502]],
    ['the service is out of order', [503, { error: 'unavailable' }]],
    ['a 403 is not of the service', [403, { Message: 'Forbidden' }]],
    ['the session has no path', [200, { ...ANSWER, base: 'https://other.example/s/a' }]],
    ['the session is over', [200, { ...ANSWER, expiresAt: NOW }]],
  ])('has no answer when %s', async (_, reply) => {
    expect(await answerTo(reply)).toEqual({ kind: 'unanswered' });
  });
});

describe('a session', () => {
  test('is renewed with its token, and with the sign-in where it began with one', async () => {
    const server = new FakeServer({ '/api/session/sid-1/renew': [200, ANSWER] });
    await serviceWith(server).renew(SESSION, 'access');
    expect([server.header('x-viewer-session'), server.header('x-viewer-token')]).toEqual(['a.b.c', 'access']);
    await serviceWith(server).renew(SESSION, undefined);
    expect([server.header('x-viewer-session'), server.header('x-viewer-token')]).toEqual(['a.b.c', null]);
  });

  test('is ended by a request that outlives the page', async () => {
    const server = new FakeServer({ '/api/session/sid-1/end': [204] });
    await serviceWith(server).end(SESSION);
    expect(server.asked[0]?.init).toMatchObject({ method: 'POST', keepalive: true });
    expect(server.header('x-viewer-session')).toBe('a.b.c');
  });

  test('counts as ended when the service does not answer', async () => {
    await serviceWith(new FakeServer({ '/api/session/sid-1/end': 'no answer' })).end(SESSION);
  });
});

describe('a link', () => {
  const ASKING = { credential: 'link', native: false, takeover: false, refresh: false } as const;

  const visitWith = (replies: Readonly<Record<string, Reply>>, storage: FakeStorage, link: string | undefined) => {
    const server = new FakeServer(replies);
    const means = { service: serviceWith(server), signIn: undefined, links: new LinkMemory(storage) };
    return { server, visit: new Visit(means, 'main', link) };
  };

  test('is exchanged once, and a reload of the page goes on with its session', async () => {
    const storage = new FakeStorage();
    const first = visitWith({ [BEGIN]: [200, ANSWER] }, storage, 'l.i.nk');
    expect(first.visit.credential()).toBe('link');
    expect(await first.visit.begin(ASKING)).toEqual({ kind: 'session', session: SESSION });
    expect(first.server.header('x-viewer-link')).toBe('l.i.nk');

    const reloaded = visitWith({ '/api/session/sid-1/renew': [200, ANSWER] }, storage, undefined);
    expect(reloaded.visit.credential()).toBe('link');
    expect(await reloaded.visit.begin(ASKING)).toEqual({ kind: 'session', session: SESSION });
    expect(reloaded.server.header('x-viewer-session')).toBe('a.b.c');
  });

  test('that was opened again in the same tab goes on with its session', async () => {
    const storage = new FakeStorage();
    await visitWith({ [BEGIN]: [200, ANSWER] }, storage, 'l.i.nk').visit.begin(ASKING);
    const replies: Record<string, Reply> = {
      [BEGIN]: [410, { error: 'link-used' }],
      '/api/session/sid-1/renew': [200, ANSWER],
    };
    const again = visitWith(replies, storage, 'l.i.nk');
    expect(await again.visit.begin(ASKING)).toEqual({ kind: 'session', session: SESSION });
  });

  test('that was used elsewhere is refused', async () => {
    const { visit } = visitWith({ [BEGIN]: [410, { error: 'link-used' }] }, new FakeStorage(), 'l.i.nk');
    expect(await visit.begin(ASKING)).toMatchObject({ kind: 'refused', name: 'link-used' });
  });

  test('of another channel proves nothing here', async () => {
    const storage = new FakeStorage();
    new LinkMemory(storage).keep('second', SESSION);
    expect(visitWith({}, storage, undefined).visit.credential()).toBe('none');
  });
});
