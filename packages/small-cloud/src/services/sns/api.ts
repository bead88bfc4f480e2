import type { ApiHandler, ApiRequest, Cloud } from '../../contract';
import { notAuthorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { judge } from '../kit/policy/policy';
import { type QueryAction, type QueryParameters, queryHandler } from '../kit/query-protocol';
import type { Message, Topic } from './topic';

/** Parts of SNS that its API shows and uses. */
export interface SnsApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId'>;
  readonly topics: ReadonlyMap<string, Topic>;
  publish(topic: Topic, subject: string | undefined, message: string): Message;
}

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MESSAGE_LIMIT_BYTES = 262_144;

/** ASCII without line breaks, fewer than 100 characters, the first of which is not a space. */
const SUBJECT = /^[!-~][ -~]{0,98}$/;

/**
 * Makes the handler of the part of SNS's API that publishes and looks: Publish, ListTopics, GetTopicAttributes,
 * ListSubscriptionsByTopic.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Operations.html
 */
export function snsApi(subject: SnsApiSubject): ApiHandler {
  const actions: Readonly<Record<string, QueryAction>> = {
    Publish: async (parameters, request) => publish(subject, parameters, request),
    ListTopics: async (parameters, request) => {
      parameters.end();
      authorize(subject, request, 'ListTopics', undefined);
      return { Topics: { member: [...subject.topics.keys()].map((TopicArn) => ({ TopicArn })) } };
    },
    GetTopicAttributes: async (parameters, request) => {
      const topic = askedTopic(subject, parameters, request, 'GetTopicAttributes');
      return { Attributes: { entry: attributes(topic, subject.cloud.accountId) } };
    },
    ListSubscriptionsByTopic: async (parameters, request) => {
      const topic = askedTopic(subject, parameters, request, 'ListSubscriptionsByTopic');
      return { Subscriptions: { member: subscriptionsOf(topic, subject.cloud.accountId) } };
    },
  };
  return queryHandler('SNS', NAMESPACE, actions);
}

/**
 * Refuses a role unless its own policies or the topic's allow the operation and neither denies it. The operator may do
 * everything. A topic without a policy counts as one whose policy says nothing.
 */
function authorize(
  { cloud, topics }: SnsApiSubject,
  { roleArn }: ApiRequest,
  operation: string,
  topicArn: string | undefined,
): void {
  if (roleArn === undefined) return;
  const { partition, region, accountId } = cloud;
  const action = `sns:${operation}`;
  const resource = topicArn ?? `arn:${partition}:sns:${region}:${accountId}:*`;
  const policy = topics.get(resource)?.policy;
  // Requests travel over loopback in place of HTTPS, so they count as secure.
  const context = { 'aws:SecureTransport': 'true' };
  const principal = { kind: 'aws', arn: roleArn } as const;
  const verdict = policy === undefined ? 'none' : judge(policy, { action, resource, principal, context });
  if (verdict === 'deny') {
    const because = 'with an explicit deny in a resource-based policy';
    throw new AwsError('AuthorizationError', notAuthorized(roleArn, { action, resource }, because), 403);
  }
  if (verdict === 'allow' || cloud.access.roleAllows(roleArn, { action, resource })) return;
  throw new AwsError('AuthorizationError', notAuthorized(roleArn, { action, resource }), 403);
}

function publish(subject: SnsApiSubject, parameters: QueryParameters, request: ApiRequest) {
  const topicArn = parameters.maybeText('TopicArn');
  const arn = topicArn ?? parameters.maybeText('TargetArn');
  const title = parameters.rawText('Subject');
  const message = parameters.maybeText('Message');
  parameters.end();
  authorize(subject, request, 'Publish', arn);
  const topic = topicOf(subject.topics, arn);
  if (message === undefined) throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
  if (Buffer.byteLength(message) > MESSAGE_LIMIT_BYTES) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long');
  }
  if (title !== undefined && !SUBJECT.test(title)) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Subject');
  }
  return { MessageId: subject.publish(topic, title, message).messageId };
}

/** The topic of a call whose only parameter it is. */
function askedTopic(
  subject: SnsApiSubject,
  parameters: QueryParameters,
  request: ApiRequest,
  operation: string,
): Topic {
  const arn = parameters.maybeText('TopicArn');
  parameters.end();
  authorize(subject, request, operation, arn);
  return topicOf(subject.topics, arn);
}

function attributes({ arn, settings, policy, subscriptions }: Topic, accountId: string) {
  const entries: Readonly<Record<string, string | undefined>> = {
    TopicArn: arn,
    Owner: accountId,
    DisplayName: settings.displayName,
    KmsMasterKeyId: settings.keyId,
    Policy: policy === undefined ? undefined : JSON.stringify(policy),
    SubscriptionsConfirmed: String(subscriptions.size),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
  };
  return Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
}

function subscriptionsOf(topic: Topic, accountId: string) {
  return [...topic.subscriptions.values()].map(({ arn, protocol, endpoint }) => ({
    SubscriptionArn: arn,
    Owner: accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topic.arn,
  }));
}

function topicOf(topics: ReadonlyMap<string, Topic>, arn: string | undefined): Topic {
  if (arn === undefined) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: TopicArn or TargetArn Reason: no value');
  }
  const found = topics.get(arn);
  if (found === undefined) throw new AwsError('NotFound', 'Topic does not exist', 404);
  return found;
}
