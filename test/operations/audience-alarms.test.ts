import { describe, expect, test } from '@jest/globals';
import { audienceAlarms } from '../../lib/operations/audience-alarms';

describe('the alarms about what viewers report', () => {
  test('are rates, and are not raised for fewer than ten viewers, who have twenty heartbeats in a minute', () => {
    expect(audienceAlarms('main', 'live').map(({ slug, formula, threshold }) => [slug, formula, threshold])).toEqual([
      ['viewers-stall', 'IF(m0 >= 20, 100 * m1 / (m1 + m2), 0)', 2],
      ['starts-are-slow', 'IF(m1 >= 20, m0, 0)', 10_000],
      ['players-fail', 'IF(m0 >= 20, 100 * m1 / m0, 0)', 5],
    ]);
  });

  test('read metrics by stack and channel, and name what viewers notice', () => {
    for (const { metrics, datapoints } of audienceAlarms('main', 'live')) {
      for (const { dimensions, namespace } of metrics) {
        expect([namespace, dimensions]).toEqual(['LiveStreaming', { Stack: 'live', Channel: 'main' }]);
      }
      expect(datapoints).toEqual([3, 5]);
    }
  });
});
