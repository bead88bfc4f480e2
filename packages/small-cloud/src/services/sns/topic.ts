import { randomUUID } from 'node:crypto';
import type { PolicyDocument, ResourceRequest } from '../../contract';
import { Declared } from '../kit/declared';

/** A message that was published, whole. */
export interface Message {
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** The cloud's time, in milliseconds since 1970. */
  readonly publishedAt: number;
}

/** An address that a topic's messages would be mailed to. */
export interface Subscription {
  readonly arn: string;
  readonly protocol: 'email' | 'email-json';
  readonly endpoint: string;
}

/** What the properties of a subscription say. */
export type SubscriptionSettings = Omit<Subscription, 'arn'>;

/** What the properties of a topic say. */
export interface TopicSettings {
  readonly name: string | undefined;
  readonly displayName: string;
  readonly keyId: string | undefined;
  /** Those that are written into the topic itself. */
  readonly subscriptions: readonly SubscriptionSettings[];
}

/** A topic that is there. */
export interface Topic {
  readonly arn: string;
  readonly name: string;
  settings: TopicSettings;
  /** By ARN: those of the topic's own properties, and those that are resources of their own. */
  readonly subscriptions: Map<string, Subscription>;
  /** What AWS::SNS::TopicPolicy says; undefined while there is none. */
  policy: PolicyDocument | undefined;
  readonly messages: Message[];
}

/**
 * Reads the properties of an AWS::SNS::Topic.
 *
 * @throws UnsupportedError for FIFO topics, keys of the customer's own, and all else that is not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
 */
export function topicSettings(request: ResourceRequest): TopicSettings {
  const declared = Declared.of(request).withoutEffect('Tags').onlyEmpty('FifoTopic');
  const name = declared.maybeText('TopicName');
  if (name !== undefined && !/^[\w-]{1,256}$/.test(name)) {
    throw new Error(
      `${declared.path}.TopicName: Invalid parameter: Topic Name (${name}). Use 1 to 256 of A-Z a-z 0-9 _ -.`,
    );
  }
  const displayName = declared.maybeText('DisplayName') ?? '';
  if (displayName.length > 100) {
    throw new Error(`${declared.path}.DisplayName: Invalid parameter: DisplayName. It has at most 100 characters.`);
  }
  const keyId = declared.maybeText('KmsMasterKeyId');
  // By its alias, or by the alias's ARN.
  if (keyId !== undefined && keyId.replace(/^arn:[\w-]+:kms:[\w-]*:\d*:/, '') !== AWS_KEY) {
    throw declared.unsupported('KmsMasterKeyId', `"${keyId}" is not; known: ${AWS_KEY}`);
  }
  const subscriptions = declared.list('Subscription').map(subscriptionSettings);
  declared.end();
  return { name, displayName, keyId, subscriptions };
}

/** The key that encrypts topics without asking anybody; nothing is encrypted here. */
const AWS_KEY = 'alias/aws/sns';

/**
 * Reads who is subscribed, by mail only: nothing leaves this machine, so mail is told on the screen.
 *
 * @throws UnsupportedError for other protocols.
 */
export function subscriptionSettings(declared: Declared): SubscriptionSettings {
  const protocol = declared.oneOf('Protocol', ['email', 'email-json']);
  const endpoint = declared.text('Endpoint');
  if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) {
    throw new Error(`${declared.path}.Endpoint: Invalid parameter: Email address: "${endpoint}" is none.`);
  }
  return { protocol, endpoint };
}

/** Subscribes, with an ARN of its own. */
export function subscribe(topic: Topic, settings: SubscriptionSettings): Subscription {
  const subscription = { arn: `${topic.arn}:${randomUUID()}`, ...settings };
  topic.subscriptions.set(subscription.arn, subscription);
  return subscription;
}

/** Gives a topic new properties; of the subscriptions that the old ones wrote into it, the new ones' take the place. */
export function resettle(topic: Topic, settings: TopicSettings): void {
  const gone = topic.settings.subscriptions.map(({ protocol, endpoint }) => `${protocol} ${endpoint}`);
  for (const { arn, protocol, endpoint } of topic.subscriptions.values()) {
    if (gone.includes(`${protocol} ${endpoint}`)) topic.subscriptions.delete(arn);
  }
  topic.settings = settings;
  for (const subscription of settings.subscriptions) subscribe(topic, subscription);
}
