import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cloudClock, steadyNow } from '../../src/host/clock';
import { PackagedChannel } from '../../src/services/mediapackage/ingest/packaged-channel';
import { distribution, TestEdge } from '../cloudfront/test-edge';
import { madeFragment, madeInit } from '../mediapackage/made-media';

const HOUR = 3_600_000;

/** Only `Date` is fake: timers and `performance.now()` stay real. */
beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: [
      ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
      ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
    ],
  });
});
afterEach(() => void jest.useRealTimers());

const setBack = () => jest.setSystemTime(Date.now() - HOUR);

describe('a clock that is set back by an hour', () => {
  test('keeps no object of an edge cache fresh for longer', async () => {
    let count = 0;
    const edge = new TestEdge((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=1' }).end(`${++count}`);
    });
    await edge.start(distribution({ CachePolicyId: await edge.cachePolicy([0, 1, 1]) }));
    try {
      expect((await edge.get('/live.m3u8')).body.toString()).toBe('1');
      setBack();
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect((await edge.get('/live.m3u8')).body.toString()).toBe('2');
      expect(Number((await edge.get('/live.m3u8')).headers.age)).toBeGreaterThanOrEqual(0);
    } finally {
      await edge.stop();
    }
  });

  test('does not move the timeline of a packaged channel', () => {
    const channel = new PackagedChannel(() => {});
    const request = channel.open({ input: 1, session: 'session', track: 'video', drop: () => {} });
    request.push(madeInit('video'));
    for (let sent = 0; sent < 4; sent++) request.push(madeFragment(sent * 500, 500, sent % 2 === 0));
    const before = channel.figures;
    setBack();
    const after = channel.figures;
    expect(Math.abs((after?.silentSeconds ?? Number.NaN) - (before?.silentSeconds ?? 0))).toBeLessThan(600);
    expect(Math.abs((after?.behindSeconds ?? Number.NaN) - (before?.behindSeconds ?? 0))).toBeLessThan(600);
  });

  test('moves neither a hurried cloud nor the steady clock', () => {
    const hurried = cloudClock(60);
    const [cloud, steady] = [hurried.now(), steadyNow()];
    setBack();
    expect(hurried.now()).toBeGreaterThanOrEqual(cloud);
    expect(steadyNow()).toBeGreaterThanOrEqual(steady);
  });
});
