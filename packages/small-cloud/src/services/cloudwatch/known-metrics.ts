/** Sets of dimension names that a metric has data for. */
type DimensionSets = readonly (readonly string[])[];

const PIPELINE = ['ChannelId', 'Pipeline'];
const OUTPUT_GROUP = [...PIPELINE, 'OutputGroupName'];
const PACKAGED = ['ChannelGroup', 'Channel'];
const EDGE = ['DistributionId', 'Region'];

const BY_PACKAGER: DimensionSets = [
  PACKAGED,
  [...PACKAGED, 'OriginEndpoint'],
  ['Channel'],
  ['Channel', 'OriginEndpoint'],
];
const BY_STATUS: DimensionSets = [
  ...BY_PACKAGER,
  [...PACKAGED, 'StatusCode'],
  [...PACKAGED, 'OriginEndpoint', 'StatusCode'],
  ['Channel', 'StatusCodeRange'],
  ['Channel', 'OriginEndpoint', 'StatusCodeRange'],
];

/**
 * The metrics of AWS services that templates may ask for, with the dimensions that the services send them by. CloudWatch
 * takes any name and any dimension, and shows an empty graph for those that nobody sends; the small cloud refuses them,
 * because an alarm on them would sleep for ever.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/monitoring-eml-metrics.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/monitoring-cloudwatch.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/metrics.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
const KNOWN: Readonly<Record<string, Readonly<Record<string, DimensionSets>>>> = {
  'AWS/MediaLive': {
    ActiveAlerts: [PIPELINE],
    InputVideoFrameRate: [PIPELINE],
    FillMsec: [PIPELINE],
    NetworkIn: [PIPELINE],
    NetworkOut: [PIPELINE],
    PrimaryInputActive: [PIPELINE],
    PipelinesLocked: [PIPELINE],
    InputLossSeconds: [PIPELINE],
    ActiveOutputs: [OUTPUT_GROUP],
    Output4xxErrors: [OUTPUT_GROUP],
    Output5xxErrors: [OUTPUT_GROUP],
    MinMQCS: [OUTPUT_GROUP],
    OutputAudioLevelDbfs: [[...PIPELINE, 'AudioDescriptionName']],
    OutputAudioLevelLkfs: [[...PIPELINE, 'AudioDescriptionName']],
  },
  'AWS/MediaPackage': {
    IngressBytes: BY_PACKAGER,
    IngressRequestCount: BY_STATUS,
    EgressBytes: BY_PACKAGER,
    EgressRequestCount: BY_STATUS,
    EgressResponseTime: BY_PACKAGER,
  },
  'AWS/CloudFront': {
    Requests: [EDGE],
    BytesDownloaded: [EDGE],
    BytesUploaded: [EDGE],
    '4xxErrorRate': [EDGE],
    '5xxErrorRate': [EDGE],
    TotalErrorRate: [EDGE],
  },
  'AWS/Lambda': {
    Invocations: [['FunctionName']],
    Errors: [['FunctionName']],
    Duration: [['FunctionName']],
    Throttles: [['FunctionName']],
  },
};

/**
 * Says what is wrong with a metric of an AWS service; undefined for one that exists, and for namespaces of one's own,
 * whose metrics are what functions send.
 */
export function metricProblem(namespace: string, name: string, dimensions: readonly string[]): string | undefined {
  if (!namespace.startsWith('AWS/')) return undefined;
  const metrics = KNOWN[namespace];
  if (metrics === undefined) {
    return `namespace ${namespace} was given; the small cloud knows ${Object.keys(KNOWN).join(', ')} and your own`;
  }
  const sets = metrics[name];
  if (sets === undefined) {
    return `metric ${name} was given; ${namespace} has ${Object.keys(metrics).join(', ')}`;
  }
  const given = [...dimensions].sort().join(', ');
  if (sets.some((names) => [...names].sort().join(', ') === given)) return undefined;
  const needed = sets.map((names) => names.join(' + ')).join('; or ');
  return `metric ${namespace} ${name} was given with the dimensions ${given || 'none'}; it has data for ${needed} only`;
}
