import { randomUUID } from 'node:crypto';
import type { Cloud, ResourceRequest, Value } from '../contract';
import type { Plan } from './plan';
import type { ResourceFailure, Stack, StackEvent, StackOutput, StackResource, StackStatus } from './stack';

/** What is said of one resource in an event. */
type ResourceEvent = Pick<StackEvent, 'logicalId' | 'type' | 'status'> & Partial<StackEvent>;

/** What a stack is made from; an update puts another in its place, and a rollback the old one back. */
export interface StackDefinition {
  readonly plan: Plan;
  readonly templateBody: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a resource has left behind: an old physical resource that is not, or not any more, the one of its logical id. */
export interface Leftover {
  readonly resource: StackResource;
  /** Whether a policy of the template keeps it. */
  readonly retained: boolean;
}

/** What a stack needs of the rest of the run. */
export interface StackSurroundings {
  readonly cloud: Pick<Cloud, 'clock' | 'events'>;
  readonly onEvent: (event: StackEvent) => void;
  /** Whether the run is over: nothing more is begun. */
  readonly stopped: () => boolean;
}

/** A stack that the engine works on: it changes, and tells of every change. */
export class StackInWork implements Stack {
  status: StackStatus = 'CREATE_IN_PROGRESS';
  statusReason: string | undefined;
  outputs: Readonly<Record<string, StackOutput>> = {};
  updatedAt: Date | undefined;
  clientRequestToken: string | undefined;
  readonly createdAt: Date;
  readonly events: StackEvent[] = [];
  readonly resources = new Map<string, StackResource>();
  /** What the clean-up of the operation under way, or a deletion of the stack, has to delete beside `resources`. */
  readonly leftovers = new Set<Leftover>();

  constructor(
    public definition: StackDefinition,
    private readonly around: StackSurroundings,
  ) {
    this.createdAt = this.now();
  }

  get plan(): Plan {
    return this.definition.plan;
  }

  get stackName(): string {
    return this.plan.stackName;
  }

  get stackId(): string {
    return this.plan.stackId;
  }

  get description(): string | undefined {
    return this.plan.template.description;
  }

  get templateBody(): string {
    return this.definition.templateBody;
  }

  get tags(): Readonly<Record<string, string>> {
    return this.definition.tags;
  }

  get parameters(): Readonly<Record<string, Value>> {
    return shownParameters(this.plan);
  }

  get stopped(): boolean {
    return this.around.stopped();
  }

  now(): Date {
    return new Date(this.around.cloud.clock.now());
  }

  /** The stack itself enters a state: a line of its history, and an event on the default bus. */
  turn(status: StackStatus, reason?: string): void {
    this.status = status;
    this.statusReason = reason;
    const { stackName: logicalId, stackId: physicalId } = this;
    this.tell({ logicalId, physicalId, type: 'AWS::CloudFormation::Stack', status, reason });
    this.around.cloud.events.put({
      source: 'aws.cloudformation',
      detailType: 'CloudFormation Stack Status Change',
      resources: [this.stackId],
      detail: {
        'stack-id': this.stackId,
        'status-details': { status, 'status-reason': reason ?? '' },
        'client-request-token': this.clientRequestToken ?? null,
      },
    });
  }

  /** A resource enters a state. */
  tell(event: ResourceEvent): void {
    const told: StackEvent = {
      eventId: randomUUID(),
      time: this.now(),
      stackName: this.stackName,
      stackId: this.stackId,
      physicalId: undefined,
      reason: undefined,
      clientRequestToken: this.clientRequestToken,
      ...event,
    };
    this.events.push(told);
    this.around.onEvent(told);
  }

  /** What is asked of a provider. */
  request({ logicalId, type, properties }: Omit<ResourceRequest, 'stackName' | 'stackId'>): ResourceRequest {
    return {
      stackName: this.stackName,
      stackId: this.stackId,
      logicalId,
      type,
      properties: this.plan.filledIn(properties),
    };
  }

  /** Lists an old physical resource for deletion. */
  leave(resource: StackResource, retained: boolean): void {
    this.leftovers.add({ resource, retained });
  }
}

/** The sentence with which CloudFormation sums up failures; ends in a blank, as it does there. Empty for none. */
export function failedTo(what: 'create' | 'update' | 'delete', failures: readonly ResourceFailure[]): string {
  if (failures.length === 0) return '';
  return `The following resource(s) failed to ${what}: [${failures.map(({ logicalId }) => logicalId).join(', ')}]. `;
}

/** The sentence of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function shownParameters({ template, evaluation }: Plan): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(evaluation.parameters).map(([name, value]) => {
      const noEcho = template.parameters[name]?.['NoEcho'];
      return [name, noEcho === true || noEcho === 'true' ? '****' : value];
    }),
  );
}

/** @throws Error when the run was stopped: the services are about to go too, so nothing is rolled back. */
export function refuseWhenStopped(stack: StackInWork, being: string): void {
  if (stack.stopped) throw new Error(`The run was stopped while stack ${stack.stackName} was being ${being}`);
}
