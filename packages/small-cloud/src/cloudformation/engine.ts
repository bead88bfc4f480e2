import { randomUUID } from 'node:crypto';
import type { Cloud, Service } from '../contract';
import { checkCapabilities } from './capabilities';
import { type ResourceChange, resourceChanges } from './changes';
import { createStack, type OperationOptions } from './create-stack';
import { type CustomResourceOptions, CustomResourceProvider } from './custom-resource';
import { deleteStack } from './delete-stack';
import { type Plan, plan } from './plan';
import { refuseDefinition, refuseDeletion, refuseUpdate } from './refusals';
import type { Stack, StackEvent } from './stack';
import { type StackDefinition, StackInWork } from './stack-in-work';
import { updateStack } from './update-stack';

/** What the engine needs of the rest of the run. */
export interface CloudFormationOptions extends CustomResourceOptions {
  readonly services: readonly Service[];
  /** Hears of every step, in order. */
  readonly onEvent?: (event: StackEvent) => void;
}

/** What the creation, or an update, of a stack is asked for. */
export interface StackRequest {
  readonly stackName: string;
  /** The parsed template file. */
  readonly template: unknown;
  /** The template file as it was given. @default the template as JSON */
  readonly templateBody?: string;
  /** Parameter values, as text. An update that wants the previous ones gives them again. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Checked when given. */
  readonly capabilities?: readonly string[];
  /** A failed operation leaves everything as it is. @default false */
  readonly disableRollback?: boolean;
  /** Of a new stack: an id that was promised before. @default a new one */
  readonly stackId?: string;
  /** Part of every event of the operation. */
  readonly clientRequestToken?: string;
}

/** An operation that has begun. */
export interface StackOperation {
  readonly stack: Stack;
  /** The stack when all is done; rejects with a StackFailure, after the rollback. */
  readonly done: Promise<Stack>;
}

/**
 * CloudFormation: creates the resources of a template in the order of their dependencies, as many at a time as those
 * allow, changes them when the template changes, takes everything back when one fails, and deletes in the opposite
 * order. `begin…` throws at once what CloudFormation would refuse at once.
 */
