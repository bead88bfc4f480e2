import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Answer, EdgeBench } from './edge-bench';

const bench = new EdgeBench();
afterEach(() => bench.stop());

describe('a body that the origin is still sending', () => {
  const slow: Answer = (_, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60' });
    response.write('first ');
    setTimeout(() => response.end('last'), 300);
  };

  test('goes to every viewer as it arrives, also to one who comes later', async () => {
    let finish = () => {};
    const edge = await bench.start((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' }).write('first ');
      finish = () => response.end('last');
    });
    const begun = async () => {
      const { body } = await fetch(`${edge.cloud.names.resolve(edge.domainName)}/part`, {
        headers: { 'accept-encoding': 'identity' },
      });
      const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
      return { reader, first: Buffer.from((await reader.read()).value ?? []).toString() };
    };
    // Each viewer has the first bytes before the origin sends the last.
    const viewers = [await begun(), ...(await Promise.all([begun(), begun()]))];
    expect(viewers.map(({ first }) => first)).toEqual(['first ', 'first ', 'first ']);
    finish();
    for (const { reader } of viewers) expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('last');
    expect(edge.origin.asked).toHaveLength(1);
    expect(await bench.summary('/part')).toEqual([200, 'Hit from cloudfront', 'first last']);
  });

  test('reaches the others when one viewer leaves', async () => {
    const edge = await bench.start(slow);
    const url = `${edge.cloud.names.resolve(edge.domainName)}/part`;
    const leaving = new AbortController();
    const left = fetch(url, { signal: leaving.signal }).then((answer) => answer.text());
    const staying = edge.get('/part');
    await sleep(100);
    leaving.abort();
    await expect(left).rejects.toThrow();
    expect((await staying).body.toString()).toBe('first last');
  });

  test('is neither kept nor passed off as complete when the origin breaks off', async () => {
    const edge = await bench.start((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' });
      response.write('half');
      setTimeout(() => response.destroy(), 50);
    });
    await expect(edge.get('/part')).rejects.toThrow();
    await expect(edge.get('/part')).rejects.toThrow();
    expect(edge.origin.asked).toHaveLength(2);
  });
});
