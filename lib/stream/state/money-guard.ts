import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
import { schedulerRole } from '../scheduler-role';
import { StackFunction } from '../stack-function';
import {
  LIST_ALERTS_ACKNOWLEDGEMENT,
  listAlertsStatement,
  OWN_CHANNELS_ACKNOWLEDGEMENT,
  ownChannelStatements,
} from './own-channels';
import type { RunningState } from './running-state';

/** A channel that the guard looks after. */
export interface GuardedChannel {
  readonly channel: LiveChannel;
  readonly origin: Pick<OriginChannel, 'kind'>;
  readonly encoder: Encoder;
  readonly state: Pick<RunningState, 'run'>;
}

/** The properties of the guard. */
export interface MoneyGuardProps {
  readonly bundle: Bundle;
  readonly channels: readonly GuardedChannel[];
  readonly notices: ITopic;
}

/** An invocation of the function by a schedule. */
interface ScheduledInvocation {
  readonly expression: string;
  /** IANA time zone of the expression. @default UTC */
  readonly timeZone?: string | undefined;
  /** Input of the function. */
  readonly task: object;
  /** Resources that must exist before the schedule, and outlive it. */
  readonly after: readonly IDependable[];
}

/**
 * Limits the cost of forgotten channels. A function goes on patrol every five minutes, and at once when a channel changes
 * its state or an update of the stack was rolled back. It stops channels whose input is lost for too long or that run for
 * too long. It restarts channels that were stopped for an update that failed. It reports running channels once a day, and
 * keeps the channels' schedules.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid-alerts.html
 */
export class MoneyGuard extends Construct {
  private readonly patrol: StackFunction;
  private readonly scheduler: Role;

  constructor(scope: Construct, id: string, { bundle, channels, notices }: MoneyGuardProps) {
    super(scope, id);
    this.patrol = new StackFunction(this, 'Patrol', {
      description: 'Stops channels that were forgotten, keeps their schedules, and tells what runs',
      bundle,
      // A start by schedule waits for the channel, which takes up to ten minutes.
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
        listAlertsStatement(),
        new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
      ],
    });
    Validations.of(this.patrol.role).acknowledge(OWN_CHANNELS_ACKNOWLEDGEMENT, LIST_ALERTS_ACKNOWLEDGEMENT);
    this.scheduler = schedulerRole(this, 'SchedulerRole', {
      description: 'Lets EventBridge Scheduler invoke the guard of the stack',
      functionArn: this.patrol.lambda.functionArn,
    });

    // They depend on the channels' Run, so that nothing starts a channel any more while the stack is deleted.
    const runs = channels.map(({ state }) => state.run);
    this.schedule('EveryFiveMinutes', { expression: 'rate(5 minutes)', task: { task: 'patrol' }, after: runs });
    this.schedule('EveryDay', { expression: 'rate(1 day)', task: { task: 'report' }, after: runs });
    for (const { channel, state } of channels) this.keepSchedule(channel, state.run);

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
    if (schedule === undefined) return;
    for (const [index, { act, expression, withinMinutes }] of scheduleEntries(schedule).entries()) {
      this.schedule(`${pascalCase(name)}${pascalCase(act)}${index}`, {
        expression,
        timeZone: schedule.timeZone,
        task: { task: act, channel: name, at: SCHEDULED_TIME, withinMinutes },
        after: [run],
      });
    }
  }

  private schedule(id: string, { expression, timeZone, task, after }: ScheduledInvocation): void {
    const schedule = new CfnSchedule(this, id, {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: expression,
      scheduleExpressionTimezone: timeZone,
      target: {
        arn: this.patrol.lambda.functionArn,
        roleArn: this.scheduler.roleArn,
        input: JSON.stringify(task),
        // These limits end with the delivery into Lambda's queue. There the function's own limits hold.
        retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 5 },
      },
    });
    schedule.node.addDependency(...after, this.patrol.bounded);
  }

  private patrolOn(id: string, after: readonly IDependable[], eventPattern: object): void {
    const rule = new CfnRule(this, id, {
      eventPattern,
      targets: [{ id: 'guard', arn: this.patrol.lambda.functionArn, input: JSON.stringify({ task: 'patrol' }) }],
    });
    rule.node.addDependency(...after, this.patrol.bounded);
    this.patrol.lambda.addPermission(id, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.attrArn,
    });
  }
}

/**
 * Placeholder that EventBridge Scheduler replaces with the time at which an event was due.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

/** Returns the entry of a channel in the function's environment variable `CHANNELS`. */
function guarded({ channel, origin, encoder }: GuardedChannel): object {
  const { afterInputLossMinutes, afterRunningHours } = channel.autoStop;
  return {
    id: encoder.channelId,
    name: channel.name,
    afterInputLossMinutes: limit(afterInputLossMinutes),
    afterRunningHours: limit(afterRunningHours),
    usdPerHour: runningCostPerHour(channel, { origin: origin.kind }).usd,
  };
}

function limit(value: number | 'never'): number | undefined {
  return value === 'never' ? undefined : value;
}
