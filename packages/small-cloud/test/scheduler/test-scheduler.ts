import type { Cloud, Properties, ResourceState } from '../../src/contract';
import { cloudClock } from '../../src/host/clock';
import { Scheduler } from '../../src/services/scheduler/scheduler';
import { quietCloud } from '../cloudformation/quiet-cloud';
import { TestFunctions } from '../events/test-functions';

/** Function that schedules invoke. */
export const GUARD = 'arn:aws:lambda:eu-west-1:111122223333:function:guard';
/** Role of the schedules. */
export const ROLE = 'arn:aws:iam::111122223333:role/scheduler';
/** Type of a schedule in a template. */
export const SCHEDULE = 'AWS::Scheduler::Schedule';

/** The Scheduler of a cloud whose clock begins now and runs at a speed. */
export class TestScheduler {
  readonly functions = new TestFunctions();
  /** Source ARNs on whose behalf the role was assumed. */
  readonly sources: (string | undefined)[] = [];
  /** The role trusts Scheduler. */
  trusts = true;
  /** The role allows the function. */
  allows = true;
  readonly cloud: Cloud & { readonly told: readonly string[] };
  readonly service: Scheduler;

  constructor(speed = 1) {
    this.cloud = quietCloud({
      clock: cloudClock(speed),
      access: {
        roleTrusts: (role, principal, context) => {
          this.sources.push(context?.['aws:SourceArn']);
          return this.trusts && role === ROLE && principal === 'scheduler.amazonaws.com';
        },
        roleAllows: (role, { action, resource }) =>
          this.allows && role === ROLE && action === 'lambda:InvokeFunction' && resource === GUARD,
        policyAllows: () => false,
        policyDenies: () => false,
      },
    });
    this.service = new Scheduler(this.cloud, { functions: this.functions, random: () => 0.5 });
  }

  /** Returns the provider of a type, and a request for a resource of it. */
  resource(type: string, properties: Properties) {
    const provider = this.service.resources[type];
    if (provider === undefined) throw new Error(`no provider for ${type}`);
    const request = { stackName: 'live', stackId: 'arn:stack/live/1', logicalId: 'It', type, properties };
    return { provider, request };
  }

  /** Creates a schedule with some properties of its own, or a resource of another type. */
  create(own: Properties = {}, type = SCHEDULE): Promise<ResourceState> {
    const { provider, request } = this.resource(type, type === SCHEDULE ? scheduleProperties(own) : own);
    return provider.create(request);
  }

  /** Updates a schedule. */
  async change(state: ResourceState, own: Properties): Promise<void> {
    const { provider, request } = this.resource(SCHEDULE, scheduleProperties(own));
    await provider.update?.(state, request, scheduleProperties());
  }
}

/** Returns the properties of a schedule at a rate of five minutes, with some of its own. */
export function scheduleProperties(own: Properties = {}): Properties {
  return {
    Name: 'guard',
    ScheduleExpression: 'rate(5 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: GUARD, RoleArn: ROLE, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    ...own,
  };
}
