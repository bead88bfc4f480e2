import type { PolicyDocument, ResourceRequest } from '../../contract';
import { notModelled } from '../kit/not-modelled';
import { PropertyReader } from '../kit/property-reader';
import { type Subscription, type SubscriptionSettings, subscription, subscriptionSettings } from './subscription';

/** A message that was published. */
export interface Message {
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** The cloud's time, in milliseconds since 1970. */
  readonly publishedAt: number;
}

/** The declared properties of a topic. */
export interface TopicSettings {
  readonly name: string | undefined;
  readonly displayName: string;
  readonly keyId: string | undefined;
  /** Subscriptions that are declared in the topic itself. */
  readonly subscriptions: readonly SubscriptionSettings[];
}

/** A topic of the account. */
export interface Topic {
  readonly arn: string;
  readonly name: string;
  settings: TopicSettings;
  /** By ARN: the topic's own, and those that are resources of their own. */
  readonly subscriptions: Map<string, Subscription>;
  /** The document of its AWS::SNS::TopicPolicy; undefined while there is none. */
  policy: PolicyDocument | undefined;
  readonly messages: Message[];
}

/**
 * Reads the properties of an AWS::SNS::Topic.
 *
 * @throws UnsupportedError for FIFO topics, the customer's own keys, and everything else that is not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
 */
export function topicSettings(request: ResourceRequest): TopicSettings {
  const declared = PropertyReader.of(request).withoutEffect('Tags').onlyEmpty('FifoTopic');
  const name = declared.maybeText('TopicName');
  if (name !== undefined && !/^[\w-]{1,256}$/.test(name)) {
    throw new Error(`${declared.at('TopicName')}: ${name} was given; 1 to 256 of A-Z a-z 0-9 _ - are needed`);
  }
  const displayName = declared.maybeText('DisplayName') ?? '';
  if (displayName.length > 100) {
    throw new Error(`${declared.at('DisplayName')}: ${displayName} was given; at most 100 characters are needed`);
  }
  const keyId = declared.maybeText('KmsMasterKeyId');
  // The alias itself, or the ARN of the alias.
  if (keyId !== undefined && keyId.replace(/^arn:[\w-]+:kms:[\w-]*:\d*:/, '') !== AWS_KEY) {
    throw notModelled(declared.at('KmsMasterKeyId'), { given: keyId, known: [AWS_KEY] });
  }
  const subscriptions = declared.list('Subscription').map(subscriptionSettings);
  declared.end();
  return { name, displayName, keyId, subscriptions };
}

/** The AWS managed key, which needs no grant. The local run encrypts nothing. */
const AWS_KEY = 'alias/aws/sns';

/** Adds a subscription to a topic. */
export function subscribe(topic: Topic, settings: SubscriptionSettings): Subscription {
  const added = subscription(topic.arn, settings);
  topic.subscriptions.set(added.arn, added);
  return added;
}

/** Gives a topic new properties. The subscriptions that they declare replace those that the old ones declared. */
export function resettle(topic: Topic, settings: TopicSettings): void {
  const gone = topic.settings.subscriptions.map(({ protocol, endpoint }) => `${protocol} ${endpoint}`);
  for (const { arn, protocol, endpoint } of topic.subscriptions.values()) {
    if (gone.includes(`${protocol} ${endpoint}`)) topic.subscriptions.delete(arn);
  }
  topic.settings = settings;
  for (const declared of settings.subscriptions) subscribe(topic, declared);
}
