import type { AlarmSlug } from './alarm-kinds';
import type { MetricOf } from './metrics';

/** One alarm: when it is raised. Its datapoints are minutes; minutes without data do not count. */
export interface AlarmRule {
  readonly slug: AlarmSlug;
  /** Distinguishes alarms of one kind: `pipeline 0`, `pipeline 0, group packager`; empty for the whole channel. */
  readonly of: string;
  /** One metric, or several of which the formula counts. */
  readonly metrics: readonly [MetricOf, ...MetricOf[]];
  /**
   * Metric maths over `m0`, `m1` … in the order of the metrics. @default their sum
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
   */
  readonly formula?: string;
  readonly compare: 'above' | 'at least' | 'below';
  readonly threshold: number;
  /** How many minutes of how many must be bad. */
  readonly datapoints: readonly [bad: number, of: number];
}
