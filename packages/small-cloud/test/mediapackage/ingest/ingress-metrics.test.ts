import { describe, expect, test } from '@jest/globals';
import type { MetricDatum } from '../../../src/contract';
import { countIngress } from '../../../src/services/mediapackage/ingest/ingress-metrics';

describe('the metrics of what the packager takes', () => {
  test.each([
    ['v2', { ChannelGroup: 'live', Channel: 'main' }],
    ['v1', { Channel: 'live-main' }],
  ])('have its bytes by the names of a channel of %s', (_, channel) => {
    const sent: MetricDatum[] = [];
    countIngress({ put: (datum) => void sent.push(datum), logged: () => {} }, channel, 1000);
    expect(sent).toEqual([{ namespace: 'AWS/MediaPackage', name: 'IngressBytes', dimensions: channel, value: 1000 }]);
  });
});
