import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import type { LiveChannel } from '../../channel/live-channel';
import { scheduleEntries } from '../../channel/schedule';
import { runningCostPerHour } from '../../cost/cost';
import type { Bundle } from '../bundles';
import type { Encoder } from '../encoder/encoder';
import { pascalCase } from '../names';
import type { OriginChannel } from '../origin/origin';
import { StackFunction } from '../stack-function';
import { OWN_CHANNELS_ACKNOWLEDGEMENT, ownChannelStatements } from './own-channels';

/** A channel for the guard to look after. */
export interface GuardedChannel {
  readonly channel: LiveChannel;
  readonly origin: Pick<OriginChannel, 'kind'>;
  readonly encoder: Encoder;
  /** There once the channel is in its state. */
  readonly run: IDependable;
}

/** What the guard is made from. */
export interface MoneyGuardProps {
  readonly bundle: Bundle;
  readonly channels: readonly GuardedChannel[];
  readonly notices: ITopic;
}

/**
 * Looks after what costs money while nobody looks: a function that goes on patrol every five minutes, and at once when
 * a channel changes its state or an update of the stack was rolled back. It stops channels whose input is lost for too
 * long or that run for too long, starts again what was stopped for an update that failed, tells once a day what runs,
 * and keeps the channels' schedules.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid-alerts.html
 */
export class MoneyGuard extends Construct {
  private readonly function: StackFunction;
  private readonly scheduler: Role;

  constructor(scope: Construct, id: string, { bundle, channels, notices }: MoneyGuardProps) {
    super(scope, id);
    this.function = new StackFunction(this, 'Patrol', {
      description: 'Stops channels that were forgotten, keeps their schedules, and tells what runs',
      bundle,
      // By schedule it starts a channel and waits, which takes up to ten minutes.
      timeout: Duration.minutes(15),
      failures: notices,
      // The next patrol comes soon.
      retries: 1,
      environment: {
        STACK_ID: Aws.STACK_ID,
        TOPIC_ARN: notices.topicArn,
        CHANNELS: Stack.of(this).toJsonString(channels.map(guarded)),
      },
      statements: [
        ...ownChannelStatements(),
        // It has no resource type: a grant on a channel grants nothing.
        new PolicyStatement({ actions: ['medialive:ListAlerts'], resources: ['*'] }),
        new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
      ],
    });
    const { role } = this.function.function;
    if (role !== undefined) Validations.of(role).acknowledge(OWN_CHANNELS_ACKNOWLEDGEMENT, LIST_ALERTS_ACKNOWLEDGEMENT);

    this.scheduler = new Role(this, 'SchedulerRole', {
      description: 'Lets EventBridge Scheduler invoke the guard of the stack',
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
            new PolicyStatement({
              actions: ['lambda:InvokeFunction'],
              resources: [this.function.function.functionArn],
            }),
          ],
        }),
      },
    });

    // After the channels' Run, so that nothing starts a channel any more when the stack is deleted.
    const runs = channels.map(({ run }) => run);
    this.schedule('EveryFiveMinutes', 'rate(5 minutes)', { task: 'patrol' }, runs);
    this.schedule('EveryDay', 'rate(1 day)', { task: 'report' }, runs);
    for (const { channel, run } of channels) this.keepSchedule(channel, run);

    this.patrolOn('ChannelStateChange', runs, {
      source: ['aws.medialive'],
      'detail-type': ['MediaLive Channel State Change'],
      detail: { channel_arn: channels.map(({ encoder }) => encoder.channelArn), state: ['RUNNING', 'STOPPED', 'IDLE'] },
    });
    this.patrolOn('UpdateRolledBack', runs, {
      source: ['aws.cloudformation'],
      'detail-type': ['CloudFormation Stack Status Change'],
      detail: { 'stack-id': [Aws.STACK_ID], 'status-details': { status: ['UPDATE_ROLLBACK_COMPLETE'] } },
    });
  }

  private keepSchedule({ name, schedule }: LiveChannel, run: IDependable): void {
    for (const [index, { act, expression, withinMinutes }] of (schedule === undefined
      ? []
      : scheduleEntries(schedule)
    ).entries()) {
      const id = `${pascalCase(name)}${pascalCase(act)}${index}`;
      this.schedule(
        id,
        expression,
        { task: act, channel: name, at: SCHEDULED_TIME, withinMinutes },
        [run],
        schedule?.timeZone,
      );
    }
  }

  private schedule(id: string, expression: string, task: object, after: IDependable[], timeZone?: string): void {
    const schedule = new CfnSchedule(this, id, {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: expression,
      ...(timeZone === undefined ? {} : { scheduleExpressionTimezone: timeZone }),
      target: {
        arn: this.function.function.functionArn,
        roleArn: this.scheduler.roleArn,
        input: JSON.stringify(task),
        // It bounds the delivery into Lambda's queue alone; in there the function's own limits hold.
        retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 5 },
      },
    });
    schedule.node.addDependency(...after, this.function.bounded);
  }

  private patrolOn(id: string, after: readonly IDependable[], eventPattern: object): void {
    const rule = new CfnRule(this, id, {
      eventPattern,
      targets: [{ id: 'guard', arn: this.function.function.functionArn, input: JSON.stringify({ task: 'patrol' }) }],
    });
    rule.node.addDependency(...after, this.function.bounded);
    this.function.function.addPermission(id, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.attrArn,
    });
  }
}

/**
 * What EventBridge Scheduler puts the time in place of at which an event was due.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

const LIST_ALERTS_ACKNOWLEDGEMENT = {
  id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
  reason: 'MediaLive has no resource type for ListAlerts, so IAM takes a grant of it on all resources alone.',
} as const;

function guarded({ channel, origin, encoder }: GuardedChannel) {
  const { afterInputLossMinutes, afterRunningHours } = channel.autoStop;
  return {
    id: encoder.channelId,
    name: channel.name,
    ...(afterInputLossMinutes === 'never' ? {} : { afterInputLossMinutes }),
    ...(afterRunningHours === 'never' ? {} : { afterRunningHours }),
    usdPerHour: runningCostPerHour(channel, { origin: origin.kind }).usd,
  };
}
