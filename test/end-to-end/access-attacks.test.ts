import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { signingKey } from '../../lambda/shared/viewers/key-ring';
import { signed, type TokenKey } from '../../lambda/shared/viewers/token';
import { PATIENCE } from './patience';
import { EMPTY_BODY, MAIN, PrivateRun } from './private-run';

jest.setTimeout(2 * PATIENCE);

let run: PrivateRun;

beforeAll(async () => {
  run = await PrivateRun.start();
  // The first segment takes some seconds.
  const end = Date.now() + PATIENCE;
  while ((await newestSegment()) === undefined) {
    if (Date.now() > end) throw new Error('the channel has no segment');
    await new Promise((done) => setTimeout(done, 500));
  }
});

afterAll(async () => {
  await run.command.end();
});

/** Claims of a token for the channel main that is good for a minute. */
function claims(more: object = {}): object {
  const iat = Math.floor(Date.now() / 1000);
  return { sid: 'a'.repeat(16), v: 'v', ch: ['main'], iat, exp: iat + 60, ...more };
}

/** Finds a segment by way of the playlists; undefined while there is none. */
async function newestSegment(): Promise<string | undefined> {
  const token = signed(claims(), signingKey(await run.keyRing(), Date.now() / 1000));
  const folder = MAIN.slice(0, MAIN.lastIndexOf('/') + 1);
  const inPlaylist = async (path: string) => {
    const { status, body } = await run.ask(`/s/${token}${path}`);
    const line = (status === 200 ? body : '').match(/^[^#\s].*$/gm)?.at(-1);
    return line === undefined ? undefined : folder + line;
  };
  const media = await inPlaylist(MAIN);
  return media && inPlaylist(media);
}

/** Asks for a session with a link. */
async function sessionByLink(link: string): Promise<{ status: number; error?: string }> {
  const { status, body } = await run.ask('/api/session?channel=main', 'POST', { ...EMPTY_BODY, 'x-viewer-link': link });
  return { status, ...JSON.parse(body) };
}

describe('the gate', () => {
  test('lets a token of the stack in, for its channel and no other', async () => {
    const key = signingKey(await run.keyRing(), Date.now() / 1000);
    const good = signed(claims(), key);
    expect((await run.ask(`/s/${good}${MAIN}`)).status).toBe(200);
    expect((await run.ask(`/s/${good}${MAIN.replace('/main/', '/gold/')}`)).status).toBe(401);
    expect((await run.ask(`/s/${good}${MAIN.replace('/main/', '/free/')}`)).status).toBe(400);
  });

  test.each<[string, (key: TokenKey) => string, number]>([
    ['the clean path', () => MAIN, 401],
    ['an expired token', (key) => `/s/${signed(claims({ exp: 1 }), key)}${MAIN}`, 401],
    ['a token of the future', (key) => `/s/${signed(claims({ iat: 4_000_000_000 }), key)}${MAIN}`, 401],
    ['claims that were changed', (key) => `/s/${tampered(signed(claims(), key))}${MAIN}`, 401],
    ['no algorithm', () => `/s/${unsigned()}${MAIN}`, 401],
    ['an unknown key', ({ secret }) => `/s/${signed(claims(), { kid: 'k99', secret })}${MAIN}`, 401],
    ['a key named constructor', ({ secret }) => `/s/${signed(claims(), { kid: 'constructor', secret })}${MAIN}`, 401],
    ['another secret', ({ kid }) => `/s/${signed(claims(), { kid, secret: Buffer.alloc(32) })}${MAIN}`, 401],
    [
      'a path that climbs into another channel',
      (key) => `/s/${signed(claims(), key)}/out/v1/live-streaming/main/../gold/cmaf/index.m3u8`,
      401,
    ],
    ['an encoded slash', (key) => `/s/${signed(claims(), key)}/out/v1/live-streaming/main%2f..%2fgold/index.m3u8`, 400],
    ['a doubled slash', (key) => `/s/${signed(claims(), key)}/${MAIN}`, 400],
  ])('refuses %s', async (_, path, status) => {
    const key = signingKey(await run.keyRing(), Date.now() / 1000);
    const answer = await run.ask(path(key));
    expect(answer).toMatchObject({ status, headers: { 'cache-control': 'no-store' } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  test('believes no header that a viewer makes up', async () => {
    const headers = { 'x-viewer-session': 'a.b.c', 'x-viewer-token': 'a.b.c', 'cloudfront-viewer-country': 'DE' };
    expect((await run.ask(MAIN, 'GET', headers)).status).toBe(401);
    const sent = { ...EMPTY_BODY, ...headers };
    expect((await run.ask('/api/session?channel=main', 'POST', sent)).status).toBe(401);
  });

  test('makes one copy of an object in the cache for a hundred viewers', async () => {
    const key = signingKey(await run.keyRing(), Date.now() / 1000);
    const tokens = Array.from({ length: 100 }, (_, viewer) => signed(claims({ v: `viewer-${viewer}` }), key));
    const segment = await newestSegment();
    const seen: string[] = [];
    for (const token of tokens) {
      const { status, headers } = await run.ask(`/s/${token}${segment}`);
      expect(status).toBe(200);
      seen.push(String(headers['x-cache']));
    }
    expect(seen.filter((cache) => cache.startsWith('Miss')).length).toBeLessThanOrEqual(1);
    // A query and a header of the viewer make no other copy either.
    const other = await run.ask(`/s/${tokens[1]}${segment}?x=1`, 'GET', { 'x-forwarded-host': 'evil' });
    expect(other.headers['x-cache']).toMatch(/^Hit/);
  });

  test('refuses a link that was used, and one of another key', async () => {
    const once = run.link('--once');
    expect(await sessionByLink(once)).toMatchObject({ status: 200 });
    expect(await sessionByLink(once)).toMatchObject({ status: 410, error: 'link-used' });
    const forged = signed({ jti: 'x', ch: ['main'], exp: 4_000_000_000 }, { kid: 'link', secret: Buffer.alloc(32) });
    expect(await sessionByLink(forged)).toMatchObject({ status: 401, error: 'sign-in' });
  });
});

test('no key, token or link of the run is in its log, its Outputs or its template', async () => {
  const { keys } = await run.keyRing();
  const link = run.link();
  const outputs = run.live('urls', '--json');
  for (const secret of [...keys.map((key) => key.secret), link]) {
    expect(run.command.log + run.command.output + outputs).not.toContain(secret);
  }
  expect(run.command.log).not.toMatch(/\/s\/eyJ/);
});

/** Replaces the claims of a token, and keeps its signature. */
function tampered(token: string): string {
  const [head, , signature] = token.split('.');
  return [head, encoded(claims({ sid: 'b'.repeat(16) })), signature].join('.');
}

/** Makes a token that says that it needs no signature. */
function unsigned(): string {
  return [encoded({ alg: 'none', kid: 'k1' }), encoded(claims()), 'a'.repeat(43)].join('.');
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
