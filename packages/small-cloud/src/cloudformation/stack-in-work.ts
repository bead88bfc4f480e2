import { randomUUID } from 'node:crypto';
import type { Cloud, ResourceRequest, Value } from '../contract';
import type { Plan } from './plan';
import type { ResourceFailure, Stack, StackEvent, StackOutput, StackResource, StackStatus } from './stack';

/** The part of an event that is about one resource. */
type ResourceEvent = Pick<StackEvent, 'logicalId' | 'type' | 'status'> & Partial<StackEvent>;

/** The source of a stack. An update replaces it, and a rollback restores it. */
export interface StackDefinition {
  readonly plan: Plan;
  readonly templateBody: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An old physical resource that its logical id no longer stands for. */
export interface Leftover {
  readonly resource: StackResource;
  /** True if a policy of the template keeps it. */
  readonly retained: boolean;
}

/** The parts of the run that a stack needs. */
export interface StackSurroundings {
  readonly cloud: Pick<Cloud, 'clock' | 'events'>;
  readonly onEvent: (event: StackEvent) => void;
  /** Returns true once the run is over: no other work begins. */
  readonly stopped: () => boolean;
}

/** A stack that the engine works on. It reports each of its changes. */
export class StackInWork implements Stack {
  status: StackStatus = 'CREATE_IN_PROGRESS';
  statusReason: string | undefined;
  outputs: Readonly<Record<string, StackOutput>> = {};
  updatedAt: Date | undefined;
  clientRequestToken: string | undefined;
  readonly createdAt: Date;
  readonly events: StackEvent[] = [];
  readonly resources = new Map<string, StackResource>();
  /** Physical resources for the clean-up of an operation, or the deletion of the stack, beside `resources`. */
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

  /** Changes the state of the stack: adds a line to its history, and puts an event on the default bus. */
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

  /** Adds an event to the history, and reports it. */
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

  /** Makes the request for a provider. */
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

/** Summarises failures in CloudFormation's sentence, with its trailing blank. Empty for none. */
export function failedTo(what: 'create' | 'update' | 'delete', failures: readonly ResourceFailure[]): string {
  if (failures.length === 0) return '';
  return `The following resource(s) failed to ${what}: [${failures.map(({ logicalId }) => logicalId).join(', ')}]. `;
}

/** Returns the message of anything thrown. */
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

/** Ends an operation without a rollback once the run has stopped, because the services stop too. @throws Error */
export function refuseWhenStopped(stack: StackInWork, being: string): void {
  if (stack.stopped) throw new Error(`The run was stopped while stack ${stack.stackName} was being ${being}`);
}
