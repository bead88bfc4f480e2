import type { ResourceRequest, Value } from '../cloud';
import type { Plan } from './plan';
import type { ResourceFailure, Stack, StackEvent, StackOutput, StackResource, StackStatus } from './stack';

/** What is said of one resource in an event. */
type ResourceEvent = Pick<StackEvent, 'logicalId' | 'type' | 'status'> & Partial<StackEvent>;

/** A stack that the engine works on: it changes, and tells of every change. */
export class StackInWork implements Stack {
  status: StackStatus = 'CREATE_IN_PROGRESS';
  outputs: Readonly<Record<string, StackOutput>> = {};
  readonly resources = new Map<string, StackResource>();
  readonly parameters: Readonly<Record<string, Value>>;

  constructor(
    readonly plan: Plan,
    private readonly onEvent: (event: StackEvent) => void,
  ) {
    this.parameters = shownParameters(plan);
  }

  get stackName(): string {
    return this.plan.stackName;
  }

  get stackId(): string {
    return this.plan.stackId;
  }

  /** The stack itself enters a state. */
  turn(status: StackStatus, reason?: string): void {
    this.status = status;
    this.tell({
      logicalId: this.stackName,
      physicalId: this.stackId,
      type: 'AWS::CloudFormation::Stack',
      status,
      reason,
    });
  }

  /** A resource enters a state. */
  tell(event: ResourceEvent): void {
    this.onEvent({ time: new Date(), stackName: this.stackName, physicalId: undefined, reason: undefined, ...event });
  }

  /** What is asked of a provider. */
  request({ logicalId, type, properties }: Omit<ResourceRequest, 'stackName' | 'stackId'>): ResourceRequest {
    return { stackName: this.stackName, stackId: this.stackId, logicalId, type, properties };
  }
}

/** The sentence with which CloudFormation sums up failures; ends in a blank, as it does there. */
export function failedTo(what: 'create' | 'delete', failures: readonly ResourceFailure[]): string {
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
