import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { CloudEvent, Properties } from '../../src/contract';
import { CloudWatch } from '../../src/services/cloudwatch/cloudwatch';
import { formula } from '../../src/services/cloudwatch/formula';
import { MetricStore } from '../../src/services/cloudwatch/metric-store';
import { quietCloud } from '../cloudformation/quiet-cloud';

describe('a formula', () => {
  const values: Readonly<Record<string, number>> = { stall: 20, played: 980, beats: 12, nothing: 0 };
  const valueOfFormula = (text: string) => formula(text)((id) => values[id]);

  test.each([
    ['100 * stall / (stall + played)', 2],
    ['stall - played / 2 + 1', -469],
    ['IF(beats >= 10, stall, 0)', 20],
    ['IF(beats < 10, stall)', undefined],
    ['stall / nothing', undefined],
    ['stall + missing', undefined],
    ['stall + FILL(missing, 5)', 25],
  ])('%s is %p', (text, value) => {
    expect(valueOfFormula(text)).toBe(value);
  });

  test.each(['stall +', 'stall played', 'ANOMALY_DETECTION_BAND(stall)', '(stall', '"stall"'])(
    '%s is refused',
    (text) => {
      expect(() => formula(text)).toThrow();
    },
  );
});

describe('a percentile', () => {
  test('lies between the values of its minute', () => {
    const store = new MetricStore();
    const id = { namespace: 'LiveStreaming', name: 'StartupMs', dimensions: {} };
    for (let value = 1; value <= 100; value += 1) store.put({ ...id, value, at: 0 });
    expect(store.value(id, 'p50', 0)).toBeCloseTo(50.5);
    expect(store.value(id, 'p95', 0)).toBeCloseTo(95.05);
    expect(store.value(id, 'p100', 0)).toBe(100);
  });
});

describe('an alarm', () => {
  let cloudWatch: CloudWatch;
  let states: unknown[];

  beforeEach(async () => {
    jest.useFakeTimers({ now: Date.parse('2026-11-28T12:00:00Z') });
    states = [];
    const put = ({ detail }: CloudEvent) => void states.push(Object(Object(detail)['state'])['value']);
    cloudWatch = new CloudWatch(quietCloud({ events: { put } }), {
      functions: () => ({ permits: () => true, invokeAsync: async () => undefined }),
    });
    await cloudWatch.start();
  });

  afterEach(async () => {
    await cloudWatch.stop();
    jest.useRealTimers();
  });

  async function statesAfter(
    properties: Properties,
    metrics: Readonly<Record<string, unknown>>,
  ): Promise<readonly unknown[]> {
    const provider = cloudWatch.resources['AWS::CloudWatch::Alarm'];
    const rule = { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, ...properties };
    const request = {
      stackName: 'live',
      stackId: 'arn',
      logicalId: 'It',
      type: 'AWS::CloudWatch::Alarm',
      properties: rule,
    };
    await provider?.create(request);
    const _aws = {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: 'LiveStreaming',
          Dimensions: [['Stack', 'Channel']],
          Metrics: Object.keys(metrics).map((Name) => ({ Name })),
        },
      ],
    };
    cloudWatch.logged('collector', JSON.stringify({ _aws, Stack: 'live', Channel: 'main', ...metrics }));
    await jest.advanceTimersByTimeAsync(120_000);
    return states;
  }

  const Dimensions = [
    { Name: 'Stack', Value: 'live' },
    { Name: 'Channel', Value: 'main' },
  ];

  test('has a percentile of the values that a function logged', async () => {
    const StartupMs = Array.from({ length: 100 }, (_, index) => (index < 90 ? 1000 : 12_000));
    const p95 = {
      Namespace: 'LiveStreaming',
      MetricName: 'StartupMs',
      Dimensions,
      Period: 60,
      ExtendedStatistic: 'p95',
    };
    expect(await statesAfter({ ...p95, Threshold: 10_000, TreatMissingData: 'ignore' }, { StartupMs })).toEqual([
      'ALARM',
    ]);
  });

  test('has a formula over metrics, with a condition', async () => {
    const metric = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: { Metric: { Namespace: 'LiveStreaming', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
      ReturnData: false,
    });
    const Metrics: readonly Properties[] = [
      { Id: 'top', Expression: 'IF(beats >= 10, ratio, 0)' },
      { Id: 'ratio', Expression: '100 * stall / (stall + played)', ReturnData: false },
      ...[metric('beats', 'Beats'), metric('stall', 'StallMs'), metric('played', 'PlayedMs')],
    ];
    const logged = { Beats: 12, StallMs: [1000, 2000], PlayedMs: 97_000 };
    expect(await statesAfter({ Metrics, Threshold: 2, TreatMissingData: 'ignore' }, logged)).toEqual(['ALARM']);
  });

  test('refuses both kinds of statistic, and a metric without a name for its formula', async () => {
    const both = {
      Namespace: 'LiveStreaming',
      MetricName: 'X',
      Period: 60,
      Statistic: 'Sum',
      ExtendedStatistic: 'p95',
      Threshold: 1,
    };
    await expect(statesAfter(both, {})).rejects.toThrow('one of Statistic and ExtendedStatistic');
    await expect(statesAfter({ Metrics: [{ Id: 'Upper', Expression: 'a' }], Threshold: 1 }, {})).rejects.toThrow(
      'lower-case',
    );
  });
});
