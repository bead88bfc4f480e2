import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { resources, synth, type Template } from '../stream/synth';

type Channel = LiveStreamInput['channels'][number];

/** Channels of one kind. */
function channels(count: number, channel: Partial<Channel> = {}): LiveStreamInput['channels'] {
  return Array.from({ length: count }, (_, index) => ({
    name: `channel-${index}`,
    input: { kind: 'test-clip' as const },
    ...channel,
  })) as unknown as LiveStreamInput['channels'];
}

const push = { kind: 'rtmp-push' as const, allowedCidrs: ['203.0.113.7/32'] };

/** Descriptions with more alarms or functions than one alarm or one widget takes. */
const LARGE: Readonly<Record<string, Partial<LiveStreamInput>>> = {
  'ten channels with reports of players': { channels: channels(10), analytics: true },
  'nine channels with two pipelines': { channels: channels(9, { input: push, redundancy: 'two-pipelines' }) },
  'ten channels with a chat and recordings': {
    channels: channels(10, { chat: true, rewind: 15, recording: true }),
    access: { signIn: 'cognito' },
    analytics: true,
  },
};

/** The alarms of a template, each with its metrics. */
function alarms(template: Template) {
  return resources(template, 'AWS::CloudWatch::Alarm').map(({ id, Properties }) => {
    const { Metrics = [], Dimensions } = Properties as {
      readonly Metrics?: readonly { readonly MetricStat?: unknown }[];
      readonly Dimensions?: unknown;
    };
    return {
      id,
      metrics: Metrics.filter(({ MetricStat }) => MetricStat !== undefined),
      text: JSON.stringify([Metrics, Dimensions]),
    };
  });
}

/** The widgets of the dashboard that list alarms, with the number of alarms of each. */
function alarmWidgets(template: Template): readonly number[] {
  const [dashboard] = resources(template, 'AWS::CloudWatch::Dashboard');
  const joined = Object(dashboard?.Properties['DashboardBody']) as {
    readonly 'Fn::Join': readonly [string, readonly unknown[]];
  };
  const text = joined['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'token')).join('');
  const { widgets } = JSON.parse(text) as {
    readonly widgets: readonly { readonly properties: { readonly alarms?: readonly string[] } }[];
  };
  return widgets.flatMap(({ properties: { alarms } }) => (alarms === undefined ? [] : [alarms.length]));
}

describe('the operations of a large stack', () => {
  test.each(Object.entries(LARGE))('keep to what CloudWatch takes: %s', (_, description) => {
    const template = synth(description);
    const found = alarms(template);
    expect(found.filter(({ metrics }) => metrics.length > 10).map(({ id }) => id)).toEqual([]);
    const widgets = alarmWidgets(template);
    expect(widgets.length).toBeGreaterThan(0);
    expect(widgets.filter((count) => count < 1 || count > 100)).toEqual([]);
    // All but the alarm about the edge, which exists in one Region.
    expect(widgets.reduce((sum, count) => sum + count, 0)).toBe(found.length - 1);
  });

  test.each(Object.entries(LARGE))('watch every function but that of the notices: %s', (_, description) => {
    const template = synth(description);
    const all = alarms(template);
    const unwatched = resources(template, 'AWS::Lambda::Function').filter(
      ({ id }) => !all.some(({ text }) => text.includes(`{"Ref":"${id}"}`)),
    );
    expect(unwatched.map(({ id }) => id)).toEqual([expect.stringMatching(/^OperationsAlarmNotices/)]);
  });
});
