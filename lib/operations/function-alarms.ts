import { inParts } from '../stream/in-parts';
import type { AlarmRule } from './alarm-rule';
import type { MetricOf } from './metrics';

/**
 * Most metrics of one alarm, which no account can raise.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
const MOST_METRICS = 10;

/** Lists the alarms about the functions: one for all of them, or as many as their number needs. */
export function functionAlarms(errors: readonly MetricOf[]): readonly AlarmRule[] {
  const parts = inParts(errors, MOST_METRICS);
  return parts.flatMap(([first, ...others], index): readonly AlarmRule[] => {
    if (first === undefined) return [];
    const of = parts.length === 1 ? '' : `part ${index + 1}`;
    const metrics = [first, ...others] as const;
    return [{ slug: 'function-fails', of, metrics, compare: 'above', threshold: 0, datapoints: [1, 1] }];
  });
}
