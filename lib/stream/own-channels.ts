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

const ANY_CHANNEL = `arn:${Aws.PARTITION}:medialive:${Aws.REGION}:${Aws.ACCOUNT_ID}:channel:*`;

/**
 * What a function of the stack may do with MediaLive channels: look at all, for which there is no narrower grant that
 * still tells a missing channel from a forbidden one; change those that carry this stack's tag. By tag and not by ARN,
 * because a function that a channel waits for cannot name the channel.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_medialive.html
 */
export function ownChannelStatements(look: readonly string[], change: readonly string[]): readonly PolicyStatement[] {
  return [
    new PolicyStatement({ actions: [...look], resources: [ANY_CHANNEL] }),
    new PolicyStatement({
      actions: [...change],
      resources: [ANY_CHANNEL],
      conditions: { StringEquals: { [`aws:ResourceTag/${CHANNEL_TAGS.stack}`]: Aws.STACK_ID } },
    }),
  ];
}

/** Why the role of such a function has a wildcard, for cdk-nag. */
export const OWN_CHANNELS_ACKNOWLEDGEMENT = {
  id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:medialive:<AWS::Region>:<AWS::AccountId>:channel:*]',
  reason:
    'A channel waits for this function before it is changed, so the function cannot name it. It may look at channels, and change those alone that carry the tag of this stack.',
} as const;
