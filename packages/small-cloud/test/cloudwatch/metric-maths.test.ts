import { describe, expect, test } from '@jest/globals';
import { formula } from '../../src/services/cloudwatch/metric-maths';
import { MetricStore } from '../../src/services/cloudwatch/metric-store';

const value = (text: string, values: Readonly<Record<string, number | undefined>>) =>
  formula(text, Object.keys(values))((id) => values[id]);

describe('metric maths', () => {
  test.each([
    ['1 + 2 * 3 - 4 / 2', 5],
    ['(1 + 2) * 3', 9],
    ['m0 - m1 - 1', 5],
    ['IF(m0 >= 8, 100 * m1 / (m1 + m0), 0)', 20],
    ['IF(m0 > 8, m1, 7.5)', 7.5],
    ['m0 <= 8', 1],
  ])('of %s is %d', (text, result) => {
    expect(value(text, { m0: 8, m1: 2 })).toBe(result);
  });

  test('has no value without the data that it needs, nor of a division by zero', () => {
    expect(value('m0 + m1', { m0: 8, m1: undefined })).toBeUndefined();
    expect(value('m0 / m1', { m0: 8, m1: 0 })).toBeUndefined();
    expect(value('IF(m0 > 1, m1, 3)', { m0: undefined, m1: 1 })).toBeUndefined();
    expect(value('IF(m0 > 1, m1, 3)', { m0: 0, m1: undefined })).toBe(3);
  });

  test.each([['FILL(m0, 0)'], ['m2'], ['m0 m1'], ['(m0'], ['m0 +'], ['IF(m0, 1)'], ["SEARCH('a')"], ['m0 && m1']])(
    'refuses %s, which the small cloud does not evaluate',
    (text) => expect(() => value(text, { m0: 1, m1: 1 })).toThrow('is not modelled'),
  );
});

describe('a percentile', () => {
  test('is the value that so many do not exceed', () => {
    const store = new MetricStore();
    const id = { namespace: 'Own', name: 'StartupMs', dimensions: {} };
    for (let number = 100; number >= 1; number--) store.put({ ...id, value: number, at: 0 });
    expect([store.value(id, 'p50', 0), store.value(id, 'p95', 0), store.value(id, 'p99', 0)]).toEqual([50, 95, 99]);
  });
});
