import { describe, expect, test } from '@jest/globals';
import type { MetricDatum } from '../../src/contract';
import { EdgeMetrics } from '../../src/services/cloudfront/edge-metrics';
import { quietCloud } from '../cloudformation/quiet-cloud';

describe('the metrics of a distribution', () => {
  const sent: MetricDatum[] = [];
  const cloud = quietCloud({ metrics: { put: (datum) => void sent.push(datum), logged: () => {} } });
  let figures = { requests: 0, hits: 0, bytes: 0, refused: 0, failed: 0 };
  const edge = {
    get figures() {
      return figures;
    },
  };
  const metrics = new EdgeMetrics(cloud, () => [{ distribution: { id: 'E1' }, edge }]);
  const values = () => {
    metrics.sample();
    return Object.fromEntries(sent.splice(0).map(({ name, value }) => [name, value]));
  };

  test('count what came since the minute before, with the rates of errors in per cent', () => {
    figures = { requests: 10, hits: 5, bytes: 1000, refused: 1, failed: 2 };
    expect(values()).toEqual({ Requests: 10, BytesDownloaded: 1000, '4xxErrorRate': 10, '5xxErrorRate': 20 });
    figures = { requests: 12, hits: 7, bytes: 1500, refused: 1, failed: 3 };
    expect(values()).toEqual({ Requests: 2, BytesDownloaded: 500, '4xxErrorRate': 0, '5xxErrorRate': 50 });
  });

  test('are left out for a minute without a request', () => {
    expect(values()).toEqual({});
  });
});
