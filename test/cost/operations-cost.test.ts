import { describe, expect, test } from '@jest/globals';
import { countedOperations } from '../../bin/cost/counted';
import { type LiveStreamInput, liveStream } from '../../lib/channel/live-stream';
import { afterFreeQuantities, type CountedOperations, operationsCostPerMonth } from '../../lib/cost/operations-cost';
import { OPERATIONS_PRICES } from '../../lib/cost/operations-prices';
import { LIST_PRICES } from '../../lib/cost/prices';
import { mainChannel, resources, stageChannel, synth } from '../stream/synth';

const counted: CountedOperations = {
  alarmMetrics: new Map([
    ['main', 8],
    [undefined, 5],
  ]),
  dashboardMetrics: 30,
  probed: [{ waitSeconds: 4 }],
};
const month = (overrides: Partial<CountedOperations> = {}, hours = 0) =>
  operationsCostPerMonth({ ...counted, ...overrides }, hours, LIST_PRICES);

describe('the cost of operations', () => {
  test('of an idle month is that of alarms, the dashboard and a probe that finds nothing to measure', () => {
    const { parts } = month();
    expect(parts.map(({ name, usd }) => [name, Number(usd.toFixed(3))])).toEqual([
      ['alarms of main', 0.8],
      ['alarms of the stack', 0.5],
      ['dashboard', 3],
      ['probe, schedule', 0.043],
      ['probe, requests', 0.009],
      ['probe, duration', 0.09],
      ['probe, logs', 0.013],
      ['probe, metrics', 0],
      ['probe, requests at the edge', 0],
    ]);
  });

  test('rises with the hours on air: metrics by the hour, and longer invocations', () => {
    const part = (hours: number, name: string) => month({}, hours).parts.find((one) => one.name === name)?.usd ?? 0;
    expect(part(720, 'probe, metrics')).toBeCloseTo(5 * 0.3, 10);
    expect(part(360, 'probe, metrics')).toBeCloseTo((5 * 0.3) / 2, 10);
    expect(part(720, 'probe, duration')).toBeCloseTo(43_200 * 4.5 * 0.25 * 0.0000166667, 6);
  });

  test('waits once for all channels together, because one invocation looks at them', () => {
    const duration = (one: Partial<CountedOperations>) =>
      month(one, 720).parts.find(({ name }) => name === 'probe, duration')?.usd;
    expect(duration({ probed: [{ waitSeconds: 4 }, { waitSeconds: 2 }] })).toBe(duration({}));
  });

  test('after the free quantities of an account is that of the alarm metrics beyond ten', () => {
    expect(afterFreeQuantities(month())).toBeCloseTo(3 * 0.1, 10);
    expect(afterFreeQuantities(month({ alarmMetrics: new Map([['main', 10]]) }))).toBe(0);
  });

  test('has a dashboard that is free up to 50 metrics, and not above', () => {
    expect(afterFreeQuantities(month({ dashboardMetrics: 50 }))).toBeCloseTo(0.3, 10);
    expect(afterFreeQuantities(month({ dashboardMetrics: 51 }))).toBeCloseTo(3.3, 10);
    expect(month({ dashboardMetrics: undefined }).parts.map(({ name }) => name)).not.toContain('dashboard');
  });

  test('has nothing of a probe that is left out', () => {
    expect(month({ probed: undefined }, 720).usd).toBeCloseTo(0.8 + 0.5 + 3, 10);
  });

  test('has a source and a date for every price', () => {
    for (const { source, date, ...price } of Object.values(OPERATIONS_PRICES)) {
      expect(`${source} ${date}`).toMatch(/^https:\S+ \d{4}-\d\d-\d\d$/);
      expect('note' in price || price.basis === 'published').toBe(true);
    }
  });
});

describe('the count of operations', () => {
  test.each<[string, Partial<LiveStreamInput>]>([
    ['one channel', {}],
    ['two channels, one with two pipelines', { channels: [mainChannel, stageChannel] }],
    ['a bucket', { origin: 's3' }],
    ['alarms alone', { operations: { probe: false, dashboard: false } }],
    ['everything but alarms', { operations: { alarms: false } }],
  ])('of %s is that of the template', (_, description) => {
    const count = countedOperations(liveStream({ channels: [mainChannel], ...description }));
    const template = synth(description);
    const metrics = resources(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => {
      const queries = (Properties['Metrics'] ?? []) as readonly { readonly MetricStat?: unknown }[];
      return Math.max(1, queries.filter(({ MetricStat }) => MetricStat !== undefined).length);
    });
    const all = (numbers: Iterable<number>) => [...numbers].reduce((sum, one) => sum + one, 0);
    expect(all(count?.alarmMetrics.values() ?? [])).toBe(all(metrics));
    const [dashboard] = resources(template, 'AWS::CloudWatch::Dashboard');
    const drawn = JSON.stringify(dashboard?.Properties['DashboardBody'] ?? '').match(/\\"stat\\":/g)?.length;
    expect(count?.dashboardMetrics).toBe(drawn);
    const schedules = resources(template, 'AWS::Scheduler::Schedule').filter(({ id }) => id.startsWith('Operations'));
    expect(count?.probed === undefined).toBe(schedules.length === 0);
  });

  test('is none for a description without operations', () => {
    expect(countedOperations(liveStream({ channels: [mainChannel], operations: false }))).toBeUndefined();
  });
});
