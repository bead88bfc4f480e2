import type { Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { guardedServer, requestUrl } from '../../src/wire/guarded-server';
import { rawAnswer } from './wire';

const EDGE_NAME = 'abc.egress.mediapackagev2.eu-west-1.amazonaws.com';

let server: Server;
let base: string;
let port: number;
let asked: string[];
let told: string[];

beforeEach(async () => {
  asked = [];
  told = [];
  const names = {
    resolve: (domain: string) => {
      if (domain === 'unknown.example') throw new Error('no names');
      return domain === EDGE_NAME ? `${base}/site` : undefined;
    },
  };
  server = guardedServer({ names, tell: (line) => told.push(line) }, async (request, response) => {
    asked.push(requestUrl(request).pathname);
    if (request.url === '/broken') throw new Error('it broke');
    request.resume();
    response.end('answered');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  base = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends one request with these headers, and returns the answer. */
const answer = (headers: readonly string[], line = 'GET / HTTP/1.1') =>
  rawAnswer(base, [line, ...headers, 'Connection: close', '']);

describe('a port of the local run', () => {
  test.each([
    ['its address', () => `Host: 127.0.0.1:${port}`],
    ['localhost', () => `Host: localhost:${port}`],
    ['IPv6', () => `host: [::1]:${port}`],
    ['a name of the small cloud, by which the edge asks', () => `Host: ${EDGE_NAME}`],
  ])('answers programs that address it by %s', async (_, host) => {
    expect(await answer([host()])).toMatch(/^HTTP\/1.1 200 OK[\s\S]*answered$/);
    expect(asked).toEqual(['/']);
  });

  test('answers requests of no page, and those that the edge forwards for a viewer’s page', async () => {
    expect(await answer([`Host: 127.0.0.1:${port}`, 'Sec-Fetch-Site: none'])).toMatch(/^HTTP\/1.1 200/);
    expect(await answer([`Host: ${EDGE_NAME}`, 'Origin: https://example.com'])).toMatch(/^HTTP\/1.1 200/);
  });

  test.each([
    ['a form or a fetch of a page', ['Origin: http://evil.example'], /Origin: http:\/\/evil.example was given/],
    ['a page without a name', ['Origin: null'], /Origin: null was given/],
    ['a link, an image or a script', ['Sec-Fetch-Site: cross-site'], /Sec-Fetch-Site: cross-site was given/],
    ['a page of another port', ['Sec-Fetch-Site: same-site'], /no web pages/],
    ['a page of its own', ['Sec-Fetch-Site: same-origin'], /no web pages/],
  ])('refuses %s', async (_, headers, sentence) => {
    const refused = await answer([`Host: 127.0.0.1:${port}`, ...headers]);
    expect(refused).toMatch(/^HTTP\/1.1 403 Forbidden/);
    expect(refused).toMatch(sentence);
    expect(asked).toEqual([]);
  });

  test.each([
    ['a name that points to loopback', () => `Host: evil.example:${port}`],
    ['another port', () => 'Host: 127.0.0.1:1'],
    ['no port', () => 'Host: 127.0.0.1'],
    ['a name that begins like loopback', () => `Host: 127.0.0.1.evil.example:${port}`],
    ['a bucket before it', () => `Host: bucket.localhost:${port}`],
    ['nothing', () => 'Host:'],
  ])('refuses %s as its Host', async (_, host) => {
    expect(await answer([host()])).toMatch(/^HTTP\/1.1 403[\s\S]*this port serves programs on this machine/);
    expect(asked).toEqual([]);
  });

  test('refuses before the body arrives, and does not ask for it', async () => {
    const length = ['Content-Length: 1000000', 'Origin: null', `Host: 127.0.0.1:${port}`];
    expect(await answer(length, 'POST / HTTP/1.1')).toMatch(/^HTTP\/1.1 403/);
    expect(await answer([...length, 'Expect: 100-continue'], 'POST / HTTP/1.1')).toMatch(/^HTTP\/1.1 403/);
    expect(asked).toEqual([]);
  });

  test('asks for an announced body', async () => {
    const headers = [`Host: 127.0.0.1:${port}`, 'Content-Length: 2', 'Expect: 100-continue', 'Connection: close'];
    expect(await rawAnswer(base, ['POST / HTTP/1.1', ...headers, '', 'ab'])).toMatch(/^HTTP\/1.1 100[\s\S]*200 OK/);
  });

  test('warns once of each kind of refusal', async () => {
    for (const _ of [1, 2, 3]) {
      await answer([`Host: 127.0.0.1:${port}`, 'Origin: null']);
      await answer([`Host: ${'x'.repeat(1000)}`]);
    }
    expect(told).toEqual([
      expect.stringMatching(/^GET \/ was refused \(403\): Origin: null was given/),
      expect.stringMatching(/^GET \/ was refused \(403\): Host: x{99}… was given/),
    ]);
  });

  test.each(['//', '//host/', '///', '/@', '/\\', '/:80'])('accepts %s as a path', async (path) => {
    expect(await answer([`Host: 127.0.0.1:${port}`], `GET ${path} HTTP/1.1`)).toMatch(/^HTTP\/1.1 200/);
  });

  test.each(['http://[/', 'http://127.0.0.1/', '/%', '/%zz', '/%ff', '*'])('answers 400 to %s', async (target) => {
    expect(await answer([`Host: 127.0.0.1:${port}`], `OPTIONS ${target} HTTP/1.1`)).toMatch(/^HTTP\/1.1 400/);
    expect(asked).toEqual([]);
  });

  test('answers 500 when its answerer fails, and goes on', async () => {
    expect(await answer([`Host: 127.0.0.1:${port}`], 'GET /broken HTTP/1.1')).toMatch(/^HTTP\/1.1 500/);
    expect(await answer([`Host: 127.0.0.1:${port}`])).toMatch(/^HTTP\/1.1 200/);
    expect(told).toEqual(['GET /broken: it broke']);
    expect(await answer(['Host: unknown.example'])).toMatch(/^HTTP\/1.1 500/);
    expect(await answer([`Host: 127.0.0.1:${port}`])).toMatch(/^HTTP\/1.1 200/);
  });
});
