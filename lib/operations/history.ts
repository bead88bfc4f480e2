import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnResourcePolicy, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { WatchedChannel } from './watched-channel';

/** Types of events that tell what happened to a channel. */
export const HISTORY_EVENTS = [
  'MediaLive Channel State Change',
  'MediaLive Channel Alert',
  'MediaLive Channel Input Change',
] as const;

/**
 * Keeps MediaLive's events in a log group of the stack for 30 days.
 *
 * EventBridge writes to log groups only whose names begin with `/aws/events/`, and only where a resource policy of
 * CloudWatch Logs allows it. A role on the target is not used; without the policy, nothing arrives and nothing is said.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export class History extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, channels: readonly WatchedChannel[]) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/events/${Aws.STACK_NAME}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.logGroupName = logGroup.logGroupName;
    const policy = new CfnResourcePolicy(this, 'Policy', {
      policyName: `${Aws.STACK_NAME}-history`,
      policyDocument: Stack.of(this).toJsonString({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: logGroup.logGroupArn,
          },
        ],
      }),
    });
    const rule = new CfnRule(this, 'Events', {
      eventPattern: {
        source: ['aws.medialive'],
        'detail-type': [...HISTORY_EVENTS],
        detail: { channel_arn: channels.map(({ arn }) => arn) },
      },
      targets: [
        {
          id: 'history',
          arn: Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logGroup.logGroupName}` }),
        },
      ],
    });
    rule.node.addDependency(policy);
  }
}