export class CloudFormation {
  /** All that have been in this run, by id. */
  private readonly all = new Map<string, StackInWork>();
  private readonly operations = new Map<string, StackOperation>();
  private readonly customResources: CustomResourceProvider;
  private stopped = false;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: CloudFormationOptions,
  ) {
    this.customResources = new CustomResourceProvider(cloud, options);
  }

  /** A stack as it stands now: by name while it is not deleted, by id for the life of the run. */
  stack(nameOrId: string): Stack | undefined {
    return this.find(nameOrId);
  }

  /** All stacks of this run, deleted ones too, oldest first. */
  stacks(): readonly Stack[] {
    return [...this.all.values()];
  }

  /**
   * Creates a stack and waits until it is complete.
   *
   * @throws TemplateError or UnsupportedError before anything is created.
   * @throws StackFailure after the rollback.
   */
  async createStack(request: StackRequest): Promise<Stack> {
    return this.beginCreate(request).done;
  }

  /**
   * Updates a stack and waits until it is complete, clean-up included.
   *
   * @throws TemplateError or UnsupportedError before anything is changed; `No updates are to be performed.`
   * @throws StackFailure after the rollback.
   */
  async updateStack(request: StackRequest): Promise<Stack> {
    return this.beginUpdate(request).done;
  }

  /**
   * Deletes a stack: its resources in the opposite order, save those that their DeletionPolicy retains.
   *
   * @throws Error when there is no such stack.
   * @throws StackFailure when something could not be deleted; deleting again tries what is left.
   */
  async deleteStack(nameOrId: string): Promise<void> {
    const operation = this.beginDelete(nameOrId);
    if (operation === undefined) throw new Error(`Stack with id ${nameOrId} does not exist`);
    await operation.done;
  }

  /** Begins the creation of a stack. */
  beginCreate(request: StackRequest): StackOperation {
    const { stackName } = request;
    if (this.find(stackName) !== undefined) throw new Error(`Stack [${stackName}] already exists`);
    const { cloud } = this;
    const definition = this.define(request, request.stackId ?? this.newId(stackName));
    const stack = new StackInWork(definition, {
      cloud,
      onEvent: this.options.onEvent ?? (() => {}),
      stopped: () => this.stopped,
    });
    this.all.set(stack.stackId, stack);
    return this.begin(stack, request.clientRequestToken, () => createStack(stack, this.operationOptions(request)));
  }

  /** Begins an update. */
  beginUpdate(request: StackRequest): StackOperation {
    const { stack, next } = this.nextDefinition(request);
    const options = this.operationOptions(request);
    return this.begin(stack, request.clientRequestToken, () => updateStack(stack, next, options));
  }

  /** Begins a deletion. Undefined when there is no such stack, or not any more: for CloudFormation that is success. */
  beginDelete(nameOrId: string, clientRequestToken?: string): StackOperation | undefined {
    const stack = this.find(nameOrId);
    if (stack === undefined || stack.status === 'DELETE_COMPLETE') return undefined;
    const underWay = this.operations.get(stack.stackId);
    if (stack.status === 'DELETE_IN_PROGRESS' && underWay !== undefined) return underWay;
    refuseDeletion(stack);
    return this.begin(stack, clientRequestToken, () => deleteStack(stack));
  }

  /** Throws what {@link beginUpdate} would throw, and begins nothing. */
  checkUpdate(request: StackRequest): void {
    this.nextDefinition(request);
  }

  /** What an update would do to the resources of a stack, or the creation of one that is not there. */
  changes(request: StackRequest): readonly ResourceChange[] {
    const stack = this.find(request.stackName);
    const stackId = stack?.stackId ?? request.stackId ?? this.newId(request.stackName);
    return resourceChanges(this.define(request, stackId).plan, stack?.resources ?? new Map());
  }

  /** Gives up what is under way; nothing is rolled back, for the services are about to go too. */
  stop(): void {
    this.stopped = true;
    this.options.responses.stop();
  }

  private begin(stack: StackInWork, token: string | undefined, act: () => Promise<Stack>): StackOperation {
    stack.clientRequestToken = token;
    const done = act();
    // Whoever only watches the stack need not take what it rejects with.
    done.catch(() => {});
    const operation = { stack, done };
    this.operations.set(stack.stackId, operation);
    return operation;
  }

  private find(nameOrId: string): StackInWork | undefined {
    const living = ({ stackName, status }: StackInWork) => stackName === nameOrId && status !== 'DELETE_COMPLETE';
    return this.all.get(nameOrId) ?? [...this.all.values()].find(living);
  }

  private nextDefinition(request: StackRequest) {
    const stack = this.find(request.stackName);
    if (stack === undefined) throw new Error(`Stack [${request.stackName}] does not exist`);
    refuseUpdate(stack);
    const next = this.define(request, stack.stackId);
    refuseDefinition(stack, next, resourceChanges(next.plan, stack.resources));
    return { stack, next };
  }

  private define(request: StackRequest, stackId: string): StackDefinition {
    const { template, templateBody = JSON.stringify(template), tags = {} } = request;
    const planned = this.plan(request, stackId);
    checkCapabilities(planned, request.capabilities);
    return { plan: planned, templateBody, tags };
  }

  private plan({ template, parameters = {}, ...request }: StackRequest, stackId: string): Plan {
    const { services } = this.options;
    const stackName = this.all.get(stackId)?.stackName ?? request.stackName;
    return plan(this.cloud, { stackName, stackId }, template, parameters, services, this.customResources);
  }

  private operationOptions({ stackName, disableRollback = false }: StackRequest): OperationOptions {
    const own = this.find(stackName);
    const exporter = (exportName: string) =>
      [...this.all.values()].find(
        (other) =>
          other !== own &&
          other.status !== 'DELETE_COMPLETE' &&
          Object.values(other.outputs).some((output) => output.exportName === exportName),
      )?.stackName;
    return { disableRollback, exporter };
  }

  private newId(stackName: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${randomUUID()}`;
  }
}
