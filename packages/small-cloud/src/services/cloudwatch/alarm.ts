import { randomUUID } from 'node:crypto';
import type { Cloud, Functions, Value } from '../../contract';
import { type AlarmMetric, type AlarmRule, type AlarmState, judged } from './alarm-rule';
import type { AlarmSettings } from './alarm-settings';
import { type MetricStore, minuteOf } from './metric-store';

/** By which principal an alarm invokes a function. */
const PRINCIPAL = 'lambda.alarms.cloudwatch.amazonaws.com';

/** Parts of the cloud that an alarm uses. */
export interface AlarmMeans {
  readonly cloud: Cloud;
  readonly functions: Functions;
  readonly store: MetricStore;
}

/** One alarm: its state, and what it does when that changes. */
export class Alarm {
  state: AlarmState = 'INSUFFICIENT_DATA';
  reason = 'Unchecked: Initial alarm creation';
  /** When the state changed last, in milliseconds since 1970 in the cloud's time. */
  since: number;

  constructor(
    readonly name: string,
    readonly arn: string,
    public settings: AlarmSettings,
    private readonly means: AlarmMeans,
  ) {
    this.since = means.cloud.clock.now();
  }

  /** Judges the minutes that are over. */
  evaluate(): void {
    const { cloud, store } = this.means;
    const now = cloud.clock.now();
    const datapoints = newest(this.settings.rule, store, minuteOf(now));
    const { state, reason } = judged(this.settings.rule, datapoints, this.state);
    this.reason = reason;
    if (state === this.state) return;
    const previous = this.state;
    this.state = state;
    this.since = now;
    cloud.tell(`cloudwatch ${this.name}`, `${previous} → ${state}: ${reason}`, state === 'ALARM' ? 'warning' : 'info');
    this.act(previous);
  }

  private act(previous: AlarmState): void {
    const { cloud, functions } = this.means;
    const event = this.event(previous);
    cloud.events.put({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: [this.arn],
      detail: event.alarmData,
    });
    const { actionsEnabled, alarmActions, okActions } = this.settings;
    if (!actionsEnabled || this.state === 'INSUFFICIENT_DATA') return;
    for (const arn of this.state === 'ALARM' ? alarmActions : okActions) {
      if (!functions.permits(arn, PRINCIPAL, this.arn)) {
        const why = `no AWS::Lambda::Permission allows lambda:InvokeFunction to ${PRINCIPAL} for ${this.arn}`;
        cloud.tell(`cloudwatch ${this.name}`, `${arn} is not invoked: ${why}`, 'warning');
        continue;
      }
      functions.invokeAsync(arn, event).catch((error: unknown) => {
        cloud.tell(`cloudwatch ${this.name}`, `${arn} is not invoked: ${error}`, 'warning');
      });
    }
  }

  /**
   * The event that a function is invoked with.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
   */
  private event(previous: AlarmState) {
    const { cloud } = this.means;
    const timestamp = cloudWatchTime(this.since);
    return {
      source: 'aws.cloudwatch',
      alarmArn: this.arn,
      accountId: cloud.accountId,
      time: timestamp,
      region: cloud.region,
      alarmData: {
        alarmName: this.name,
        state: { value: this.state, reason: this.reason, timestamp },
        previousState: { value: previous },
        configuration: {
          ...(this.settings.description === undefined ? {} : { description: this.settings.description }),
          metrics: this.settings.rule.metrics.map(metricShape),
        },
      },
    };
  }
}

/** The newest datapoints of a rule, the newest last: minutes that are over, each metric's value or the sum of several. */
function newest(rule: AlarmRule, store: MetricStore, now: number): readonly (number | undefined)[] {
  return Array.from({ length: rule.evaluationPeriods }, (_, index) => {
    const end = now - (rule.evaluationPeriods - 1 - index) * rule.periodMinutes;
    const minutes = Array.from({ length: rule.periodMinutes }, (_, offset) => end - rule.periodMinutes + offset);
    const valuesOf = (metric: AlarmMetric) =>
      minutes.flatMap((minute) => store.value(metric, metric.statistic, minute) ?? []);
    if (rule.formula !== undefined) {
      return rule.formula((id) => {
        const metric = rule.metrics.find((each) => each.id === id);
        const found = metric === undefined ? [] : valuesOf(metric);
        return metric === undefined || found.length === 0 ? undefined : combined(metric, found);
      });
    }
    const values = rule.metrics.flatMap(valuesOf);
    const [only, ...more] = rule.metrics;
    if (values.length === 0 || only === undefined) return undefined;
    return more.length > 0 ? values.reduce((sum, value) => sum + value, 0) : combined(only, values);
  });
}

/** Combines the minutes of a longer period by the statistic of a metric. A percentile is the highest of its minutes. */
function combined(metric: AlarmMetric, values: readonly number[]): number {
  if (metric.statistic.startsWith('p')) return Math.max(...values);
  switch (metric.statistic) {
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
    case 'Average':
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    default:
      return values.reduce((sum, value) => sum + value, 0);
  }
}

function metricShape({ namespace, name, dimensions, statistic }: AlarmRule['metrics'][number]): Value {
  return {
    id: randomUUID(),
    metricStat: { metric: { namespace, name, dimensions: { ...dimensions } }, period: 60, stat: statistic },
    returnData: true,
  };
}

/** Writes a time as CloudWatch does in these events: `2023-08-04T12:36:15.490+0000`. */
function cloudWatchTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}
