import { describe, expect, test } from '@jest/globals';
import { type Health, onAir } from '../../../src/services/medialive/ingest/on-air';

const PLAN = { lossMs: 1000, clearMs: 30_000, returns: true };
const NOW = 100_000;

const there = (ms: number): Health => ({ isReceiving: true, since: NOW - ms });
const lost = (ms: number): Health => ({ isReceiving: false, since: NOW - ms });

describe('of two inputs of a failover', () => {
  test.each<[string, 0 | 1, readonly [Health, Health], 0 | 1, number | undefined]>([
    ['the first stays while it is there', 0, [there(5), there(50_000)], 0, undefined],
    ['the first stays while it is lost for less than the threshold', 0, [lost(400), there(50_000)], 0, 600],
    ['the second is taken once the first is lost for as long', 0, [lost(1000), there(50_000)], 1, undefined],
    ['the first stays while the second is lost as well', 0, [lost(90_000), lost(50_000)], 0, undefined],
    [
      'the second is taken at once where it comes when the first was long lost',
      0,
      [lost(90_000), there(0)],
      1,
      undefined,
    ],
    ['the second stays until the first is well for long enough', 1, [there(10_000), there(50_000)], 1, 20_000],
    ['the first is taken again when it is', 1, [there(30_000), there(50_000)], 0, undefined],
    ['the first is taken again when the second is lost, well or not', 1, [there(10), lost(1000)], 0, undefined],
    ['the second stays while the first is lost', 1, [lost(50_000), there(50_000)], 1, undefined],
  ])('%s', (...[, on, pair, index, againMs]) => {
    expect(onAir(on, pair, PLAN, NOW)).toEqual({ index, againMs });
  });

  test('the second stays for good where neither is preferred', () => {
    expect(onAir(1, [there(90_000), there(90_000)], { ...PLAN, returns: false }, NOW)).toEqual({ index: 1 });
  });
});
