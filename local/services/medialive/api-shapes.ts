import type { Value } from '../../cloud';
import type { Channel } from './channels';
import type { Input } from './inputs';

type Shape = Readonly<Record<string, unknown>>;

const LOOPBACK = '127.0.0.1';

/** A channel as the API lists it. */
export function channelSummary({ id, arn, properties, state }: Channel): Shape {
  const { given } = properties;
  return {
    id,
    arn,
    name: properties.name,
    state,
    channelClass: properties.channelClass,
    roleArn: properties.roleArn,
    tags: properties.tags,
    logLevel: given['LogLevel'] ?? 'DISABLED',
    pipelinesRunningCount: isRunning(state) ? 1 : 0,
    destinations: camelCased(given['Destinations'] ?? []),
    inputAttachments: camelCased(given['InputAttachments'] ?? []),
    inputSpecification: camelCased(given['InputSpecification'] ?? {}),
    egressEndpoints: [{ sourceIp: LOOPBACK }],
  };
}

/** A channel as DescribeChannel, StartChannel and StopChannel answer. */
export function channelShape(channel: Channel): Shape {
  const { properties, state } = channel;
  const details = [{ pipelineId: '0', activeInputAttachmentName: properties.input.attachmentName }];
  return {
    ...channelSummary(channel),
    encoderSettings: camelCased(properties.given['EncoderSettings'] ?? {}),
    pipelineDetails: isRunning(state) ? details : [],
  };
}

/** An input as DescribeInput and ListInputs answer. */
export function inputShape({ id, arn, name, inputClass, source, securityGroups, tags, channel }: Input): Shape {
  return {
    id,
    arn,
    name,
    type: source.type,
    inputClass,
    inputSourceType: 'STATIC',
    state: channel === undefined ? 'DETACHED' : 'ATTACHED',
    attachedChannels: channel === undefined ? [] : [channel],
    securityGroups,
    sources: source.type === 'MP4_FILE' ? source.clips.map(({ url }) => ({ url })) : [],
    destinations:
      source.type === 'RTMP_PUSH'
        ? source.endpoints.map(({ url, port }) => ({ ip: LOOPBACK, port: String(port), url }))
        : [],
    tags,
  };
}

function isRunning(state: Channel['state']): boolean {
  return state === 'RUNNING' || state === 'RECOVERING';
}

/** CloudFormation's PascalCase in the API's camelCase. */
function camelCased(value: Value): Value {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), camelCased(inner)]),
  );
}
