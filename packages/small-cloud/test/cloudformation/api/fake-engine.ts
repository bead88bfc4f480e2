import { randomUUID } from 'node:crypto';
import type { StackEngine } from '../../../src/cloudformation/api/stack-engine';
import type { ResourceChange } from '../../../src/cloudformation/changes';
import type { StackOperation, StackRequest } from '../../../src/cloudformation/operation';
import type { Stack, StackEvent } from '../../../src/cloudformation/stack';

/** A stack of the fake engine, which tests may change. */
export type FakeStack = { -readonly [K in keyof Stack]: Stack[K] } & { events: StackEvent[] };

/**
 * An engine that does nothing but record its calls. Its stacks stay in the state in which an operation begins, until the
 * test ends the operation.
 */
export class FakeEngine implements StackEngine {
  readonly asked: string[] = [];
  readonly requests: StackRequest[] = [];
  readonly known: FakeStack[] = [];
  /** Answer of `changes`. */
  toChange: readonly ResourceChange[] = [];
  /** Error of `begin…` and `changes`. */
  refusal: Error | undefined;

  stack(nameOrId: string): Stack | undefined {
    const named = ({ stackName, stackId }: FakeStack) => stackName === nameOrId || stackId === nameOrId;
    return this.known.filter(named).at(-1);
  }

  stacks(): readonly Stack[] {
    return this.known;
  }

  checkUpdate(request: StackRequest): void {
    if (this.refusal !== undefined) throw this.refusal;
    this.asked.push(`check ${request.stackName}`);
  }

  changes(request: StackRequest): readonly ResourceChange[] {
    this.note('changes', request);
    return this.toChange;
  }

  beginCreate(request: StackRequest): StackOperation {
    this.note('create', request);
    const stack: FakeStack = {
      stackName: request.stackName,
      stackId: request.stackId ?? `arn:aws:cloudformation:eu-west-1:111122223333:stack/${request.stackName}/made`,
      description: 'A stack',
      status: 'CREATE_IN_PROGRESS',
      statusReason: undefined,
      createdAt: new Date(this.known.length * 1000),
      updatedAt: undefined,
      parameters: request.parameters ?? {},
      tags: request.tags ?? {},
      outputs: {},
      resources: new Map(),
      events: [],
      templateBody: request.templateBody ?? '',
    };
    this.known.push(stack);
    return { stack, done: Promise.resolve(stack) };
  }

  beginUpdate(request: StackRequest): StackOperation {
    this.note('update', request);
    const stack = this.find(request.stackName);
    Object.assign(stack, { status: 'UPDATE_IN_PROGRESS', templateBody: request.templateBody, tags: request.tags });
    return { stack, done: Promise.resolve(stack) };
  }

  beginDelete(nameOrId: string): StackOperation {
    if (this.refusal !== undefined) throw this.refusal;
    const stack = this.find(nameOrId);
    this.asked.push(`delete ${stack.stackName}`);
    stack.status = 'DELETE_IN_PROGRESS';
    return { stack, done: Promise.resolve(stack) };
  }

  /** Adds an existing stack. */
  has(stackName: string, about: Partial<FakeStack> = {}): FakeStack {
    this.beginCreate({
      stackName,
      template: {},
      templateBody: '{}',
      parameters: {},
      tags: {},
      capabilities: [],
      disableRollback: false,
    });
    this.asked.length = 0;
    this.requests.length = 0;
    return Object.assign(this.find(stackName), { status: 'CREATE_COMPLETE' }, about);
  }

  /** Makes an event in the history of a stack. */
  static event(about: Partial<StackEvent> & Pick<StackEvent, 'logicalId' | 'status'>): StackEvent {
    return {
      eventId: randomUUID(),
      time: new Date(5000),
      stackName: 'Live',
      stackId: 'x',
      type: 'AWS::Test::Thing',
      physicalId: undefined,
      reason: undefined,
      clientRequestToken: undefined,
      ...about,
    };
  }

  private find(nameOrId: string): FakeStack {
    const found = this.known.find(({ stackName, stackId }) => stackName === nameOrId || stackId === nameOrId);
    if (found === undefined) throw new Error(`the test did not expect ${nameOrId} to be asked for`);
    return found;
  }

  private note(what: string, request: StackRequest): void {
    if (this.refusal !== undefined) throw this.refusal;
    this.asked.push(`${what} ${request.stackName}`);
    this.requests.push(request);
  }
}
