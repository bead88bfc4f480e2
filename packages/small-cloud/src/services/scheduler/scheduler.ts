import type { Cloud, Functions, ResourceProvider, ResourceRequest, ResourceState, Service } from '../../contract';
import { physicalName } from '../kit/physical-name';
import { invocationEvent } from './invocation-event';
import { RunningSchedule, type ScheduleMeans } from './running-schedule';
import { type ScheduleSettings, scheduleSettings } from './schedule';
import { scheduleGroupName } from './schedule-group';

/** Parts of the run that EventBridge Scheduler uses. */
export interface SchedulerOptions {
  readonly functions: Pick<Functions, 'invokeAsync'>;
  /** @default Math.random */
  readonly random?: () => number;
}

const EARLIEST_START_MILLISECONDS = 5 * 60_000;

const PRINCIPAL = 'scheduler.amazonaws.com';

/** EventBridge Scheduler: schedules invoke Lambda functions at the cloud's time, with the role of each schedule. */
export class Scheduler implements Service {
  private readonly groups = new Set(['default']);
  /** By ARN. */
  private readonly schedules = new Map<string, RunningSchedule>();

  constructor(
    private readonly cloud: Cloud,
    private readonly options: SchedulerOptions,
  ) {}

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::Scheduler::Schedule': {
      create: async (request) => this.createSchedule(request),
      update: async (state, request) => {
        const schedule = this.schedules.get(arnOf(state));
        if (schedule === undefined) throw new Error(`Schedule ${state.physicalId} does not exist.`);
        schedule.change(this.read(request));
        return state;
      },
      replacedBy: ['Name', 'GroupName'],
      delete: async (state) => this.remove(arnOf(state)),
    },
    'AWS::Scheduler::ScheduleGroup': {
      create: async (request) => this.createGroup(request),
      update: async (state, request) => {
        scheduleGroupName(request);
        return { ...state, attributes: { ...state.attributes, LastModificationDate: this.now() } };
      },
      replacedBy: ['Name'],
      // Deleting a group deletes its schedules.
      delete: async ({ physicalId }) => {
        this.groups.delete(physicalId);
        for (const [arn, { group }] of this.schedules) if (group === physicalId) this.remove(arn);
      },
    },
  };

  /** Cancels everything that is still to come. */
  async stop(): Promise<void> {
    for (const arn of this.schedules.keys()) this.remove(arn);
  }

  private createSchedule(request: ResourceRequest): ResourceState {
    const settings = this.read(request);
    const { start, occurrences } = settings;
    if (!occurrences.once && start !== undefined && start < this.cloud.clock.now() - EARLIEST_START_MILLISECONDS) {
      throw new Error('The StartDate you specify cannot be earlier than 5 minutes ago.');
    }
    const name = settings.name ?? physicalName(request, 64);
    const arn = this.arn(`schedule/${settings.group}/${name}`);
    if (this.schedules.has(arn)) throw new Error(`Schedule ${name} already exists.`);
    const means: ScheduleMeans = {
      clock: this.cloud.clock,
      random: this.options.random ?? Math.random,
      ready: (current) => this.ready(current),
      invoke: (current, scheduledTime) => this.invoke(arn, current, scheduledTime),
    };
    this.schedules.set(arn, new RunningSchedule(settings, means));
    return { physicalId: name, ref: name, attributes: { Arn: arn } };
  }

  /** Reads a schedule. Refuses a group that does not exist, and a role that Scheduler cannot assume. */
  private read(request: ResourceRequest): ScheduleSettings {
    const settings = scheduleSettings(request);
    if (!this.groups.has(settings.group)) throw new Error(`Schedule group ${settings.group} does not exist.`);
    if (!this.trusted(settings)) {
      throw new Error('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
    }
    return settings;
  }

  private invoke(arn: string, settings: ScheduleSettings, scheduledTime: number): void {
    const { target, roleArn, input } = settings;
    const node = `scheduler ${arn.split('/').at(-1)}`;
    try {
      const missing = this.missing(settings);
      if (missing !== undefined) {
        this.cloud.tell(node, `due, but ${target} is not invoked: the role ${roleArn} ${missing}`, 'warning');
        return;
      }
    } catch (error) {
      // The local run cannot judge the role's policies.
      this.fail(node, target, error);
      return;
    }
    this.cloud.tell(node, `due; invokes ${target}`);
    const event = invocationEvent(input, { arn, scheduledTime }, this.cloud);
    this.options.functions.invokeAsync(target, event).catch((error) => this.fail(node, target, error));
  }

  private ready(settings: ScheduleSettings): boolean {
    try {
      return this.missing(settings) === undefined;
    } catch {
      return true;
    }
  }

  /** The permission that the role lacks to invoke the function; undefined when it lacks none. */
  private missing(settings: ScheduleSettings): string | undefined {
    if (!this.trusted(settings)) return `does not trust ${PRINCIPAL} (sts:AssumeRole)`;
    const request = { action: 'lambda:InvokeFunction', resource: settings.target };
    if (this.cloud.access.roleAllows(settings.roleArn, request)) return undefined;
    return `does not allow ${request.action} on ${request.resource}`;
  }

  /** Tells whether the role trusts Scheduler. The source ARN of a schedule's requests is that of its group. */
  private trusted({ roleArn, group }: ScheduleSettings): boolean {
    return this.cloud.access.roleTrusts(roleArn, PRINCIPAL, { 'aws:SourceArn': this.arn(`schedule-group/${group}`) });
  }

  private fail(node: string, target: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.cloud.tell(node, `${target} is not invoked: ${reason}`, 'warning');
  }

  private createGroup(request: ResourceRequest): ResourceState {
    const name = scheduleGroupName(request) ?? physicalName(request, 64);
    if (this.groups.has(name)) throw new Error(`Schedule group ${name} already exists.`);
    this.groups.add(name);
    const dates = { CreationDate: this.now(), LastModificationDate: this.now() };
    const attributes = { Arn: this.arn(`schedule-group/${name}`), State: 'ACTIVE', ...dates };
    return { physicalId: name, ref: name, attributes };
  }

  private remove(arn: string): void {
    this.schedules.get(arn)?.stop();
    this.schedules.delete(arn);
  }

  private arn(resource: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:scheduler:${region}:${accountId}:${resource}`;
  }

  private now(): string {
    return new Date(this.cloud.clock.now()).toISOString();
  }
}

function arnOf({ attributes }: ResourceState): string {
  return String(attributes['Arn']);
}
