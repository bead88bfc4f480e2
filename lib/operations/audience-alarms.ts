import type { AlarmRule } from './alarm-rule';
import { metric } from './metrics';

/** Heartbeats of a minute below which an alarm is not raised: those of ten viewers. A single viewer is no rate. */
const LEAST_BEATS = 20;

/**
 * Lists the alarms about what the viewers of a channel report. Reports can be forged, so an alarm is all that they cause.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function audienceAlarms(channel: string, stackName: string): readonly AlarmRule[] {
  const dimensions = { Stack: stackName, Channel: channel };
  const beats = metric('beats', dimensions);
  return [
    {
      slug: 'viewers-stall',
      of: '',
      metrics: [beats, metric('stallMs', dimensions), metric('playedMs', dimensions)],
      formula: `IF(m0 >= ${LEAST_BEATS}, 100 * m1 / (m1 + m2), 0)`,
      compare: 'above',
      threshold: 2,
      datapoints: [3, 5],
    },
    {
      slug: 'starts-are-slow',
      of: '',
      metrics: [metric('startupMs', dimensions), beats],
      formula: `IF(m1 >= ${LEAST_BEATS}, m0, 0)`,
      compare: 'above',
      threshold: 10_000,
      datapoints: [3, 5],
    },
    {
      slug: 'players-fail',
      of: '',
      metrics: [beats, metric('errors', dimensions)],
      formula: `IF(m0 >= ${LEAST_BEATS}, 100 * m1 / m0, 0)`,
      compare: 'above',
      threshold: 5,
      datapoints: [3, 5],
    },
  ];
}
