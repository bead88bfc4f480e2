import { Alias } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { LiveStream } from '../channel/live-stream';

/** The topic that says what the stack did by itself: what was stopped and why, once a day what runs, and what its functions failed at. */
export function noticesTopic(scope: Construct, id: string, { emails }: LiveStream['notices']): ITopic {
  const topic = new Topic(scope, id, {
    // SNS takes 100 characters, fewer than a stack's name may have; the topic's own name, below each mail, begins with it.
    displayName: 'Live streaming',
    masterKey: Alias.fromAliasName(scope, `${id}Key`, 'alias/aws/sns'),
    enforceSSL: true,
  });
  for (const email of emails) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
