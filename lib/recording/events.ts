import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct, type IDependable } from 'constructs';
import { schedulerRole } from '../stream/scheduler-role';
import type { StackFunction } from '../stream/stack-function';

/** The properties of the events of a function. */
export interface EventsProps {
  readonly made: StackFunction;
  /** Patterns of events that it hears, by the ids of their rules. */
  readonly heard: Readonly<Record<string, object>>;
  /** Purpose of the schedule, for the description of its role. */
  readonly purpose: string;
  /** True for a function that copies media every minute. @default false */
  readonly copies?: boolean;
  /** Resources that exist for as long as events are sent. */
  readonly after: readonly IDependable[];
}

/**
 * The events of a function: rules, and a sweep every 15 minutes for events that never came. Where a bucket is the origin,
 * the recorder copies its media every minute.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-delivery.html (some services send at best effort)
 */
export class Events extends Construct {
  constructor(scope: Construct, id: string, { made, heard, purpose, copies = false, after }: EventsProps) {
    super(scope, id);
    for (const [name, eventPattern] of Object.entries(heard)) {
      const rule = new CfnRule(this, name, {
        eventPattern,
        targets: [{ id: 'function', arn: made.lambda.functionArn }],
      });
      rule.node.addDependency(...after, made.bounded);
      made.lambda.addPermission(`Invoke${name}`, {
        scope: this,
        principal: new ServicePrincipal('events.amazonaws.com'),
        sourceArn: rule.attrArn,
      });
    }
    const scheduler = schedulerRole(this, 'SchedulerRole', {
      description: purpose,
      functionArn: made.lambda.functionArn,
    });
    const schedules = [{ id: 'EveryQuarter', rate: 'rate(15 minutes)', task: 'sweep' }];
    if (copies) schedules.push({ id: 'EveryMinute', rate: 'rate(1 minute)', task: 'copy' });
    for (const { id: name, rate, task } of schedules) {
      const schedule = new CfnSchedule(this, name, {
        flexibleTimeWindow: { mode: 'OFF' },
        scheduleExpression: rate,
        target: {
          arn: made.lambda.functionArn,
          roleArn: scheduler.roleArn,
          input: JSON.stringify({ task }),
          retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 5 },
        },
      });
      schedule.node.addDependency(...after, made.bounded);
    }
  }
}
