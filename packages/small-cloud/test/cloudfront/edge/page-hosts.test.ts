import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { distribution, TestEdge } from '../test-edge';
import { TestOrigin } from '../test-origin';

const HOST = 'live.auth.eu-west-1.amazoncognito.com';
const SETTINGS = JSON.stringify({
  access: { authorizeUrl: `https://${HOST}/oauth2/authorize`, issuer: 'https://login.example/' },
  padding: 'a'.repeat(2000),
});

let edge: TestEdge;
let host: TestOrigin;

beforeEach(async () => {
  edge = await new TestEdge((request, response) => {
    const type = request.url?.endsWith('.txt') ? 'text/plain' : 'application/json';
    response.writeHead(200, { 'content-type': type, 'content-length': SETTINGS.length, etag: '"1"' }).end(SETTINGS);
  }).start();
  host = new TestOrigin((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const location = request.headers['x-location'];
      const headers: Record<string, string | string[]> = { 'set-cookie': ['a=1', 'b=2'], 'x-own': 'yes' };
      if (location !== undefined) headers['location'] = location;
      response.writeHead(location === undefined ? 201 : 302, headers).end(Buffer.concat(parts));
    });
  });
  const base = await host.start();
  edge.cloud.names.register(HOST, `${base}/${HOST}`, { pageFacing: true });
  edge.cloud.names.register('private.example', base);
});

afterEach(async () => {
  await edge.stop();
  await host.stop();
});

describe('an edge, below /_hosts/', () => {
  test('passes requests on to a host that is for web pages', async () => {
    const headers = { 'content-type': 'text/plain', cookie: 'c=1', authorization: 'Bearer t' };
    const got = await edge.get(`/_hosts/${HOST}/oauth2/token?a=%2F`, headers, 'POST', 'body');
    expect([got.status, got.body.toString()]).toEqual([201, 'body']);
    expect(host.asked).toMatchObject([{ method: 'POST', url: `/${HOST}/oauth2/token?a=%2F`, headers }]);
  });

  test('adds nothing of the edge to either side', async () => {
    const { headers } = await edge.get(`/_hosts/${HOST}/`);
    expect(headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-own': 'yes' });
    expect(Object.keys(headers).filter((name) => /^(via|x-|age)/.test(name))).toEqual(['x-own']);
    expect(Object.keys(host.asked[0]?.headers ?? {}).filter((name) => /^(via|x-|user-agent)/.test(name))).toEqual([]);
  });

  test('withholds what a port takes for a web page, and the proof of an edge', async () => {
    await edge.get(`/_hosts/${HOST}/`, {
      origin: 'http://127.0.0.1',
      'sec-fetch-site': 'same-origin',
      'x-origin-access-principal': 'cloudfront.amazonaws.com',
    });
    expect(Object.keys(host.asked[0]?.headers ?? {}).sort()).toEqual(['connection', 'host']);
  });

  test.each([
    ['/login?a', `/_hosts/${HOST}/login?a`],
    [`https://${HOST}/login?a`, `/_hosts/${HOST}/login?a`],
    [`https://player.example/?to=https://${HOST}/`, `https://player.example/?to=https://${HOST}/`],
    ['http://127.0.0.1:8080/?code=1', 'http://127.0.0.1:8080/?code=1'],
  ])('keeps redirections inside: %s', async (location, there) => {
    const got = await edge.get(`/_hosts/${HOST}/`, { 'x-location': location });
    expect([got.status, got.headers.location]).toEqual([302, there]);
  });

  test.each(['private.example', 'unknown.example', 'origin.example'])(
    'takes the usual path for %s, which is not for web pages',
    async (name) => {
      await edge.get(`/_hosts/${name}/a`);
      expect(host.asked).toEqual([]);
      expect(edge.origin.asked.map(({ url }) => url)).toEqual([`/_hosts/${name}/a`]);
    },
  );

  test('says so when the host does not answer', async () => {
    await host.stop();
    expect((await edge.get(`/_hosts/${HOST}/`)).status).toBe(502);
  });
});

describe('JSON files of an origin', () => {
  test('have paths of the edge in place of hosts that are for web pages', async () => {
    const { headers, body } = await edge.get('/config.json');
    const { access } = JSON.parse(body.toString());
    expect(access).toEqual({ authorizeUrl: `/_hosts/${HOST}/oauth2/authorize`, issuer: 'https://login.example/' });
    expect(headers['content-length']).toBe(String(body.length));
    expect((await edge.get('/config.json')).body).toEqual(body);
  });

  test('are rewritten before they are compressed', async () => {
    await edge.update(distribution({ Compress: true }));
    const { headers, body } = await edge.get('/config.json', { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body).toString()).toContain(`"/_hosts/${HOST}/oauth2/authorize"`);
  });

  test('are left as they are without such a host, and so are other files', async () => {
    expect((await edge.get('/notes.txt')).body.toString()).toBe(SETTINGS);
    edge.cloud.names.forget(HOST);
    expect((await edge.get('/other.json')).body.toString()).toBe(SETTINGS);
  });
});
