import type { Metrics } from '../../../contract';
import type { Catalogue } from '../control/catalogue';
import type { V1Catalogue } from '../control/v1-catalogue';
import type { EgressAnswer } from './answer';

const NAMESPACE = 'AWS/MediaPackage';

/** An answer of the origin, and how long it took. */
export interface Answered {
  /** Dimensions of the channel: group and name in v2, the id in v1. */
  readonly channel: Readonly<Record<string, string>>;
  readonly answer: EgressAnswer;
  readonly milliseconds: number;
}

/**
 * Sends the metrics of one answer by the dimensions that MediaPackage uses. v2 calls the class of the status
 * `StatusCode`, and v1 calls it `StatusCodeRange`.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/monitoring-cloudwatch.html
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/metrics.html
 */
export function countEgress(metrics: Metrics, { channel, answer, milliseconds }: Answered): void {
  const range = `${Math.floor(answer.status / 100)}xx`;
  const statusName = 'ChannelGroup' in channel ? 'StatusCode' : 'StatusCodeRange';
  const put = (name: string, value: number, dimensions = channel) =>
    metrics.put({ namespace: NAMESPACE, name, dimensions, value });
  put('EgressRequestCount', 1);
  put('EgressRequestCount', 1, { ...channel, [statusName]: range });
  put('EgressResponseTime', milliseconds);
  if (answer.status < 400) put('EgressBytes', Buffer.byteLength(answer.body));
}

/** Returns the dimensions of the channel that a request is about; undefined for one about no channel. */
export function countedChannel(
  { pathname }: URL,
  catalogue: Catalogue,
  v1: V1Catalogue,
): Answered['channel'] | undefined {
  const [, , , group = '', name = ''] = pathname.split('/').map(decodeURIComponent);
  const ofV1 = v1.endpoint(group)?.channelId;
  if (ofV1 !== undefined) return { Channel: ofV1 };
  return catalogue.channel(group, name) === undefined ? undefined : { ChannelGroup: group, Channel: name };
}
