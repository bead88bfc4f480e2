import { CloudFormation } from '../../src/cloudformation/engine';
import type { StackRequest } from '../../src/cloudformation/operation';
import { CustomResourceResponses } from '../../src/cloudformation/responses';
import { StackFailure } from '../../src/cloudformation/stack';
import type { Cloud, CloudEvent, Value } from '../../src/contract';
import { quietCloud } from './quiet-cloud';
import { RecordingService } from './recording-service';

/** The event of a custom resource's function. */
export type CustomEvent = { readonly [key: string]: Value };

/** The answer of a function, without the fields that it repeats. A list is several answers; an empty list is none. */
type Answer = { readonly [key: string]: Value };
type Handler = (event: CustomEvent) => Answer | readonly Answer[];

/** An engine over a {@link RecordingService}, and custom resources whose function is a handler of the test. */
export class EngineBench {
  readonly put: CloudEvent[] = [];
  readonly cloud: ReturnType<typeof quietCloud>;
  readonly service = new RecordingService();
  /** Events as `A CREATE_COMPLETE: reason`. */
  readonly events: string[] = [];
  /** Events that the function received. */
  readonly asked: CustomEvent[] = [];
  readonly responses: CustomResourceResponses;
  readonly engine: CloudFormation;
  handler: Handler = () => {
    throw new Error('no function in this test');
  };

  constructor(overrides: Partial<Cloud> = {}) {
    this.cloud = quietCloud({ events: { put: (event) => void this.put.push(event) }, ...overrides });
    this.responses = new CustomResourceResponses(this.cloud);
    this.engine = new CloudFormation(this.cloud, {
      services: [this.service],
      lambda: { invokeAsync: async (arn, event) => this.invoke(arn, event) },
      responses: this.responses,
      responseUrl: () => 'http://local',
      onEvent: ({ logicalId, status, reason }) =>
        this.events.push(`${logicalId} ${status}${reason === undefined ? '' : `: ${reason}`}`),
    });
  }

  create(Resources: object, more: object = {}, request: Partial<StackRequest> = {}) {
    return this.engine.createStack({ stackName: 'Live', template: { Resources, ...more }, ...request });
  }

  update(Resources: object, more: object = {}, request: Partial<StackRequest> = {}) {
    return this.engine.updateStack({ stackName: 'Live', template: { Resources, ...more }, ...request });
  }

  /** Clears the records. */
  clear(): void {
    for (const record of [this.events, this.service.history, this.service.requests, this.service.previous, this.put]) {
      record.length = 0;
    }
    this.asked.length = 0;
  }

  private invoke(arn: string, event: Value): void {
    if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new Error('not an event');
    if (!arn.endsWith(':run')) throw new Error(`Function not found: ${arn}`);
    const asked = event as CustomEvent;
    this.asked.push(asked);
    const { StackId, RequestId, LogicalResourceId } = asked;
    for (const answer of [this.handler(asked)].flat()) {
      const body = { Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, ...answer };
      const token = String(asked['ResponseURL']).split('/').at(-1) ?? '';
      this.responses.receive(token, Buffer.from(JSON.stringify(body)));
    }
  }
}

export const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:run';

/** Resources of type AWS::Test::Thing. */
export function things(resources: Record<string, Record<string, unknown>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [id, { Type: 'AWS::Test::Thing', ...resource }]),
  );
}

/** A custom resource with these properties. */
export function custom(properties: Record<string, unknown> = {}, more: object = {}): object {
  return { Type: 'Custom::State', Properties: { ServiceToken: FUNCTION, ...properties }, ...more };
}

/** Waits for the failure of an operation, which must fail. */
export async function failureOf(act: Promise<unknown>): Promise<StackFailure> {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StackFailure) return error;
  throw error ?? new Error('it did not fail');
}
