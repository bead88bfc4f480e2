import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import { NOTICE_TAG } from '../../lambda/shared/channels/tags';
import type { Bundle } from '../stream/bundles';
import { StackFunction } from '../stream/stack-function';
import { LIST_ALERTS_ACKNOWLEDGEMENT, listAlertsStatement } from '../stream/state/own-channels';
import { alarmArns } from './alarms';
import type { WatchedChannel } from './watched-channel';

/** Properties of {@link AlarmNotices}. */
export interface AlarmNoticesProps {
  readonly bundle: Bundle;
  readonly channels: readonly WatchedChannel[];
  readonly notices: ITopic;
  /** Address of the dashboard in the console; undefined without one. */
  readonly dashboardUrl: string | undefined;
}

/**
 * Sends a notice when an alarm changes its state. An alarm cannot publish to the topic itself: the topic is encrypted with
 * the AWS managed key for SNS, which CloudWatch may not use, and the message would be dropped without a trace.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 * @see https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export class AlarmNotices extends Construct {
  readonly functionArn: string;
  /** Exists before the first alarm. */
  readonly ready: IDependable;

  constructor(scope: Construct, id: string, { bundle, channels, notices, dashboardUrl }: AlarmNoticesProps) {
    super(scope, id);
    const arns = channels.map(({ arn }) => arn);
    const made = new StackFunction(this, 'Notice', {
      description: 'Turns alarms of the stack into notices that say what to do',
      bundle,
      timeout: Duration.minutes(2),
      failures: notices,
      environment: {
        TOPIC_ARN: notices.topicArn,
        STACK_NAME: Aws.STACK_NAME,
        DASHBOARD_URL: dashboardUrl ?? '',
        CHANNELS: Stack.of(this).toJsonString(
          channels.map(({ id: channelId, channel }) => ({ id: channelId, name: channel.name })),
        ),
      },
      statements: [
        new PolicyStatement({ actions: ['medialive:DescribeChannel'], resources: arns }),
        // It counts its notices in tags of the channel, so that a flapping alarm makes no storm of messages.
        new PolicyStatement({
          actions: ['medialive:CreateTags'],
          resources: arns,
          conditions: { 'ForAllValues:StringLike': { 'aws:TagKeys': [`${NOTICE_TAG}*`] } },
        }),
        listAlertsStatement(),
      ],
    });
    Validations.of(made.role).acknowledge(LIST_ALERTS_ACKNOWLEDGEMENT);
    this.functionArn = made.lambda.functionArn;
    const permission = new CfnPermission(this, 'Alarms', {
      action: 'lambda:InvokeFunction',
      functionName: this.functionArn,
      principal: new ServicePrincipal('lambda.alarms.cloudwatch.amazonaws.com').service,
      sourceAccount: Aws.ACCOUNT_ID,
      sourceArn: alarmArns(this),
    });
    permission.node.addDependency(made.bounded);
    this.ready = permission;
  }
}
