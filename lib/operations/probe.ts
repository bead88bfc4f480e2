import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { streamTiming } from '../channel/latency';
import type { Bundle } from '../stream/bundles';
import { StackFunction } from '../stream/stack-function';
import type { WatchedChannel } from './watched-channel';

/** Properties of {@link Probe}. */
export interface ProbeProps {
  readonly bundle: Bundle;
  readonly channels: readonly WatchedChannel[];
  /** Domain name of the distribution, which the probe plays from as a viewer would. */
  readonly edgeDomain: string;
}

/** Formats that the probe can read, the one first that most viewers play. */
const PROBED_FORMATS = ['hls', 'll-hls', 'hls-ts', 'dash'];

/**
 * The probe: a function that plays every running channel through the edge once a minute and writes metrics of what it
 * saw. It sends nothing while a channel does not run, so that nothing is measured that nobody could watch.
 *
 * A channel of Smooth Streaming alone is not probed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export class Probe extends Construct {
  readonly functionName: string;

  constructor(scope: Construct, id: string, { bundle, channels, edgeDomain }: ProbeProps) {
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
        CHANNELS: Stack.of(this).toJsonString(channels.flatMap(probed)),
      },
      statements: [
        new PolicyStatement({
          actions: ['medialive:DescribeChannel'],
          resources: channels.map(({ arn }) => arn),
        }),
      ],
    });
    this.functionName = made.lambda.functionName;
    const scheduler = new Role(this, 'SchedulerRole', {
      description: 'Lets EventBridge Scheduler invoke the probe of the stack',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Aws.ACCOUNT_ID,
            // Scheduler names the group of a schedule, not the schedule.
            'aws:SourceArn': Stack.of(this).formatArn({
              service: 'scheduler',
              resource: 'schedule-group',
              resourceName: 'default',
            }),
          },
        },
      }),
      inlinePolicies: {
        invoke: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [made.lambda.functionArn] }),
          ],
        }),
      },
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

/** A channel as the function is told of it; none when it has no manifest that the probe can read. */
function probed({ id, channel, manifests }: WatchedChannel) {
  const [best] = PROBED_FORMATS.flatMap((format) => manifests.filter((one) => one.format === format));
  if (best === undefined) return [];
  return [{ id, name: channel.name, path: best.path, segmentSeconds: streamTiming(channel.latency).segmentSeconds }];
}
