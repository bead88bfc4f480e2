import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import type { Bundle } from '../stream/bundles';
import { StackFunction } from '../stream/stack-function';
import type { Viewing } from '../stream/viewing';
import { Events } from './events';
import { bucketWildcards, PRIVATE_CATALOGUES, storeStatements } from './grants';
import type { Harvests } from './harvest-grants';
import { type RecordingChannel, recordedChannels } from './recorded';

/** The properties that the functions of the recording have in common. */
export interface RecordingFunctionProps {
  readonly bundle: Bundle;
  /** The recorded channels. */
  readonly channels: readonly RecordingChannel[];
  readonly bucket: Bucket;
  readonly harvests: Harvests;
  readonly notices: ITopic;
  /** True in a stack with viewer access. */
  readonly withAccess: boolean;
  /** Resources that exist for as long as events are sent. */
  readonly after: readonly IDependable[];
}

/** The properties of the recorder. */
export interface RecorderFunctionProps extends RecordingFunctionProps {
  readonly distribution: Distribution;
  readonly viewing: Viewing | undefined;
  /** The function that lists recordings, where the recorder writes them itself. @default an event tells it */
  readonly told?: StackFunction | undefined;
}

/** Longest time of one invocation: whoever publishes may come minutes after the channel is RUNNING. */
export const RECORDER_TIMEOUT = Duration.minutes(10);

/** The function that notes when channels begin and end, and asks for harvests. */
export class RecorderFunction extends Construct {
  readonly made: StackFunction;
  readonly events: Events;

  constructor(scope: Construct, id: string, props: RecorderFunctionProps) {
    super(scope, id);
    const { bundle, channels, bucket, harvests, notices, withAccess, after, distribution, viewing, told } = props;
    this.made = new StackFunction(this, 'Function', {
      description: 'Records the runs of channels, and makes clips for the operator',
      bundle,
      timeout: RECORDER_TIMEOUT,
      failures: notices,
      environment: {
        BUCKET: bucket.bucketName,
        EDGE: `https://${distribution.distributionDomainName}`,
        DISTRIBUTION_ID: distribution.distributionId,
        TOPIC_ARN: notices.topicArn,
        CHANNELS: Stack.of(this).toJsonString(recordedChannels(channels, withAccess)),
        ...harvests.recorder.environment,
        ...(told === undefined ? {} : { CATALOGUE_FUNCTION: told.lambda.functionName }),
        ...viewing?.environment,
      },
      statements: [
        new PolicyStatement({
          actions: ['medialive:DescribeChannel'],
          resources: channels.map(({ encoder }) => encoder.channelArn),
        }),
        ...storeStatements(bucket),
        // Recordings that an operator removes.
        new PolicyStatement({
          actions: ['s3:DeleteObject'],
          resources: [bucket.arnForObjects('vod/*'), bucket.arnForObjects('conversion/*')],
        }),
        new PolicyStatement({
          actions: ['cloudfront:CreateInvalidation'],
          resources: [distribution.distributionArn],
        }),
        ...harvests.recorder.statements,
        ...(told === undefined ? [] : [invoking(told)]),
        ...(viewing?.statements ?? []),
      ],
    });
    Validations.of(this.made.role).acknowledge(
      ...bucketWildcards(this, bucket, ['runs/*', PRIVATE_CATALOGUES, 'vod/*', 'conversion/*']),
      ...harvests.recorder.acknowledged,
    );
    this.events = new Events(this, 'Events', {
      made: this.made,
      purpose: 'Lets EventBridge Scheduler invoke the recorder of the stack',
      copies: told !== undefined,
      after,
      heard: { ChannelStateChange: stateChange(channels) },
    });
  }
}

/** Pattern of the events of a channel's beginning and end. */
function stateChange(channels: readonly RecordingChannel[]): object {
  return {
    source: ['aws.medialive'],
    'detail-type': ['MediaLive Channel State Change'],
    detail: {
      channel_arn: channels.map(({ encoder }) => encoder.channelArn),
      // AWS's example says STOPPED, the API says IDLE. Both may come: the second finds nothing to do.
      state: ['RUNNING', 'STOPPED', 'IDLE'],
    },
  };
}

function invoking({ lambda }: StackFunction): PolicyStatement {
  return new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] });
}
