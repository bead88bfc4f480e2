import type { Cloud } from '../../contract';
import { QueryError } from '../../services/kit/query-protocol';
import { newStackId } from '../stack-id';
import type { KnownStack, StackEngine } from './stack-engine';

/**
 * The stacks that callers know: those of the engine, and promised ones (REVIEW_IN_PROGRESS), which a change set will
 * create.
 */
export class KnownStacks {
  private readonly promised = new Map<string, KnownStack>();

  constructor(
    private readonly engine: Pick<StackEngine, 'stack' | 'stacks'>,
    private readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId' | 'clock'>,
  ) {}

  /** Finds a stack by name or id. A deleted stack has lost its name, but keeps its id. */
  find(nameOrId: string): KnownStack | undefined {
    const promised = this.all().find(
      ({ stackId, stackName, status }) =>
        status === 'REVIEW_IN_PROGRESS' && (stackId === nameOrId || stackName === nameOrId),
    );
    if (promised !== undefined) return promised;
    const found = this.engine.stack(nameOrId);
    return found?.status === 'DELETE_COMPLETE' && found.stackId !== nameOrId ? undefined : found;
  }

  /** @param sentence - the wording of the calling action for a missing stack. @throws QueryError with it. */
  get(nameOrId: string, sentence = `Stack with id ${nameOrId} does not exist`): KnownStack {
    const found = this.find(nameOrId);
    if (found === undefined) throw new QueryError('ValidationError', sentence);
    return found;
  }

  /** Lists the newest first, and deleted ones at the end. */
  all(): readonly KnownStack[] {
    const stacks = [...this.promised.values(), ...this.engine.stacks()];
    const deleted = ({ status }: KnownStack) => (status === 'DELETE_COMPLETE' ? 1 : 0);
    return stacks.sort((a, b) => deleted(a) - deleted(b) || b.createdAt.getTime() - a.createdAt.getTime());
  }

  /** Promises the stack that a change set will create. */
  promise(stackName: string): KnownStack {
    const stack: KnownStack = {
      stackName,
      stackId: newStackId(this.cloud, stackName),
      status: 'REVIEW_IN_PROGRESS',
      statusReason: 'User Initiated',
      createdAt: new Date(this.cloud.clock.now()),
      description: undefined,
      updatedAt: undefined,
      templateBody: '',
      parameters: {},
      tags: {},
      outputs: {},
      resources: new Map(),
      events: [],
    };
    this.promised.set(stackName, stack);
    return stack;
  }

  /** Forgets a promise: the stack exists now, or never will. */
  release(stackName: string): void {
    this.promised.delete(stackName);
  }

  /** Returns the ARN that access to a stack is judged by, for a missing stack too. */
  arn(nameOrId: string): string {
    if (nameOrId.startsWith('arn:')) return nameOrId;
    const { partition, region, accountId } = this.cloud;
    const unknown = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${nameOrId}/*`;
    return this.find(nameOrId)?.stackId ?? unknown;
  }
}
