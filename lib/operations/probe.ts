import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { streamTiming } from '../channel/latency';
import type { Bundle } from '../stream/bundles';
import { schedulerRole } from '../stream/scheduler-role';
import { StackFunction } from '../stream/stack-function';
import type { Viewing } from '../stream/viewing';
import { probedPath } from './probed';
import type { WatchedChannel } from './watched-channel';

/** Properties of {@link Probe}. */
export interface ProbeProps {
  readonly bundle: Bundle;
  readonly channels: readonly WatchedChannel[];
  /** Domain name of the distribution, which the probe plays from as a viewer would. */
  readonly edgeDomain: string;
  /** Means to watch private channels. @default all channels are public */
  readonly viewing: Viewing | undefined;
}

/**
 * Plays every running channel through the edge once a minute, and writes metrics about it. A channel that does not run has
 * no metrics, so that its alarms stay quiet.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export class Probe extends Construct {
  readonly functionName: string;

  constructor(scope: Construct, id: string, { bundle, channels, edgeDomain, viewing }: ProbeProps) {
    super(scope, id);
    const made = new StackFunction(this, 'Probe', {
      description: 'Plays the running channels of the stack through the edge and measures what viewers get',
      bundle,
      timeout: Duration.seconds(55),
      // The next minute comes soon.
      retries: 0,
      environment: {
        STACK_NAME: Aws.STACK_NAME,
        EDGE: `https://${edgeDomain}`,
        CHANNELS: Stack.of(this).toJsonString(channels.flatMap((channel) => probed(channel, viewing !== undefined))),
        ...viewing?.environment,
      },
      statements: [
        new PolicyStatement({
          actions: ['medialive:DescribeChannel'],
          resources: channels.map(({ arn }) => arn),
        }),
        ...(viewing?.statements ?? []),
      ],
    });
    this.functionName = made.lambda.functionName;
    const scheduler = schedulerRole(this, 'SchedulerRole', {
      description: 'Lets EventBridge Scheduler invoke the probe of the stack',
      functionArn: made.lambda.functionArn,
    });
    const schedule = new CfnSchedule(this, 'EveryMinute', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'rate(1 minute)',
      target: {
        arn: made.lambda.functionArn,
        roleArn: scheduler.roleArn,
        input: '{}',
        // A measurement that comes late measures another minute.
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 },
      },
    });
    schedule.node.addDependency(made.bounded);
  }
}

/** Returns the entry of a channel in the function's environment variable `CHANNELS`; none for one that is not probed. */
function probed(watched: WatchedChannel, withAccess: boolean) {
  const path = probedPath(watched);
  if (path === undefined) return [];
  const { id, channel } = watched;
  const { segmentSeconds } = streamTiming(channel.latency);
  const isPrivate = withAccess && channel.access !== 'public' ? true : undefined;
  return [{ id, name: channel.name, path, segmentSeconds, isPrivate }];
}
