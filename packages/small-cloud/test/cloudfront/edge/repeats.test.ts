import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { distribution, SIMPLE_CORS, SIMPLE_SECURITY, TestEdge } from '../test-edge';
import { type RawResponse, RawViewer, requestHead } from './raw-viewer';

let edge: TestEdge;
let viewer: RawViewer;
afterEach(async () => {
  viewer.socket.destroy();
  await edge.stop();
});

const cacheable = (request: IncomingMessage, response: ServerResponse) => {
  const body = `${request.url} ${'x'.repeat(2000)}`;
  response.writeHead(200, {
    'cache-control': 'max-age=60',
    'content-length': body.length,
    'content-type': 'text/plain',
    etag: '"v1"',
  });
  response.end(body);
};

const start = async (behavior: Properties = {}, answer = cacheable) => {
  edge = await new TestEdge(answer).start(distribution({ Compress: true, ...behavior }));
  viewer = await RawViewer.connect(edge);
};

/** Removes the headers with the age of an object. */
const content = ({ status, headers: { age, ...headers }, body }: RawResponse) => [status, headers, body];

describe('a request that repeats another byte for byte', () => {
  test.each<[string, Record<string, string>]>([
    ['nothing else', {}],
    ['an origin', { Origin: 'https://player.example' }],
    ['a range', { Range: 'bytes=5-9' }],
    ['the end as a range', { Range: 'bytes=-7' }],
    ['a range beyond the end', { Range: 'bytes=99999-' }],
    ['the tag', { 'If-None-Match': '"v1"' }],
    ['another tag', { 'If-None-Match': '"v0"' }],
    ['encodings', { 'Accept-Encoding': 'gzip, br' }],
  ])('with %s gets the same answer', async (_, headers) => {
    await start({ ResponseHeadersPolicyId: SIMPLE_CORS });
    await edge.get('/a', headers);
    // A header without effect: node reads the request, and the cache answers it.
    const read = await viewer.ask(requestHead('/a', { ...headers, 'X-Other': '1' }));
    expect(read.headers['x-cache']).toBe('Hit from cloudfront');
    for (let repeat = 0; repeat < 3; repeat++) {
      expect(content(await viewer.ask(requestHead('/a', headers)))).toEqual(content(read));
    }
    expect(edge.origin.asked).toHaveLength(1);
    expect(edge.service.status()[0]?.detail).toContain('5 requests, 80 % hits');
  });

  test('gets the current age of the object', async () => {
    await start();
    const ages = [];
    for (let repeat = 0; repeat < 3; repeat++) {
      ages.push((await viewer.ask(requestHead('/a'))).headers['age']);
      await sleep(1100);
    }
    expect(ages[0]).toBeUndefined();
    expect(Number(ages[1])).toBeGreaterThanOrEqual(1);
    expect(Number(ages[2])).toBeGreaterThan(Number(ages[1]));
  });

  test('gets a new object when the old one has expired', async () => {
    let count = 0;
    edge = new TestEdge((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=1', 'content-length': 1 }).end(`${++count}`);
    });
    await edge.start(distribution({ CachePolicyId: await edge.cachePolicy([0, 1, 1]) }));
    viewer = await RawViewer.connect(edge);
    for (const expected of ['1', '2', '3']) {
      expect((await viewer.ask(requestHead('/a'))).body).toBe(expected);
      await sleep(1100);
    }
  });

  test('is answered by the changed distribution after an update', async () => {
    await start();
    for (let repeat = 0; repeat < 3; repeat++) await viewer.ask(requestHead('/a'));
    await edge.update(distribution({ Compress: true, ResponseHeadersPolicyId: SIMPLE_SECURITY }));
    expect((await viewer.ask(requestHead('/a'))).headers['x-frame-options']).toBe('SAMEORIGIN');
  });

  test('reaches the function of its behaviour each time', async () => {
    edge = new TestEdge(cacheable);
    const made = await edge.create('Function', {
      Name: 'count',
      AutoPublish: true,
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
      FunctionCode: `let count = 0;
        function handler(event) {
          return ++count < 3 ? event.request : { statusCode: 410, statusDescription: 'Gone' };
        }`,
    });
    const association = { EventType: 'viewer-request', FunctionARN: made.ref };
    await edge.start(distribution({ FunctionAssociations: [association] }));
    viewer = await RawViewer.connect(edge);
    // On a busy machine a function may time out. Its answer is a 503, and it may not have counted.
    const statuses = [];
    for (let repeat = 0; repeat < 30 && statuses.at(-1) !== 410; repeat++) {
      statuses.push((await viewer.ask(requestHead('/a'))).status);
    }
    expect(statuses.at(-1)).toBe(410);
  });
});

describe('a connection on which requests were repeated', () => {
  const warm = async () => {
    await start();
    for (const path of ['/a', '/b']) for (let repeat = 0; repeat < 2; repeat++) await viewer.ask(requestHead(path));
  };
  const path = ({ body }: RawResponse) => body.split(' ')[0];

  test('serves several requests at a time in their order', async () => {
    await warm();
    viewer.send(requestHead('/a') + requestHead('/b') + requestHead('/c'));
    const paths = [];
    for (let index = 0; index < 3; index++) paths.push(path(await viewer.next()));
    expect(paths).toEqual(['/a', '/b', '/c']);
    expect(path(await viewer.ask(requestHead('/b')))).toBe('/b');
  });

  test('serves a request that arrives in pieces', async () => {
    await warm();
    const head = requestHead('/a');
    for (const cut of [1, 20, head.length - 1]) {
      viewer.send(head.slice(0, cut));
      await sleep(50);
      viewer.send(head.slice(cut));
      expect(path(await viewer.next())).toBe('/a');
    }
  });

  test('does not mistake the body of a request for another request', async () => {
    await warm();
    const inner = requestHead('/a');
    viewer.send(`GET /b HTTP/1.1\r\nHost: edge\r\nContent-Length: ${inner.length}\r\n\r\n`);
    await sleep(50);
    viewer.send(inner);
    expect((await viewer.next()).status).toBe(403);
    expect(path(await viewer.ask(requestHead('/b')))).toBe('/b');
  });

  test('is closed after each request that asks for it', async () => {
    await warm();
    for (let repeat = 0; repeat < 2; repeat++) {
      viewer = await RawViewer.connect(edge);
      await viewer.ask(requestHead('/a', { Connection: 'close' }));
      await viewer.closed();
      viewer = await RawViewer.connect(edge);
      await viewer.ask(requestHead('/a', {}, '1.0'));
      await viewer.closed();
    }
  });

  test('answers an invalid request with 400', async () => {
    await warm();
    viewer.send('GET / HTTP/1.1\r\nHost edge\r\n\r\n');
    expect((await viewer.next(false)).status).toBe(400);
    await viewer.closed();
  });

  test('holds back a viewer who sends requests and reads no answers', async () => {
    const size = 1_000_000;
    await start({}, (_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60', 'content-length': size }).end(Buffer.alloc(size));
    });
    for (let repeat = 0; repeat < 2; repeat++) await viewer.ask(requestHead('/a'));
    viewer.socket.pause();
    const head = requestHead('/a');
    // One at a time, so that each is a repeated request.
    for (let repeat = 0; repeat < 300; repeat++) {
      viewer.send(head);
      await sleep(2);
    }
    expect(Number(/([\d.]+) MB sent/.exec(edge.service.status()[0]?.detail ?? '')?.[1])).toBeLessThan(100);
  });
});
