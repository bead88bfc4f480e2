import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../contract';
import { QueryError } from '../../wire/query-protocol';
import type { KnownStack, StackEngine } from './stack-engine';

/**
 * All stacks that callers know of: the engine's, and those that are only a promise, made by a change set that creates
 * them (REVIEW_IN_PROGRESS).
 */
export class KnownStacks {
  private readonly promised = new Map<string, KnownStack>();

  constructor(
    private readonly engine: Pick<StackEngine, 'stack' | 'stacks'>,
    private readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId' | 'clock'>,
  ) {}

  /** By name, or by id. A deleted stack has lost its name, and is still there by its id. */
  find(nameOrId: string): KnownStack | undefined {
    const promised = this.all().find(
      ({ stackId, stackName, status }) =>
        status === 'REVIEW_IN_PROGRESS' && (stackId === nameOrId || stackName === nameOrId),
    );
    if (promised !== undefined) return promised;
    const found = this.engine.stack(nameOrId);
    return found?.status === 'DELETE_COMPLETE' && found.stackId !== nameOrId ? undefined : found;
  }

  /** @param sentence - how the operation in question says that there is no such stack. */
  get(nameOrId: string, sentence = `Stack with id ${nameOrId} does not exist`): KnownStack {
    const found = this.find(nameOrId);
    if (found === undefined) throw new QueryError('ValidationError', sentence);
    return found;
  }

  /** The newest first, deleted ones at the end. */
  all(): readonly KnownStack[] {
    const stacks = [...this.promised.values(), ...this.engine.stacks()];
    const deleted = ({ status }: KnownStack) => (status === 'DELETE_COMPLETE' ? 1 : 0);
    return stacks.sort((a, b) => deleted(a) - deleted(b) || b.createdAt.getTime() - a.createdAt.getTime());
  }

  /** The stack that a change set is to create, when none is promised yet. */
  promise(stackName: string): KnownStack {
    const stackId = this.newId(stackName);
    const createdAt = new Date(this.cloud.clock.now());
    const status = 'REVIEW_IN_PROGRESS';
    const stack: KnownStack = {
      ...{ stackName, stackId, status, createdAt, statusReason: 'User Initiated' },
      ...{ description: undefined, updatedAt: undefined, templateBody: '' },
      ...{ parameters: {}, tags: {}, outputs: {}, resources: new Map() },
      events: [],
    };
    this.promised.set(stackName, stack);
    return stack;
  }

  /** The promise is kept, or taken back. */
  release(stackName: string): void {
    this.promised.delete(stackName);
  }

  newId(stackName: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${randomUUID()}`;
  }

  /** The ARN by which access to a stack is judged, whether it is there or not. */
  arn(nameOrId: string): string {
    if (nameOrId.startsWith('arn:')) return nameOrId;
    const { partition, region, accountId } = this.cloud;
    const unknown = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${nameOrId}/*`;
    return this.find(nameOrId)?.stackId ?? unknown;
  }
}
