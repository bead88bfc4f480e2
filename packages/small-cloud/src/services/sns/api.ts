import { randomUUID } from 'node:crypto';
import { type ApiHandler, type ApiRequest, type ApiResponse, type Cloud, UnsupportedError } from '../../contract';
import { type Xml, xmlDocument } from '../../wire/xml';
import { judge } from '../kit/policy/policy';
import { SnsError } from './sns-error';
import type { Message, Topic } from './topic';

/** What the API shows and does. */
export interface SnsApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId'>;
  readonly topics: ReadonlyMap<string, Topic>;
  publish(topic: Topic, subject: string | undefined, message: string): Message;
}

interface Call {
  /** The parameters that it knows; any other is refused. */
  readonly parameters: readonly string[];
  answer(subject: SnsApiSubject, parameters: URLSearchParams): Xml | undefined;
}

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MESSAGE_LIMIT_BYTES = 262_144;

const CALLS: Readonly<Record<string, Call>> = {
  Publish: { parameters: ['TopicArn', 'TargetArn', 'Subject', 'Message'], answer: publish },
  ListTopics: {
    parameters: [],
    answer: ({ topics }) => ({ Topics: { member: [...topics.keys()].map((TopicArn) => ({ TopicArn })) } }),
  },
  GetTopicAttributes: { parameters: ['TopicArn'], answer: attributes },
  ListSubscriptionsByTopic: {
    parameters: ['TopicArn'],
    answer: ({ topics, cloud }, parameters) => {
      const topic = topicOf(topics, parameters.get('TopicArn'));
      const member = [...topic.subscriptions.values()].map(({ arn, protocol, endpoint }) => ({
        SubscriptionArn: arn,
        Owner: cloud.accountId,
        Protocol: protocol,
        Endpoint: endpoint,
        TopicArn: topic.arn,
      }));
      return { Subscriptions: { member } };
    },
  },
};

/**
 * The part of SNS's API that publishes and looks: Publish, ListTopics, GetTopicAttributes, ListSubscriptionsByTopic.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Operations.html
 */
export function snsApi(subject: SnsApiSubject): ApiHandler {
  return async (request) => {
    const parameters = new URLSearchParams(request.body.toString());
    const action = parameters.get('Action') ?? '';
    const call = Object.hasOwn(CALLS, action) ? CALLS[action] : undefined;
    if (call === undefined) {
      throw new UnsupportedError(
        `${action || 'A call without an Action'} is not modelled by the local SNS, which knows ${Object.keys(CALLS).join(', ')}`,
      );
    }
    for (const name of parameters.keys()) {
      if (!['Action', 'Version', ...call.parameters].includes(name)) {
        throw new UnsupportedError(`${action}: ${name} is not modelled by the local SNS. Leave it out.`);
      }
    }
    try {
      authorize(subject, request, action, parameters);
      return response(action, call.answer(subject, parameters));
    } catch (error) {
      if (error instanceof SnsError) return failure(error);
      throw error;
    }
  };
}

/**
 * A role may do what its own policies or the topic's allow, and neither denies. The operator may do all. A topic
 * without a policy counts as one whose policy says nothing.
 */
function authorize(
  { cloud, topics }: SnsApiSubject,
  { roleArn }: ApiRequest,
  operation: string,
  parameters: URLSearchParams,
): void {
  if (roleArn === undefined) return;
  const { partition, region, accountId } = cloud;
  const arn = parameters.get('TopicArn') ?? parameters.get('TargetArn');
  const resource = arn ?? `arn:${partition}:sns:${region}:${accountId}:*`;
  const action = `sns:${operation}`;
  const policy = topics.get(resource)?.policy;
  // Requests travel over loopback in place of HTTPS: they count as secure, as everywhere in the local run.
  const context = { 'aws:SecureTransport': 'true' };
  const principal = { kind: 'aws', arn: roleArn } as const;
  const verdict = policy === undefined ? 'none' : judge(policy, { action, resource, principal, context });
  if (verdict !== 'deny' && (verdict === 'allow' || cloud.access.roleAllows(roleArn, { action, resource }))) return;
  const why =
    verdict === 'deny'
      ? 'with an explicit deny in a resource-based policy'
      : `because no identity-based policy allows the ${action} action`;
  throw new SnsError(
    'AuthorizationError',
    `User: ${roleArn} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}

function publish(subject: SnsApiSubject, parameters: URLSearchParams): Xml {
  const topic = topicOf(subject.topics, parameters.get('TopicArn') ?? parameters.get('TargetArn'));
  const title = parameters.get('Subject') ?? undefined;
  const message = parameters.get('Message') ?? '';
  if (message === '') throw new SnsError('InvalidParameter', 'Invalid parameter: Empty message');
  if (Buffer.byteLength(message) > MESSAGE_LIMIT_BYTES) {
    throw new SnsError('InvalidParameter', 'Invalid parameter: Message too long');
  }
  // ASCII without line breaks, beginning with no white space, fewer than 100 characters.
  if (title !== undefined && !/^[!-~][ -~]{0,98}$/.test(title)) {
    throw new SnsError('InvalidParameter', 'Invalid parameter: Subject');
  }
  return { MessageId: subject.publish(topic, title, message).messageId };
}

function attributes({ topics, cloud }: SnsApiSubject, parameters: URLSearchParams): Xml {
  const { arn, settings, policy, subscriptions } = topicOf(topics, parameters.get('TopicArn'));
  const entries: Readonly<Record<string, string | undefined>> = {
    TopicArn: arn,
    Owner: cloud.accountId,
    DisplayName: settings.displayName,
    KmsMasterKeyId: settings.keyId,
    Policy: policy === undefined ? undefined : JSON.stringify(policy),
    SubscriptionsConfirmed: String(subscriptions.size),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
  };
  const entry = Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
  return { Attributes: { entry } };
}

function topicOf(topics: ReadonlyMap<string, Topic>, arn: string | null): Topic {
  if (arn === null) throw new SnsError('InvalidParameter', 'Invalid parameter: TopicArn or TargetArn Reason: no value');
  const found = topics.get(arn);
  if (found === undefined) throw new SnsError('NotFound', 'Topic does not exist');
  return found;
}

const XML = { 'content-type': 'text/xml' } as const;

function response(action: string, result: Xml | undefined): ApiResponse {
  const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } };
  return { status: 200, headers: XML, body: xmlDocument(`${action}Response`, NAMESPACE, content) };
}

function failure({ status, code, message }: SnsError): ApiResponse {
  const content = { Error: { Type: 'Sender', Code: code, Message: message }, RequestId: randomUUID() };
  return { status, headers: XML, body: xmlDocument('ErrorResponse', NAMESPACE, content) };
}
