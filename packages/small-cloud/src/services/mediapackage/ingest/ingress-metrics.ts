import type { Metrics } from '../../../contract';

/**
 * Counts bytes that a channel has taken, by the dimensions that MediaPackage uses: its group and its name in v2, its id in
 * v1. Requests are not counted: an encoder of the local run makes one for each track, MediaLive one for each segment.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/monitoring-cloudwatch.html
 */
export function countIngress(metrics: Metrics, channel: Readonly<Record<string, string>>, bytes: number): void {
  metrics.put({ namespace: 'AWS/MediaPackage', name: 'IngressBytes', dimensions: channel, value: bytes });
}
