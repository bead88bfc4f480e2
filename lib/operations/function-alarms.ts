import type { AlarmRule } from './alarm-rule';
import type { MetricOf } from './metrics';

/**
 * Most metrics of one alarm, which no account can raise.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
export const MOST_METRICS = 10;

/** Lists the alarms about the functions: one for all of them, or as many as their number needs. */
export function functionAlarms(errors: readonly MetricOf[]): readonly AlarmRule[] {
  const count = Math.ceil(errors.length / MOST_METRICS);
  return Array.from({ length: count }, (_, index) =>
    errors.slice(index * MOST_METRICS, (index + 1) * MOST_METRICS),
  ).flatMap(([first, ...others], index): readonly AlarmRule[] =>
    first === undefined
      ? []
      : [
          {
            slug: 'function-fails',
            of: count === 1 ? '' : `part ${index + 1}`,
            metrics: [first, ...others],
            compare: 'above',
            threshold: 0,
            datapoints: [1, 1],
          },
        ],
  );
}
