import type { Sight } from './sight';

/** Units of the metrics that the probe writes, by name. */
const UNITS = {
  ProbeOk: 'None',
  StaleSeconds: 'Seconds',
  LiveDelaySeconds: 'Seconds',
  ManifestMs: 'Milliseconds',
  SegmentMs: 'Milliseconds',
} as const;

/**
 * Writes what was seen as one line of CloudWatch's embedded metric format. What could not be measured is left out.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine(stack: string, channel: string, sight: Sight, now: number): string {
  const all: Record<keyof typeof UNITS, number | undefined> = {
    ProbeOk: sight.ok ? 1 : 0,
    StaleSeconds: sight.staleSeconds,
    LiveDelaySeconds: sight.liveDelaySeconds,
    ManifestMs: sight.manifestMs,
    SegmentMs: sight.segmentMs,
  };
  const values = Object.entries(all).filter(([, value]) => value !== undefined);
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: 'LiveStreaming',
          Dimensions: [['Stack', 'Channel']],
          Metrics: values.map(([Name]) => ({ Name, Unit: UNITS[Name as keyof typeof UNITS] })),
        },
      ],
    },
    Stack: stack,
    Channel: channel,
    ...Object.fromEntries(values),
    ...(sight.trouble === '' ? {} : { Trouble: sight.trouble }),
  });
}
