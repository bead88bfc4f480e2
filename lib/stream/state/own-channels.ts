import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CHANNEL_TAGS, STATE_TAGS } from '../../../lambda/shared/channels/tags';

const ANY_CHANNEL = `arn:${Aws.PARTITION}:medialive:${Aws.REGION}:${Aws.ACCOUNT_ID}:channel:*`;

/**
 * Returns the permissions of a function of the stack on MediaLive channels. It may look at all channels, because no
 * narrower grant still tells a missing channel from a forbidden one. It may start and stop the channels with this stack's
 * tag, and set the two tags of their state. The grants go by tag and not by ARN, because a function that a channel waits
 * for cannot name the channel.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_medialive.html
 */
export function ownChannelStatements(): readonly PolicyStatement[] {
  const own = { StringEquals: { [`aws:ResourceTag/${CHANNEL_TAGS.stack}`]: Aws.STACK_ID } };
  return [
    new PolicyStatement({ actions: ['medialive:DescribeChannel'], resources: [ANY_CHANNEL] }),
    new PolicyStatement({
      actions: ['medialive:StartChannel', 'medialive:StopChannel'],
      resources: [ANY_CHANNEL],
      conditions: own,
    }),
    new PolicyStatement({
      actions: ['medialive:CreateTags', 'medialive:DeleteTags'],
      resources: [ANY_CHANNEL],
      // Without this condition a function could give a channel to another stack, or remove its settings.
      conditions: { ...own, 'ForAllValues:StringEquals': { 'aws:TagKeys': Object.values(STATE_TAGS) } },
    }),
  ];
}

/** Reason for the wildcard in the role of such a function, for cdk-nag. */
export const OWN_CHANNELS_ACKNOWLEDGEMENT = {
  id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:medialive:<AWS::Region>:<AWS::AccountId>:channel:*]',
  reason:
    'A channel waits for this function before it is changed, so the function cannot name it. It may look at channels, and change those alone that carry the tag of this stack.',
} as const;

/** Returns the permission to list alerts. The action has no resource type, so a grant on a channel would grant nothing. */
export function listAlertsStatement(): PolicyStatement {
  return new PolicyStatement({ actions: ['medialive:ListAlerts'], resources: ['*'] });
}

/** Reason for the wildcard of {@link listAlertsStatement}, for cdk-nag. */
export const LIST_ALERTS_ACKNOWLEDGEMENT = {
  id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
  reason: 'MediaLive has no resource type for ListAlerts, so IAM accepts a grant only on all resources.',
} as const;
