import type { Cloud, Service } from '../contract';
import { checkCapabilities } from './capabilities';
import { type ResourceChange, resourceChanges } from './changes';
import { createStack } from './create-stack';
import { type CustomResourceOptions, CustomResourceProvider } from './custom-resource';
import { deleteStack } from './delete-stack';
import type { OperationOptions, StackOperation, StackRequest } from './operation';
import { type Plan, plan } from './plan';
import { refuseDefinition, refuseDeletion, refuseUpdate } from './refusals';
import type { Stack, StackEvent } from './stack';
import { newStackId } from './stack-id';
import { type StackDefinition, StackInWork } from './stack-in-work';
import { updateStack } from './update-stack';

/** The parts of the run that the engine needs. */
export interface CloudFormationOptions extends CustomResourceOptions {
  readonly services: readonly Service[];
  /** Receives every step, in order. */
  readonly onEvent?: (event: StackEvent) => void;
}

/**
 * CloudFormation: creates the resources of a template in the order of their dependencies, with as much parallelism as
 * these allow. It updates them when the template changes, rolls back after a failure, and deletes in reverse order.
 * The `begin…` methods throw synchronously where CloudFormation would refuse the call.
 */
export class CloudFormation {
  /** Every stack of this run by id, including deleted ones. */
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

  /** Finds a stack: by name until it is deleted, by id for the life of the run. */
  stack(nameOrId: string): Stack | undefined {
    return this.find(nameOrId);
  }

  /** Lists every stack of this run, including deleted ones, oldest first. */
  stacks(): readonly Stack[] {
    return [...this.all.values()];
  }

  /**
   * Creates a stack and waits until it is complete.
   *
   * @throws TemplateError or UnsupportedError before it creates anything.
   * @throws StackFailure after the rollback.
   */
  async createStack(request: StackRequest): Promise<Stack> {
    return this.beginCreate(request).done;
  }

  /**
   * Updates a stack and waits until it is complete, clean-up included.
   *
   * @throws TemplateError or UnsupportedError before it changes anything; `No updates are to be performed.`
   * @throws StackFailure after the rollback.
   */
  async updateStack(request: StackRequest): Promise<Stack> {
    return this.beginUpdate(request).done;
  }

  /**
   * Deletes a stack: its resources in reverse order, except those that a DeletionPolicy retains.
   *
   * @throws Error when there is no such stack.
   * @throws StackFailure when a deletion fails; another call tries the remaining resources again.
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
    const definition = this.define(request, request.stackId ?? newStackId(this.cloud, stackName));
    const stack = new StackInWork(definition, {
      cloud: this.cloud,
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

  /** Begins a deletion. Undefined for a missing or deleted stack, which CloudFormation treats as success. */
  beginDelete(nameOrId: string, clientRequestToken?: string): StackOperation | undefined {
    const stack = this.find(nameOrId);
    if (stack === undefined || stack.status === 'DELETE_COMPLETE') return undefined;
    const underWay = this.operations.get(stack.stackId);
    if (stack.status === 'DELETE_IN_PROGRESS' && underWay !== undefined) return underWay;
    refuseDeletion(stack);
    return this.begin(stack, clientRequestToken, () => deleteStack(stack));
  }

  /** Checks an update without beginning it. @throws the errors of {@link beginUpdate}. */
  checkUpdate(request: StackRequest): void {
    this.nextDefinition(request);
  }

  /** Foresees the changes of an update, or of the creation of a stack that does not exist. */
  changes(request: StackRequest): readonly ResourceChange[] {
    const stack = this.find(request.stackName);
    const stackId = stack?.stackId ?? request.stackId ?? newStackId(this.cloud, request.stackName);
    return resourceChanges(this.define(request, stackId).plan, stack?.resources ?? new Map());
  }

  /** Abandons the operations under way, without a rollback: the services are about to stop too. */
  stop(): void {
    this.stopped = true;
    this.options.responses.stop();
  }

  private begin(stack: StackInWork, token: string | undefined, act: () => Promise<Stack>): StackOperation {
    stack.clientRequestToken = token;
    const done = act();
    // A caller that only watches the stack need not handle the rejection.
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
    return plan({
      cloud: this.cloud,
      stackName: this.all.get(stackId)?.stackName ?? request.stackName,
      stackId,
      json: template,
      given: parameters,
      services: this.options.services,
      customResources: this.customResources,
    });
  }

  private operationOptions({ stackName, disableRollback = false }: StackRequest): OperationOptions {
    const own = this.find(stackName);
    const exports = ({ outputs }: Stack, exportName: string) =>
      Object.values(outputs).some((output) => output.exportName === exportName);
    const others = () => this.stacks().filter((other) => other !== own && other.status !== 'DELETE_COMPLETE');
    const exporter = (exportName: string) => others().find((other) => exports(other, exportName))?.stackName;
    return { disableRollback, exporter };
  }
}
