import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Cloud, CloudEvent, Properties, Value } from '../../src/contract';
import { CloudWatch } from '../../src/services/cloudwatch/cloudwatch';
import { embeddedMetrics } from '../../src/services/cloudwatch/embedded-metrics';
import { quietCloud } from '../cloudformation/quiet-cloud';

const NOON = Date.parse('2026-11-28T12:00:00Z');
const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:notices';
const ID = { namespace: 'AWS/MediaLive', name: 'FillMsec', dimensions: { ChannelId: '7', Pipeline: '0' } };

/** A CloudWatch in the test's own time, and a function that alarms may invoke unless `permitted` is false. */
class Bench {
  readonly invoked: Value[] = [];
  readonly events: CloudEvent[] = [];
  permitted = true;
  readonly cloud: ReturnType<typeof quietCloud>;
  readonly cloudWatch: CloudWatch;

  constructor() {
    const overrides: Partial<Cloud> = { events: { put: (event) => void this.events.push(event) } };
    this.cloud = quietCloud(overrides);
    const functions = {
      permits: (arn: string, principal: string) =>
        this.permitted && arn === FUNCTION && principal === 'lambda.alarms.cloudwatch.amazonaws.com',
      invokeAsync: async (_: string, event: Value) => void this.invoked.push(event),
    };
    this.cloudWatch = new CloudWatch(this.cloud, { functions: () => functions });
  }

  async create(type: string, properties: Properties) {
    const request = { stackName: 'live', stackId: 'arn:stack', logicalId: 'It', type, properties };
    const provider = this.cloudWatch.resources[type];
    if (provider === undefined) throw new Error(`no provider for ${type}`);
    return provider.create(request);
  }

  /** Lets minutes pass, each with a value of the metric; undefined sends none. */
  async minutes(...values: readonly (number | undefined)[]): Promise<void> {
    for (const value of values) {
      if (value !== undefined) this.cloudWatch.put({ ...ID, value });
      await jest.advanceTimersByTimeAsync(60_000);
    }
  }

  get states(): readonly unknown[] {
    return this.events.map(({ detail }) => Object(Object(detail)['state'])['value']);
  }
}

const ALARM: Properties = {
  AlarmDescription: 'Channel main: filler',
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 5000,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  TreatMissingData: 'notBreaching',
  Namespace: ID.namespace,
  MetricName: ID.name,
  Dimensions: [
    { Name: 'ChannelId', Value: '7' },
    { Name: 'Pipeline', Value: '0' },
  ],
  Statistic: 'Maximum',
  Period: 60,
  AlarmActions: [FUNCTION],
  OKActions: [FUNCTION],
};

let bench: Bench;
beforeEach(async () => {
  jest.useFakeTimers({ now: NOON });
  bench = new Bench();
  await bench.cloudWatch.start();
});
afterEach(async () => {
  await bench.cloudWatch.stop();
  jest.useRealTimers();
});

