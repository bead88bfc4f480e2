import { describe, expect, test } from '@jest/globals';
import type { MetricDatum } from '../../../src/contract';
import { egressError, mediaAnswer } from '../../../src/services/mediapackage/egress/answer';
import { type Answered, countEgress } from '../../../src/services/mediapackage/egress/egress-metrics';

function counted(answered: Omit<Answered, 'milliseconds'>): readonly string[] {
  const sent: MetricDatum[] = [];
  const metrics = { put: (datum: MetricDatum) => void sent.push(datum), logged: () => {} };
  countEgress(metrics, { ...answered, milliseconds: 7 });
  return sent.map(({ name, dimensions, value }) => `${name} ${Object.values(dimensions).join(' ')} = ${value}`);
}

describe('the metrics of an answer of the packager', () => {
  test('have the class of its status as StatusCode in v2, and its bytes', () => {
    const answer = mediaAnswer('video/mp4', Buffer.alloc(100));
    expect(counted({ channel: { ChannelGroup: 'live', Channel: 'main' }, answer })).toEqual([
      'EgressRequestCount live main = 1',
      'EgressRequestCount live main 2xx = 1',
      'EgressResponseTime live main = 7',
      'EgressBytes live main = 100',
    ]);
  });

  test('have it as StatusCodeRange in v1, and no bytes for an error', () => {
    const sent: MetricDatum[] = [];
    countEgress(
      { put: (datum) => void sent.push(datum), logged: () => {} },
      { channel: { Channel: 'live-main' }, answer: egressError(503, 'no'), milliseconds: 1 },
    );
    expect(sent.map(({ name }) => name)).not.toContain('EgressBytes');
    expect(sent[1]?.dimensions).toEqual({ Channel: 'live-main', StatusCodeRange: '5xx' });
  });
});
