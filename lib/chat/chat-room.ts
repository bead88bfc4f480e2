import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnRoom } from 'aws-cdk-lib/aws-ivschat';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Chat as Options } from '../channel/chat';
import type { BucketContent } from '../stream/bucket-content';
import type { Bundle } from '../stream/bundles';
import { StackFunction } from '../stream/stack-function';
import { ChatLogs } from './chat-logs';

/** The properties of a room. */
export interface ChatRoomProps {
  /** Name of the channel. */
  readonly channel: string;
  readonly options: Options;
  readonly review: Bundle;
  readonly content: BucketContent;
}

/**
 * The room of one channel, with the function that reviews its messages. The function calls nothing: it has 200 ms.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-message-review-handler.html
 */
export class ChatRoom extends Construct {
  readonly arn: string;
  readonly logs: ChatLogs | undefined;

  constructor(scope: Construct, id: string, { channel, options, review, content }: ChatRoomProps) {
    super(scope, id);
    const { words, links, repeats, slowSeconds, keepLogDays } = options;
    const made = new StackFunction(this, 'Review', {
      description: `Reviews the messages of the chat of channel ${channel}`,
      bundle: review,
      timeout: Duration.seconds(3),
      // More memory is a faster processor: a new copy of the function has to load within the 200 ms as well.
      memoryMegabytes: 1024,
      environment: { RULES: Stack.of(this).toJsonString({ words, links, repeats, slowSeconds }) },
    });
    const invoke = new CfnPermission(this, 'MayInvoke', {
      action: 'lambda:InvokeFunction',
      functionName: made.lambda.functionArn,
      principal: new ServicePrincipal('ivschat.amazonaws.com').service,
      sourceAccount: Aws.ACCOUNT_ID,
      // The room needs the function, so its own id is not known yet.
      sourceArn: `arn:${Aws.PARTITION}:ivschat:${Aws.REGION}:${Aws.ACCOUNT_ID}:room/*`,
    });
    this.logs =
      keepLogDays === undefined ? undefined : new ChatLogs(this, 'Logs', { keepDays: keepLogDays, content, channel });
    const room = new CfnRoom(this, 'Room', {
      name: channel,
      maximumMessageLength: options.messageLength,
      maximumMessageRatePerSecond: options.messagesPerSecond,
      messageReviewHandler: {
        uri: made.lambda.functionArn,
        fallbackResult: options.whenLate === 'allow' ? 'ALLOW' : 'DENY',
      },
      loggingConfigurationIdentifiers: this.logs && [this.logs.configuration.attrArn],
    });
    room.addDependency(invoke);
    this.arn = room.attrArn;
  }
}
