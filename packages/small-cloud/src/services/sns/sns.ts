import { randomUUID } from 'node:crypto';
import type { ApiHandler, Cloud, ResourceProvider, ResourceRequest, ResourceState, Service } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { physicalName } from '../kit/physical-name';
import { snsApi } from './api';
import { notice } from './notice';
import { declaredSubscription } from './subscription';
import { type Message, resettle, subscribe, type Topic, topicSettings } from './topic';
import { declaredTopicPolicy } from './topic-policy';

/**
 * SNS: topics keep the messages that are published, and show on the screen to whom they would be mailed. Nothing leaves
 * this machine. Subscriptions count as confirmed.
 */
export class Sns implements Service {
  private readonly topics = new Map<string, Topic>();
  readonly api: Readonly<Record<string, ApiHandler>>;

  constructor(private readonly cloud: Cloud) {
    this.api = {
      sns: snsApi({
        cloud,
        topics: this.topics,
        publish: (topic, subject, message) => this.publish(topic, subject, message),
      }),
    };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::SNS::Topic': {
      create: async (request) => this.createTopic(request),
      update: async (state, request) => {
        resettle(this.topic(state.physicalId), topicSettings(request));
        return state;
      },
      replacedBy: ['TopicName', 'FifoTopic'],
      delete: async ({ physicalId }) => {
        this.topics.delete(physicalId);
      },
    },
    'AWS::SNS::TopicPolicy': {
      create: async (request) => {
        this.setPolicies(request);
        const physicalId = physicalName(request);
        return { physicalId, ref: physicalId, attributes: { Id: physicalId } };
      },
      update: async (state, request, previous) => {
        this.removePolicies({ ...request, properties: previous });
        this.setPolicies(request);
        return state;
      },
      delete: async (_, request) => this.removePolicies(request),
    },
    'AWS::SNS::Subscription': {
      create: async (request) => this.subscribe(request),
      update: async (state, request) => {
        declaredSubscription(request);
        return state;
      },
      replacedBy: ['TopicArn', 'Protocol', 'Endpoint'],
      delete: async ({ physicalId }) => {
        for (const topic of this.topics.values()) topic.subscriptions.delete(physicalId);
      },
    },
  };

  /** The messages that were published to a topic, oldest first. Empty when there is no such topic. */
  messages(topicArn: string): readonly Message[] {
    return this.topics.get(topicArn)?.messages ?? [];
  }

  /** Publishes for another service. @throws AwsError when there is no such topic. */
  publishTo(topicArn: string, message: string): void {
    this.publish(this.topic(topicArn), undefined, message);
  }

  private publish(topic: Topic, subject: string | undefined, text: string): Message {
    const message = { messageId: randomUUID(), subject, message: text, publishedAt: this.cloud.clock.now() };
    topic.messages.push(message);
    this.cloud.tell('notice', notice(topic, message), 'warning');
    return message;
  }

  private createTopic(request: ResourceRequest): ResourceState {
    const { partition, region, accountId } = this.cloud;
    const settings = topicSettings(request);
    const name = settings.name ?? physicalName(request, 256);
    const arn = `arn:${partition}:sns:${region}:${accountId}:${name}`;
    if (this.topics.has(arn)) throw new Error(`${arn} already exists`);
    const topic: Topic = { arn, name, settings, subscriptions: new Map(), policy: undefined, messages: [] };
    resettle(topic, settings);
    this.topics.set(arn, topic);
    return { physicalId: arn, ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  }

  private subscribe(request: ResourceRequest): ResourceState {
    const { topicArn, protocol, endpoint } = declaredSubscription(request);
    const { arn } = subscribe(this.topic(topicArn), { protocol, endpoint });
    return { physicalId: arn, ref: arn, attributes: { Arn: arn } };
  }

  private setPolicies(request: ResourceRequest): void {
    const { document, topics } = declaredTopicPolicy(request);
    // Look up every topic before changing the first, so that a refusal changes nothing.
    for (const topic of topics.map((arn) => this.topic(arn))) topic.policy = document;
  }

  private removePolicies(request: ResourceRequest): void {
    for (const arn of declaredTopicPolicy(request).topics) {
      const topic = this.topics.get(arn);
      if (topic !== undefined) topic.policy = undefined;
    }
  }

  private topic(arn: string): Topic {
    const found = this.topics.get(arn);
    if (found === undefined) throw new AwsError('NotFound', `Topic does not exist: ${arn}`, 404);
    return found;
  }
}
