import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Answer, cacheable, EdgeBench } from './edge-bench';

const bench = new EdgeBench();
afterEach(() => bench.stop());

describe('an error', () => {
  test('is cached for the distribution’s minimum time', async () => {
    let exists = false;
    const answer: Answer = (request, response) =>
      exists ? cacheable(request, response) : response.writeHead(404).end('none');
    const edge = await bench.start(answer, {}, { CustomErrorResponses: [{ ErrorCode: 404, ErrorCachingMinTTL: 1 }] });
    expect(await bench.summary('/a')).toEqual([404, 'Error from cloudfront', 'none']);
    exists = true;
    expect((await bench.summary('/a'))[0]).toBe(404);
    await sleep(1050);
    expect(await bench.summary('/a')).toEqual([200, 'Miss from cloudfront', 'body of /a']);
    expect(edge.origin.asked).toHaveLength(2);
  });

  test('may be replaced by a page and a status of the distribution', async () => {
    const answer: Answer = (request, response) =>
      request.url === '/index.html' ? cacheable(request, response) : response.writeHead(404).end('none');
    const rule = { ErrorCode: 404, ErrorCachingMinTTL: 5, ResponsePagePath: '/index.html', ResponseCode: 200 };
    await bench.start(answer, {}, { CustomErrorResponses: [rule] });
    expect(await bench.summary('/some/route')).toEqual([200, 'Miss from cloudfront', 'body of /index.html']);
    expect(await bench.summary('/some/route')).toEqual([200, 'Hit from cloudfront', 'body of /index.html']);
  });

  test('is not replaced when its page is missing too', async () => {
    const rule = { ErrorCode: 404, ResponsePagePath: '/missing.html', ResponseCode: 200 };
    await bench.start((_, response) => response.writeHead(404).end('none'), {}, { CustomErrorResponses: [rule] });
    expect(await bench.summary('/missing.html')).toEqual([404, 'Error from cloudfront', 'none']);
    expect(await bench.summary('/a')).toEqual([404, 'Error from cloudfront', 'none']);
  });
});
