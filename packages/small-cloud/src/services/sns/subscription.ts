import { randomUUID } from 'node:crypto';
import type { ResourceRequest } from '../../contract';
import { PropertyReader } from '../kit/property-reader';

/** An address that a topic's messages would be mailed to. */
export interface Subscription {
  readonly arn: string;
  readonly protocol: 'email' | 'email-json';
  readonly endpoint: string;
}

/** The declared properties of a subscription. */
export type SubscriptionSettings = Omit<Subscription, 'arn'>;

/**
 * Reads the properties of an AWS::SNS::Subscription.
 *
 * @throws UnsupportedError for other protocols than mail, and for everything else that is not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html
 */
export function declaredSubscription(request: ResourceRequest): SubscriptionSettings & { readonly topicArn: string } {
  const declared = PropertyReader.of(request).onlyEmpty('RawMessageDelivery');
  const topicArn = declared.text('TopicArn');
  const settings = subscriptionSettings(declared);
  declared.end();
  return { topicArn, ...settings };
}

/**
 * Reads an address by mail, the only protocol: nothing leaves this machine, so the screen shows what would be mailed.
 *
 * @throws UnsupportedError for other protocols.
 */
export function subscriptionSettings(declared: PropertyReader): SubscriptionSettings {
  const protocol = declared.oneOf('Protocol', ['email', 'email-json']);
  const endpoint = declared.text('Endpoint');
  if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) {
    throw new Error(`${declared.at('Endpoint')}: ${endpoint} was given; an email address is needed`);
  }
  return { protocol, endpoint };
}

/** Makes a subscription to a topic, with an ARN of its own. */
export function subscription(topicArn: string, settings: SubscriptionSettings): Subscription {
  return { arn: `${topicArn}:${randomUUID()}`, ...settings };
}
