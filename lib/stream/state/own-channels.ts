import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** The tags that every channel of a stack carries. The functions of the stack know them by the same names. */
export const CHANNEL_TAGS = {
  /** Id of the stack: what the permissions of its functions go by. */
  stack: 'live-streaming:stack',
  /** The channel's name in the description. */
  channel: 'live-streaming:channel',
  /** Hash of all that is baked into the channel and its input. */
  settings: 'live-streaming:settings',
} as const;

/** The tags that the functions of the stack write and remove; the others are what their permissions go by. */
const STATE_TAGS = ['live-streaming:resume', 'live-streaming:running-since'];

const ANY_CHANNEL = `arn:${Aws.PARTITION}:medialive:${Aws.REGION}:${Aws.ACCOUNT_ID}:channel:*`;

/**
 * What a function of the stack may do with MediaLive channels: look at all, for which there is no narrower grant that
 * still tells a missing channel from a forbidden one; start and stop those that carry this stack's tag, and mark them
 * with the two tags of their state. By tag and not by ARN, because a function that a channel waits for cannot name the
 * channel.
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
      // Else a function could give a channel to another stack, or take its settings from it.
      conditions: { ...own, 'ForAllValues:StringEquals': { 'aws:TagKeys': STATE_TAGS } },
    }),
  ];
}

/** Why the role of such a function has a wildcard, for cdk-nag. */
export const OWN_CHANNELS_ACKNOWLEDGEMENT = {
  id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:medialive:<AWS::Region>:<AWS::AccountId>:channel:*]',
  reason:
    'A channel waits for this function before it is changed, so the function cannot name it. It may look at channels, and change those alone that carry the tag of this stack.',
} as const;
