import { Alias } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { LiveStream } from '../channel/live-stream';

/**
 * Returns the topic that reports what the stack did automatically: the channels that it stopped and why, once a day the
 * running channels, and failures of its guard.
 */
export function noticesTopic(scope: Construct, id: string, { emails }: LiveStream['notices']): ITopic {
  const topic = new Topic(scope, id, {
    // SNS accepts 100 characters, fewer than a stack's name may have. The topic's name, below each mail, begins with the
    // stack's name.
    displayName: 'Live streaming',
    masterKey: Alias.fromAliasName(scope, `${id}Key`, 'alias/aws/sns'),
    enforceSSL: true,
  });
  for (const email of emails) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
