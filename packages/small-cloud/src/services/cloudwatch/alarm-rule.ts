import type { Formula } from './formula';
import type { MetricId, Statistic } from './metric-store';

/** How an alarm compares a datapoint with its threshold. */
export const OPERATORS = {
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

export const MISSING_DATA = ['missing', 'notBreaching', 'breaching', 'ignore'] as const;

/** A state of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** A metric of an alarm, or of a sum in it. */
export interface AlarmMetric extends MetricId {
  readonly statistic: Statistic;
  /** Its name in a formula. */
  readonly id?: string;
}

/** Rule that an alarm is judged by. */
export interface AlarmRule {
  /** One metric, or several whose sum counts. */
  readonly metrics: readonly AlarmMetric[];
  /** Formula over the metrics, whose value counts. @default the sum of the metrics */
  readonly formula?: Formula;
  readonly operator: keyof typeof OPERATORS;
  readonly threshold: number;
  /** Minutes of one datapoint. */
  readonly periodMinutes: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: (typeof MISSING_DATA)[number];
}

/** Result of an evaluation. */
export interface Judgement {
  readonly state: AlarmState;
  readonly reason: string;
}

/**
 * Judges the newest datapoints of an alarm.
 *
 * @param datapoints - the newest last, as many as evaluation periods; undefined where there is no data.
 * @param before - the state so far, which `ignore` keeps.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judged(rule: AlarmRule, datapoints: readonly (number | undefined)[], before: AlarmState): Judgement {
  const { operator, threshold, datapointsToAlarm, treatMissingData } = rule;
  const breaches = OPERATORS[operator];
  const there = datapoints.filter((value) => value !== undefined);
  const bad = there.filter((value) => breaches(value, threshold));
  const missing = datapoints.length - there.length;
  const values = there.map((value) => Number(value.toFixed(3))).join(', ') || 'none';
  const found = `${bad.length} of ${datapoints.length} datapoints [${values}] breach the threshold (${operator} ${threshold})`;
  const counted = bad.length + (treatMissingData === 'breaching' ? missing : 0);
  if (counted >= datapointsToAlarm) return { state: 'ALARM', reason: found };
  if (there.length === 0 && treatMissingData === 'missing') {
    return { state: 'INSUFFICIENT_DATA', reason: 'no datapoints were received' };
  }
  if (there.length === 0 && treatMissingData === 'ignore') return { state: before, reason: found };
  return { state: 'OK', reason: found };
}
