import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../contract';
import { QueryError, type QueryParameters } from '../../services/kit/query-protocol';
import { type ChangeSet, ChangeSets, describedChangeSet } from './change-set';
import type { KnownStacks } from './known-stacks';
import type { AskedStack, StackEngine } from './stack-engine';
import { type RequestReading, stackRequest } from './stack-request';

/** The parts of the API that the actions on change sets need. */
export interface ChangeSetOptions extends RequestReading {
  readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId' | 'clock'>;
  readonly engine: Pick<StackEngine, 'changes' | 'checkUpdate'>;
  readonly stacks: KnownStacks;
  /** Begins the operation of an executed change set. */
  readonly begin: (kind: ChangeSet['kind'], request: AskedStack) => void;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** The actions on change sets. Each takes the parameters of its call and returns the result. */
export class ChangeSetActions {
  private readonly changeSets = new ChangeSets();

  constructor(private readonly options: ChangeSetOptions) {}

  create(parameters: QueryParameters, roleArn: string | undefined) {
    const { stacks } = this.options;
    const name = parameters.text('ChangeSetName');
    const nameOrId = parameters.text('StackName');
    const kind = kindOf(parameters.maybeText('ChangeSetType') ?? 'UPDATE');
    const stack = existing(stacks, kind, nameOrId, name);
    const description = parameters.maybeText('Description');
    // The local run imports no resources: one that exists already makes the creation fail, by name.
    parameters.withoutEffect('ClientToken', 'IncludeNestedStacks', 'ImportExistingResources');
    const asked = stackRequest(parameters, { stackName: stack?.stackName ?? nameOrId, stack, roleArn }, this.options);
    parameters.end();

    if (this.changeSets.find(name, stack?.stackId) !== undefined) {
      throw new QueryError('AlreadyExistsException', `ChangeSet ${name} already exists`);
    }
    const isEmpty = kind === 'UPDATE' && changesNothing(this.options.engine, asked);
    const changes = isEmpty ? [] : this.options.engine.changes(asked);
    const { stackId } = stack ?? stacks.promise(asked.stackName);
    const { partition, region, accountId, clock } = this.options.cloud;
    const changeSet: ChangeSet = {
      id: `arn:${partition}:cloudformation:${region}:${accountId}:changeSet/${name}/${randomUUID()}`,
      name,
      kind,
      description,
      createdAt: new Date(clock.now()),
      request: { ...asked, stackId },
      changes,
      status: isEmpty ? 'FAILED' : 'CREATE_COMPLETE',
      statusReason: isEmpty ? NO_CHANGES : undefined,
      executionStatus: isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
    };
    this.changeSets.put(changeSet);
    return { Id: changeSet.id, StackId: stackId };
  }

  describe(parameters: QueryParameters) {
    parameters.withoutEffect('IncludePropertyValues');
    return describedChangeSet(this.named(parameters));
  }

  execute(parameters: QueryParameters) {
    const token = parameters.maybeText('ClientRequestToken');
    const disableRollback = parameters.flag('DisableRollback');
    if (parameters.flag('RetainExceptOnCreate')) {
      throw new QueryError('ValidationError', 'RetainExceptOnCreate is not modelled by the local run. Leave it out.');
    }
    const changeSet = this.named(parameters);
    if (changeSet.executionStatus !== 'AVAILABLE') {
      const state = changeSet.status === 'FAILED' ? changeSet.status : changeSet.executionStatus;
      const message = `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${state}]`;
      throw new QueryError('InvalidChangeSetStatus', message);
    }
    const { request } = changeSet;
    const clientRequestToken = token ?? request.clientRequestToken;
    this.options.begin(changeSet.kind, { ...request, clientRequestToken, disableRollback });
    this.changeSets.executed(changeSet);
    return {};
  }

  delete(parameters: QueryParameters) {
    const name = parameters.text('ChangeSetName');
    const stackName = parameters.maybeText('StackName');
    parameters.end();
    const stack =
      stackName === undefined ? undefined : this.options.stacks.get(stackName, `Stack [${stackName}] does not exist`);
    // Deleting a missing change set is success, as in CloudFormation: the CDK CLI does so before each deployment.
    const changeSet = this.changeSets.find(name, stack?.stackId);
    if (changeSet !== undefined) this.changeSets.delete(changeSet.id);
    return {};
  }

  list(parameters: QueryParameters) {
    const name = parameters.text('StackName');
    parameters.end();
    const { stackId } = this.options.stacks.get(name, `Stack [${name}] does not exist`);
    const summary = ({ id, ...one }: ChangeSet) => ({
      ChangeSetId: id,
      ChangeSetName: one.name,
      StackId: stackId,
      StackName: one.request.stackName,
      Status: one.status,
      StatusReason: one.statusReason,
      ExecutionStatus: one.executionStatus,
      CreationTime: one.createdAt.toISOString(),
      Description: one.description,
    });
    return { Summaries: { member: this.changeSets.of(stackId).map(summary) } };
  }

  /** Deletes the change sets of a stack. */
  forget(stackId: string): void {
    for (const { id } of this.changeSets.of(stackId)) this.changeSets.delete(id);
  }

  private named(parameters: QueryParameters): ChangeSet {
    const name = parameters.text('ChangeSetName');
    const stackName = parameters.maybeText('StackName');
    parameters.end();
    const byId = this.changeSets.find(name, undefined);
    if (byId !== undefined) return byId;
    const stack =
      stackName === undefined ? undefined : this.options.stacks.get(stackName, `Stack [${stackName}] does not exist`);
    return this.changeSets.get(name, stack?.stackId);
  }
}

function kindOf(type: string): ChangeSet['kind'] {
  if (type === 'CREATE' || type === 'UPDATE') return type;
  throw new QueryError(
    'ValidationError',
    `ChangeSetType ${type} is not modelled by the local run; CREATE or UPDATE is.`,
  );
}

/** Finds the stack of a change set; undefined when it does not exist yet. */
function existing(stacks: KnownStacks, kind: ChangeSet['kind'], nameOrId: string, changeSet: string) {
  const stack = stacks.find(nameOrId);
  const exists = stack !== undefined && stack.status !== 'REVIEW_IN_PROGRESS';
  if (kind === 'UPDATE' && stack === undefined) {
    throw new QueryError('ValidationError', `Stack [${nameOrId}] does not exist`);
  }
  if (kind === 'CREATE' && exists) {
    throw new QueryError(
      'ValidationError',
      `Stack [${stack.stackName}] already exists and cannot be created again with the changeSet [${changeSet}].`,
    );
  }
  if (kind === 'UPDATE' && !exists) {
    throw new QueryError(
      'ValidationError',
      `Stack:${stack?.stackId} is in REVIEW_IN_PROGRESS state and can not be updated.`,
    );
  }
  return stack;
}

/** Returns true if the engine would find nothing to update. @throws its other refusals. */
function changesNothing(engine: Pick<StackEngine, 'checkUpdate'>, asked: AskedStack): boolean {
  try {
    engine.checkUpdate(asked);
    return false;
  } catch (error) {
    if (error instanceof Error && error.message === 'No updates are to be performed.') return true;
    throw error;
  }
}
