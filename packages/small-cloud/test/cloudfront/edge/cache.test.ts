import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { CACHING_DISABLED, distribution, ORIGIN_CONTROLLED } from '../test-edge';
import { cacheable, EdgeBench } from './edge-bench';

const bench = new EdgeBench();
afterEach(() => bench.stop());

describe('the cache', () => {
  test('asks the origin once, and names the source of each answer', async () => {
    const edge = await bench.start(cacheable);
    expect(await bench.summary('/a')).toEqual([200, 'Miss from cloudfront', 'body of /a']);
    await sleep(1050);
    const hit = await edge.get('/a');
    expect(hit.headers).toMatchObject({
      'x-cache': 'Hit from cloudfront',
      age: '1',
      via: expect.stringContaining('CloudFront'),
    });
    expect(edge.origin.asked).toHaveLength(1);
    expect(edge.service.status()).toMatchObject([
      { node: 'edge', state: 'running', detail: '2 requests, 50 % hits, 0.0 MB sent' },
    ]);
  });

  test('collapses 50 simultaneous requests into one request to the origin', async () => {
    const edge = await bench.start((request, response) => setTimeout(() => cacheable(request, response), 100));
    const answers = await Promise.all(Array.from({ length: 50 }, () => bench.summary('/a')));
    expect(new Set(answers.map(([status, , body]) => `${status} ${body}`))).toEqual(new Set(['200 body of /a']));
    expect(edge.origin.asked).toHaveLength(1);
  });

  test('does not share private responses', async () => {
    let count = 0;
    await bench.start(
      (_, response) => setTimeout(() => response.writeHead(200, { 'cache-control': 'private' }).end(`${++count}`), 50),
      { CachePolicyId: ORIGIN_CONTROLLED },
    );
    const bodies = await Promise.all(Array.from({ length: 3 }, async () => (await bench.summary('/a'))[2]));
    expect(bodies.sort()).toEqual(['1', '2', '3']);
  });

  test('neither keeps nor collapses anything when caching is disabled', async () => {
    const edge = await bench.start((request, response) => setTimeout(() => cacheable(request, response), 50), {
      CachePolicyId: CACHING_DISABLED,
    });
    await Promise.all([bench.summary('/a'), bench.summary('/a')]);
    expect(await bench.summary('/a')).toEqual([200, 'Miss from cloudfront', 'body of /a']);
    expect(edge.origin.asked).toHaveLength(3);
  });

  test('revalidates an expired object by its tag', async () => {
    const edge = bench.make((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304, { 'cache-control': 'max-age=9' }).end();
      else response.writeHead(200, { 'cache-control': 'max-age=0', etag: '"v1"' }).end('one');
    });
    await edge.start(distribution({ CachePolicyId: await edge.cachePolicy([0, 5, 9]) }));
    expect(await bench.summary('/a')).toEqual([200, 'Miss from cloudfront', 'one']);
    expect(await bench.summary('/a')).toEqual([200, 'RefreshHit from cloudfront', 'one']);
    expect(await bench.summary('/a')).toEqual([200, 'Hit from cloudfront', 'one']);
    expect((await edge.get('/a')).headers['cache-control']).toBe('max-age=9');
  });

  test('serves the expired object while the origin fails', async () => {
    let healthy = true;
    const edge = bench.make((_, response) => {
      if (healthy) response.writeHead(200, { 'cache-control': 'max-age=0' }).end('good');
      else response.writeHead(503).end('bad');
    });
    await edge.start(distribution({ CachePolicyId: await edge.cachePolicy([0, 5, 9]) }));
    await bench.summary('/a');
    healthy = false;
    expect(await bench.summary('/a')).toEqual([200, 'Hit from cloudfront', 'good']);
    expect(await bench.summary('/b')).toEqual([503, 'Error from cloudfront', 'bad']);
  });

  test('answers HEAD from the object of a GET, and asks the origin for others with HEAD', async () => {
    const edge = await bench.start(cacheable);
    await bench.summary('/a');
    expect((await edge.get('/a', {}, 'HEAD')).headers).toMatchObject({
      'x-cache': 'Hit from cloudfront',
      'content-length': '10',
    });
    expect(await bench.summary('/b', {}, 'HEAD')).toEqual([200, 'Miss from cloudfront', '']);
    expect(await bench.summary('/b')).toEqual([200, 'Miss from cloudfront', 'body of /b']);
    expect(edge.origin.asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /a', 'HEAD /b', 'GET /b']);
  });

  test('answers 304 to a viewer who has the object', async () => {
    const edge = await bench.start(cacheable);
    for (const result of ['Miss', 'Hit']) {
      const { status, headers, body } = await edge.get('/a', { 'if-none-match': '"v1"' });
      expect([status, headers['x-cache'], headers.etag, body.length]).toEqual([
        304,
        `${result} from cloudfront`,
        '"v1"',
        0,
      ]);
    }
    expect(edge.origin.asked[0]?.headers['if-none-match']).toBeUndefined();
  });

  test('serves a range of a cached object, and fetches the whole object for one', async () => {
    const edge = await bench.start((_, response) =>
      response.writeHead(200, { 'content-length': 10 }).end('0123456789'),
    );
    const first = await edge.get('/a', { range: 'bytes=2-4' });
    expect([first.status, first.body.toString(), first.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    expect(first.headers['content-length']).toBe('3');
    const second = await edge.get('/a', { range: 'bytes=-2' });
    expect([second.body.toString(), second.headers['x-cache']]).toEqual(['89', 'Hit from cloudfront']);
    expect((await edge.get('/a', { range: 'bytes=10-' })).status).toBe(416);
    expect(edge.origin.asked.map(({ headers }) => headers.range)).toEqual([undefined]);
  });

  test('passes on a range request for a file that is too large to keep', async () => {
    const size = 40 * 1024 * 1024;
    const edge = await bench.start((request, response) => {
      if (request.headers.range === 'bytes=5-9') {
        response.writeHead(206, { 'content-range': `bytes 5-9/${size}`, 'content-length': 5 }).end('56789');
      } else response.writeHead(200, { 'content-length': size }).end();
    });
    const { status, headers, body } = await edge.get('/a', { range: 'bytes=5-9' });
    expect([status, headers['content-range'], body.toString()]).toEqual([206, `bytes 5-9/${size}`, '56789']);
  });
});
