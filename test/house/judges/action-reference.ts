import { readFileSync } from 'node:fs';
import { pythonLines } from './python';

/** The service authorization reference of one service; names are in lower case. */
export interface ServiceReference {
  readonly Actions: Readonly<Record<string, { readonly Resources?: readonly string[] }>>;
  readonly Resources: Readonly<
    Record<string, { readonly ARNFormats: readonly string[]; readonly ConditionKeys?: readonly string[] }>
  >;
}

/** The service authorization reference, by the service's prefix. */
export interface ActionReference {
  /** Version of cfn-lint that carries it. */
  readonly version: string;
  readonly services: Readonly<Record<string, ServiceReference>>;
}

/**
 * ARNs that cfn-lint truncates at the first name in them, so that a channel looks like its group and an object like its
 * bucket. They are regular expressions.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselementalmediapackagev2.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselementalmediastore.html
 */
const WHOLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: { bucket: 'arn:[^:]*:s3:::[^/]+', object: 'arn:[^:]*:s3:::[^/]+/.*' },
  mediapackagev2: {
    channelgroup: group('[^/]+'),
    channel: group('[^/]+/channel/[^/]+'),
    channelpolicy: group('[^/]+/channel/[^/]+'),
    originendpoint: group('[^/]+/channel/[^/]+/originEndpoint/[^/]+'),
    harvestjob: group('[^/]+/channel/[^/]+/originEndpoint/[^/]+/harvestJob/[^/]+'),
    originendpointpolicy: group('[^/]+/channel/[^/]+/originEndpoint/[^/]+'),
  },
  mediastore: {
    container: 'arn:[^:]*:mediastore:[^:]*:[^:]*:container/[^/]+',
    folder: 'arn:[^:]*:mediastore:[^:]*:[^:]*:container/[^/]+/.*',
    object: 'arn:[^:]*:mediastore:[^:]*:[^:]*:container/[^/]+/.*',
  },
};

function group(rest: string): string {
  return `arn:[^:]*:mediapackagev2:[^:]*:[^:]*:channelGroup/${rest}`;
}

/** Copy of the reference in cfn-lint; undefined where cfn-lint is not installed. */
export function actionReference(): ActionReference | undefined {
  const [found] = pythonLines('reference_of_actions.py') ?? [];
  if (found === undefined) return undefined;
  const { version, file } = JSON.parse(found) as { version: string; file: string };
  return { version, services: JSON.parse(readFileSync(file, 'utf8')) as ActionReference['services'] };
}

/** ARNs of a resource type, as the source of a regular expression. */
export function arnForm(reference: ActionReference, service: string, type: string): string {
  const whole = WHOLE[service]?.[type];
  if (whole !== undefined) return whole;
  const formats = reference.services[service]?.Resources[type]?.ARNFormats ?? [];
  return formats.map((format) => format.replaceAll(/\$\{\w+\}/g, '[^:]*')).join('|');
}

/** Names of the resource types that an action applies to; none where it can only be granted on `*`. */
export function typesOf(reference: ActionReference, service: string, action: string): readonly string[] {
  const { Resources = [] } = reference.services[service]?.Actions[action] ?? {};
  return [...new Set(Resources.map((type) => type.toLowerCase()))].sort();
}
