/** Dimensions of a metric, by name. */
export type Dimensions = Readonly<Record<string, string>>;

/** One metric that alarms and widgets read: what it is called, and by which dimensions it can be asked for. */
interface KnownMetric {
  readonly namespace: string;
  /** Sets of dimension names. CloudWatch keeps data for exactly these sets; any other is an empty graph. */
  readonly dimensions: readonly (readonly string[])[];
  /** Statistic that says something about the metric. */
  readonly stat: 'Sum' | 'Minimum' | 'Maximum' | 'Average' | 'p50' | 'p95';
  /** The page of AWS, or the source file, that names the metric and its dimensions. */
  readonly page: string;
}

const MEDIALIVE = 'https://docs.aws.amazon.com/medialive/latest/ug/';
const PACKAGE_V2 = 'https://docs.aws.amazon.com/mediapackage/latest/userguide/monitoring-cloudwatch.html';
const PACKAGE_V1 = 'https://docs.aws.amazon.com/mediapackage/latest/ug/metrics.html';
const CLOUDFRONT =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html';

const PIPELINE = ['ChannelId', 'Pipeline'];
const OUTPUT_GROUP = [...PIPELINE, 'OutputGroupName'];
const PROBED = ['Stack', 'Channel'];

const encoder = (stat: KnownMetric['stat'], page: string, names = PIPELINE): KnownMetric => ({
  namespace: 'AWS/MediaLive',
  dimensions: [names],
  stat,
  page: `${MEDIALIVE}${page}`,
});

const packager = (stat: KnownMetric['stat'], status: boolean): KnownMetric => ({
  namespace: 'AWS/MediaPackage',
  dimensions: status
    ? [
        ['ChannelGroup', 'Channel'],
        ['ChannelGroup', 'Channel', 'StatusCode'],
      ]
    : [['ChannelGroup', 'Channel']],
  stat,
  page: PACKAGE_V2,
});

const packagerV1 = (stat: KnownMetric['stat'], status: boolean): KnownMetric => ({
  namespace: 'AWS/MediaPackage',
  dimensions: status ? [['Channel'], ['Channel', 'StatusCodeRange']] : [['Channel']],
  stat,
  page: PACKAGE_V1,
});

const edge = (stat: KnownMetric['stat']): KnownMetric => ({
  namespace: 'AWS/CloudFront',
  dimensions: [['DistributionId', 'Region']],
  stat,
  page: CLOUDFRONT,
});

const probe = (stat: KnownMetric['stat']): KnownMetric => ({
  namespace: PROBE_NAMESPACE,
  dimensions: [PROBED],
  stat,
  page: 'lambda/probe/report.ts',
});

const audience = (stat: KnownMetric['stat']): KnownMetric => ({
  namespace: PROBE_NAMESPACE,
  dimensions: [PROBED],
  stat,
  page: 'lambda/collector/metrics.ts',
});

/** Namespace of what the stack measures itself. */
export const PROBE_NAMESPACE = 'LiveStreaming';

/**
 * Every metric that alarms and the dashboard use. MediaLive has data only while a channel runs, MediaPackage only for
 * minutes with a request, CloudFront only in us-east-1.
 */
export const METRICS = {
  activeAlerts: encoder('Maximum', 'eml-metrics-global.html'),
  inputVideoFrameRate: encoder('Maximum', 'eml-metrics-input-metrics.html'),
  fillMsec: encoder('Maximum', 'eml-metrics-input-metrics.html'),
  networkIn: encoder('Average', 'eml-metrics-input-metrics.html'),
  networkOut: encoder('Average', 'eml-metrics-output-metrics.html'),
  primaryInputActive: encoder('Minimum', 'eml-metrics-input-metrics.html'),
  pipelinesLocked: encoder('Minimum', 'eml-metrics-output-lock.html'),
  activeOutputs: encoder('Minimum', 'eml-metrics-output-metrics.html', OUTPUT_GROUP),
  output4xxErrors: encoder('Sum', 'eml-metrics-output-metrics.html', OUTPUT_GROUP),
  output5xxErrors: encoder('Sum', 'eml-metrics-output-metrics.html', OUTPUT_GROUP),
  minMqcs: encoder('Minimum', 'eml-metrics-quality-score.html', OUTPUT_GROUP),
  outputAudioLevelDbfs: encoder('Maximum', 'eml-metrics-output-metrics.html', [...PIPELINE, 'AudioDescriptionName']),
  ingressBytes: packager('Sum', false),
  ingressRequestCount: packager('Sum', true),
  egressBytes: packager('Sum', false),
  egressRequestCount: packager('Sum', true),
  egressResponseTime: packager('Average', false),
  ingressBytesV1: packagerV1('Sum', false),
  egressBytesV1: packagerV1('Sum', false),
  egressRequestCountV1: packagerV1('Sum', true),
  egressResponseTimeV1: packagerV1('Average', false),
  requests: edge('Sum'),
  bytesDownloaded: edge('Sum'),
  errorRate4xx: edge('Average'),
  errorRate5xx: edge('Average'),
  probeOk: probe('Minimum'),
  staleSeconds: probe('Maximum'),
  liveDelaySeconds: probe('Maximum'),
  manifestMs: probe('Maximum'),
  segmentMs: probe('Maximum'),
  beats: audience('Sum'),
  starts: audience('Sum'),
  startupMs: audience('p95'),
  stallMs: audience('Sum'),
  playedMs: audience('Sum'),
  errors: audience('Sum'),
  bitrateKbps: audience('p50'),
  latencyMs: audience('p50'),
  functionErrors: { namespace: 'AWS/Lambda', dimensions: [['FunctionName']], stat: 'Sum', page: LAMBDA },
} as const satisfies Readonly<Record<string, KnownMetric>>;

/** Key of a metric in {@link METRICS}. */
export type MetricKey = keyof typeof METRICS;

const NAMES: Readonly<Partial<Record<MetricKey, string>>> = {
  minMqcs: 'MinMQCS',
  errorRate4xx: '4xxErrorRate',
  errorRate5xx: '5xxErrorRate',
  functionErrors: 'Errors',
};

/** A metric with its dimensions, as CloudWatch is asked for it. */
export interface MetricOf {
  readonly key: MetricKey;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
  readonly stat: KnownMetric['stat'];
}

/**
 * Names a metric.
 *
 * @throws Error for dimensions that CloudWatch keeps no data for: the graph would be empty and the alarm would sleep.
 */
export function metric(key: MetricKey, dimensions: Dimensions): MetricOf {
  const known: KnownMetric = METRICS[key];
  const given = Object.keys(dimensions).sort().join(', ');
  if (!known.dimensions.some((names) => [...names].sort().join(', ') === given)) {
    const sets = known.dimensions.map((names) => names.join(', ')).join('; or ');
    throw new Error(`${key}: the dimensions ${given} were given; CloudWatch has data for ${sets}`);
  }
  const name = NAMES[key] ?? key.charAt(0).toUpperCase() + key.slice(1).replace(/V1$/, '');
  return { key, namespace: known.namespace, name, dimensions, stat: known.stat };
}