describe('an alarm', () => {
  test('is raised by two bad minutes of three, invokes its function, and is over when the values are good', async () => {
    await bench.create('AWS::CloudWatch::Alarm', ALARM);
    await bench.minutes(0, 9000, 0, 9000, 9000, 0, 0, 0);
    expect(bench.states).toEqual(['OK', 'ALARM', 'OK']);
    expect(bench.invoked).toMatchObject([
      { alarmData: { state: { value: 'OK' }, previousState: { value: 'INSUFFICIENT_DATA' } } },
      {
        source: 'aws.cloudwatch',
        alarmData: { state: { value: 'ALARM' }, configuration: { description: 'Channel main: filler' } },
      },
      { alarmData: { state: { value: 'OK' }, previousState: { value: 'ALARM' } } },
    ]);
  });

  test('does not count minutes without data when they are not breaching', async () => {
    await bench.create('AWS::CloudWatch::Alarm', ALARM);
    await bench.minutes(9000, undefined, undefined, 9000, undefined);
    expect(bench.states).toEqual(['OK']);
  });

  test.each([
    ['breaching', ['ALARM']],
    ['missing', []],
    ['ignore', []],
  ])('treats missing data as %s when told to', async (TreatMissingData, states) => {
    await bench.create('AWS::CloudWatch::Alarm', { ...ALARM, TreatMissingData });
    await bench.minutes(undefined, undefined, undefined);
    expect(bench.states).toEqual(states);
  });

  test('sums several metrics, of which those without data count as nothing', async () => {
    const { Namespace, MetricName, Dimensions, Statistic: _, Period: __, ...rest } = ALARM;
    const metric = (Pipeline: string) => ({
      Metric: {
        Namespace,
        MetricName,
        Dimensions: [
          { Name: 'ChannelId', Value: '7' },
          { Name: 'Pipeline', Value: Pipeline },
        ],
      },
      Period: 60,
      Stat: 'Sum',
    });
    expect(Dimensions).toBeDefined();
    await bench.create('AWS::CloudWatch::Alarm', {
      ...rest,
      Metrics: [
        { Id: 'sum', Expression: 'SUM(METRICS())', ReturnData: true },
        { Id: 'm0', MetricStat: metric('0') as Value, ReturnData: false },
        { Id: 'm1', MetricStat: metric('1') as Value, ReturnData: false },
      ],
    });
    bench.cloudWatch.put({ ...ID, dimensions: { ChannelId: '7', Pipeline: '1' }, value: 3000 });
    await bench.minutes(3000, 6000);
    expect(bench.states).toEqual(['OK', 'ALARM']);
  });

  test('tells a function that it may not invoke, and does not', async () => {
    bench.permitted = false;
    await bench.create('AWS::CloudWatch::Alarm', ALARM);
    await bench.minutes(9000, 9000);
    expect(bench.invoked).toEqual([]);
    expect(bench.cloud.told.join('\n')).toContain('no AWS::Lambda::Permission allows lambda:InvokeFunction');
  });

  test.each([
    ['a metric that does not exist', { MetricName: 'FillMs' }, 'metric FillMs was given; AWS/MediaLive has'],
    [
      'a dimension that nobody sends',
      { Dimensions: [{ Name: 'ChannelId', Value: '7' }] },
      'it has data for ChannelId + Pipeline only',
    ],
    [
      'a topic as its action',
      { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:t'] },
      'gets nothing from alarms on AWS',
    ],
    ['more bad minutes than minutes', { DatapointsToAlarm: 4 }, 'DatapointsToAlarm'],
    ['a description that is too long', { AlarmDescription: 'x'.repeat(1025) }, '1,024'],
  ])('refuses %s', async (_, change, why) => {
    await expect(bench.create('AWS::CloudWatch::Alarm', { ...ALARM, ...change } as Properties)).rejects.toThrow(why);
  });
});

describe('the log of a function', () => {
  const line = (values: object, dimensions = [['Stack', 'Channel']]) =>
    JSON.stringify({
      _aws: {
        Timestamp: NOON,
        CloudWatchMetrics: [{ Namespace: 'LiveStreaming', Dimensions: dimensions, Metrics: [{ Name: 'ProbeOk' }] }],
      },
      Stack: 'live',
      Channel: 'main',
      ...values,
    });

  test('holds metrics in embedded format, also several values of one', () => {
    expect(embeddedMetrics(line({ ProbeOk: [1, 0] }))).toEqual([
      {
        namespace: 'LiveStreaming',
        name: 'ProbeOk',
        dimensions: { Stack: 'live', Channel: 'main' },
        value: 1,
        at: NOON,
      },
      {
        namespace: 'LiveStreaming',
        name: 'ProbeOk',
        dimensions: { Stack: 'live', Channel: 'main' },
        value: 0,
        at: NOON,
      },
    ]);
  });

  test('may hold any other line', () => {
    expect(embeddedMetrics('main plays')).toEqual([]);
    expect(embeddedMetrics('{"level":"info"}')).toEqual([]);
  });

  test('is told of a line that CloudWatch would drop without a word', () => {
    bench.cloudWatch.logged('lambda probe', line({ ProbeOk: 'yes' }));
    expect(bench.cloud.told).toEqual([
      'lambda probe: a line is no embedded metric, and CloudWatch drops it: ProbeOk: a number, or a list of up to 100 numbers, is needed',
    ]);
  });
});

describe('a dashboard', () => {
  const body = (metrics: unknown[]) => ({
    DashboardName: 'live',
    DashboardBody: JSON.stringify({
      widgets: [
        { type: 'text', width: 8, height: 4, x: 0, y: 0, properties: { markdown: '## First <aid>' } },
        { type: 'metric', width: 8, height: 4, x: 8, y: 0, properties: { title: 'Filler', metrics } },
      ],
    }),
  });

  test('is drawn with the values of its metrics', async () => {
    await bench.create(
      'AWS::CloudWatch::Dashboard',
      body([[ID.namespace, ID.name, 'ChannelId', '7', 'Pipeline', '0', { stat: 'Maximum' }]]),
    );
    await bench.minutes(1234, 5);
    const page = bench.cloudWatch.page();
    expect(page).toContain('First &lt;aid&gt;');
    expect(page).toMatch(/<path class="c0" d="M[\d. ]+/);
    expect(page).toContain('up to 1234');
    expect(page).not.toContain('<script');
  });

  test('lists alarms that are raised before the others', async () => {
    const arns: string[] = [];
    for (const [name, Threshold] of [
      ['quiet', 9_000_000],
      ['loud', 5000],
    ] as const) {
      const alarm = { ...ALARM, AlarmName: name, AlarmDescription: `Channel ${name}`, Threshold };
      const { attributes } = await bench.create('AWS::CloudWatch::Alarm', alarm);
      arns.push(String(attributes['Arn']));
    }
    const widgets = [{ type: 'alarm', width: 8, height: 4, x: 0, y: 0, properties: { title: 'Alarms', alarms: arns } }];
    await bench.create('AWS::CloudWatch::Dashboard', {
      DashboardName: 'live',
      DashboardBody: JSON.stringify({ widgets }),
    });
    await bench.minutes(9000, 9000, 9000);
    const listed = [...bench.cloudWatch.page().matchAll(/<b>(\w+)<\/b> Channel (\w+)/g)].map(([, ...found]) => found);
    expect(listed).toEqual([
      ['ALARM', 'loud'],
      ['OK', 'quiet'],
    ]);
  });

  test.each([
    [
      'a metric that does not exist',
      [['AWS/MediaLive', 'Nothing', 'ChannelId', '7', 'Pipeline', '0']],
      'metric Nothing was given',
    ],
    [
      'a dimension that nobody sends',
      [['AWS/MediaPackage', 'EgressRequestCount', 'ChannelGroup', 'g', 'Channel', 'c', 'StatusCodeRange', '5xx']],
      'it has data for',
    ],
    ['an expression', [[{ expression: 'm1 * 2' }]], 'write out the namespace'],
  ])('refuses %s', async (_, metrics, why) => {
    await expect(bench.create('AWS::CloudWatch::Dashboard', body(metrics))).rejects.toThrow(why);
  });
});
