import { type MetricOf, metric } from './metrics';
import type { Packager } from './watched-channel';

/** Metrics of a packager that the dashboard draws. */
export interface PackagerMetrics {
  readonly bytes: readonly MetricOf[];
  readonly requests: readonly MetricOf[];
  readonly time: readonly MetricOf[];
}

/** Names the metrics of a packager; undefined for a bucket, whose request metrics cost money and are not switched on. */
export function packagerMetrics(packager: Packager): PackagerMetrics | undefined {
  switch (packager.kind) {
    case 'media-package': {
      const names = { ChannelGroup: packager.channelGroup, Channel: packager.channel };
      return {
        bytes: [metric('ingressBytes', names), metric('egressBytes', names)],
        requests: ['2xx', '4xx', '5xx'].map((StatusCode) => metric('egressRequestCount', { ...names, StatusCode })),
        time: [metric('egressResponseTime', names)],
      };
    }
    case 'media-package-v1': {
      const names = { Channel: packager.channel };
      return {
        bytes: [metric('ingressBytesV1', names), metric('egressBytesV1', names)],
        requests: ['2xx', '4xx', '5xx'].map((StatusCodeRange) =>
          metric('egressRequestCountV1', { ...names, StatusCodeRange }),
        ),
        time: [metric('egressResponseTimeV1', names)],
      };
    }
    case 'bucket':
      return undefined;
  }
}
