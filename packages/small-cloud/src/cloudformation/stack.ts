import type { JsonObject, ResourceState, Value } from '../contract';
import type { ResourceDeclaration } from '../template/template';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
export type StackStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED';

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'
  | 'DELETE_SKIPPED';

/** One line of a stack's history. In events of the stack itself, `logicalId` is its name. */
export interface StackEvent {
  /** Unique in the run. */
  readonly eventId: string;
  /** The cloud's time. */
  readonly time: Date;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly status: StackStatus | ResourceStatus;
  readonly reason: string | undefined;
  /** The token of the request that began the operation. */
  readonly clientRequestToken: string | undefined;
}

/** An existing resource, with everything that a deletion or a comparison with a newer template needs. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly state: ResourceState;
  /** Logical ids of its dependencies: it is created after them and deleted before them. */
  readonly dependsOn: ReadonlySet<string>;
  readonly deletionPolicy: ResourceDeclaration['deletionPolicy'];
  readonly updateReplacePolicy: ResourceDeclaration['updateReplacePolicy'];
  readonly metadata: Value | undefined;
}

/** A resolved output. */
export interface StackOutput {
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** The current state of a stack. */
export interface Stack {
  readonly stackName: string;
  readonly stackId: string;
  readonly description: string | undefined;
  readonly status: StackStatus;
  readonly statusReason: string | undefined;
  readonly createdAt: Date;
  /** When the last update began; undefined before the first. */
  readonly updatedAt: Date | undefined;
  /** NoEcho values are `****`. */
  readonly parameters: Readonly<Record<string, Value>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Existing resources by logical id, in the order of their creation. */
  readonly resources: ReadonlyMap<string, StackResource>;
  readonly outputs: Readonly<Record<string, StackOutput>>;
  /** The whole history, oldest first. */
  readonly events: readonly StackEvent[];
  /** The text of the template. */
  readonly templateBody: string;
}

/** The reason why a resource could not be created, updated or deleted. */
export interface ResourceFailure {
  readonly logicalId: string;
  readonly reason: string;
}

/** A stack operation failed. Its rollback, if any, is over; `outcome` is the stack afterwards. */
export class StackFailure extends Error {
  override readonly name = 'StackFailure';

  constructor(
    readonly outcome: Stack,
    readonly failures: readonly ResourceFailure[],
  ) {
    super(
      [
        `Stack ${outcome.stackName} is ${outcome.status}`,
        ...failures.map(({ logicalId, reason }) => `${logicalId}: ${reason}`),
      ].join('\n'),
    );
  }
}

/** The creation of a resource failed, but it may exist under a physical id; the rollback deletes it. */
export class HalfMadeError extends Error {
  override readonly name = 'HalfMadeError';

  constructor(
    message: string,
    readonly state: ResourceState,
  ) {
    super(message);
  }
}
