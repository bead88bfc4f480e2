import type { Value } from '../../../contract';
import { type Alert, isSet } from '../contract/alert';
import { type InputSource, type SrtSettings, sourceUrls } from '../contract/input-source';
import { type Channel, isEncoding, pipelinesOf, pipelinesRunning } from '../control/channel';
import type { Input } from '../control/input';
import { groupState, type InputSecurityGroup } from '../control/input-security-groups';

type Shape = Readonly<Record<string, unknown>>;

const LOOPBACK = '127.0.0.1';

/** Returns a channel in the form of ListChannels. */
export function channelSummary(channel: Channel): Shape {
  const { id, arn, properties, state, tags } = channel;
  const { given } = properties;
  return {
    id,
    arn,
    name: properties.name,
    state,
    channelClass: properties.channelClass,
    roleArn: properties.roleArn,
    tags,
    logLevel: given['LogLevel'] ?? 'DISABLED',
    pipelinesRunningCount: pipelinesRunning(channel),
    destinations: camelCased(given['Destinations'] ?? []),
    inputAttachments: camelCased(given['InputAttachments'] ?? []),
    inputSpecification: camelCased(given['InputSpecification'] ?? {}),
    egressEndpoints: [{ sourceIp: LOOPBACK }],
  };
}

/** Returns a channel in the form of DescribeChannel and of the calls that change its state. */
export function channelShape(channel: Channel): Shape {
  const { properties, run } = channel;
  const activeInputAttachmentName = run?.onAir() ?? properties.input.attachmentName;
  const details = pipelinesOf(channel).map((pipeline) => ({ pipelineId: String(pipeline), activeInputAttachmentName }));
  return {
    ...channelSummary(channel),
    encoderSettings: camelCased(properties.given['EncoderSettings'] ?? {}),
    pipelineDetails: isEncoding(channel) ? details : [],
  };
}

/** Returns an input in the form of DescribeInput and ListInputs. */
export function inputShape({ id, arn, settings, state, tags, channel }: Input): Shape {
  const { name, inputClass, source, securityGroups } = settings;
  return {
    id,
    arn,
    name,
    type: source.type,
    inputClass,
    inputSourceType: 'STATIC',
    state,
    attachedChannels: channel === undefined ? [] : [channel],
    securityGroups,
    sources: sourceUrls(source).map((url) => ({ url })),
    destinations: destinations(source),
    ...particulars(source),
    tags,
  };
}

/** Returns the addresses for publishers. CDI cannot come to this machine, and its address says so. */
function destinations(source: InputSource): readonly Shape[] {
  if (source.type === 'AWS_CDI') return [0, 1].map(() => ({ url: 'cdi://nothing-takes-cdi-here.invalid' }));
  if (source.kind !== 'push') return [];
  return source.endpoints.map(({ url, port }) => ({ ip: LOOPBACK, port: String(port), url }));
}

/** Returns the members that only one type of input has. */
function particulars(source: InputSource): Shape {
  if (source.type === 'MEDIACONNECT') return { mediaConnectFlows: source.names.map((flowArn) => ({ flowArn })) };
  if (source.type === 'INPUT_DEVICE') return { inputDevices: source.names.map((id) => ({ id })) };
  if (source.type === 'SRT_LISTENER') return { srtSettings: { srtListenerSettings: srtShape(source.srt) } };
  if (source.kind !== 'pull' || source.type !== 'SRT_CALLER') return {};
  const srtCallerSources = source.streams.map(({ url, srt }) => {
    const [, srtListenerAddress, srtListenerPort] = /^srt:\/\/(.*):(\d+)$/.exec(url) ?? [];
    return { srtListenerAddress, srtListenerPort, ...srtShape(srt) };
  });
  return { srtSettings: { srtCallerSources } };
}

function srtShape({ latencyMs, streamId }: SrtSettings): Shape {
  return {
    ...(latencyMs === undefined ? {} : { minimumLatency: latencyMs }),
    ...(streamId === undefined ? {} : { streamId }),
  };
}

/** Returns an input security group in the form of DescribeInputSecurityGroup. */
export function groupShape(group: InputSecurityGroup): Shape {
  const { id, arn, cidrs, inputs, tags } = group;
  const whitelistRules = cidrs.map((cidr) => ({ cidr }));
  return { id, arn, inputs: [...inputs], channels: [], state: groupState(group), tags, whitelistRules };
}

/** Returns an alert in the form of ListAlerts. */
export function alertShape(alert: Alert): Shape {
  const { id, type, message, pipeline, setAt, clearedAt } = alert;
  return {
    id,
    alertType: type,
    message,
    pipelineId: String(pipeline),
    setTimestamp: new Date(setAt).toISOString(),
    ...(clearedAt === undefined ? {} : { clearedTimestamp: new Date(clearedAt).toISOString() }),
    state: isSet(alert) ? 'SET' : 'CLEARED',
  };
}

/** Turns CloudFormation's PascalCase into the API's camelCase. */
function camelCased(value: Value): Value {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), camelCased(inner)]),
  );
}
