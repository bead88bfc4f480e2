import { randomUUID } from 'node:crypto';
import type { Cloud, Service } from '../cloud';
import { createResources } from './create-resources';
import { type CustomResourceOptions, CustomResourceProvider } from './custom-resource';
import { deleteResources } from './delete-resources';
import { resolveOutputs } from './outputs';
import { plan } from './plan';
import { type ResourceFailure, type Stack, type StackEvent, StackFailure } from './stack';
import { failedTo, messageOf, StackInWork } from './stack-in-work';
import { worldOf } from './world';

/** What the engine needs of the rest of the run. */
export interface CloudFormationOptions extends CustomResourceOptions {
  readonly services: readonly Service[];
  /** Hears of every step, in order. */
  readonly onEvent?: (event: StackEvent) => void;
}

/** What `createStack` is asked for. */
export interface StackRequest {
  readonly stackName: string;
  /** The parsed template file. */
  readonly template: unknown;
  /** Parameter values, as text. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * CloudFormation: creates the resources of a template in the order of their dependencies, as many at a time as those
 * allow, takes everything back when one fails, and deletes in the opposite order.
 */
export class CloudFormation {
  private readonly stacks = new Map<string, StackInWork>();
  private readonly customResources: CustomResourceProvider;
  private stopped = false;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: CloudFormationOptions,
  ) {
    this.customResources = new CustomResourceProvider(cloud, options);
  }

  /** A stack by name, as it stands now. */
  stack(stackName: string): Stack | undefined {
    return this.stacks.get(stackName);
  }

  /**
   * Creates a stack and waits until it is complete.
   *
   * @throws TemplateError or UnsupportedError before anything is created.
   * @throws StackFailure after the rollback.
   */
  async createStack({ stackName, template, parameters = {} }: StackRequest): Promise<Stack> {
    if (this.stacks.has(stackName)) throw new Error(`Stack [${stackName}] already exists`);
    const { partition, region, accountId } = this.cloud;
    const stackId = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${randomUUID()}`;
    const ids = { stackName, stackId };
    const planned = plan(this.cloud, ids, template, parameters, this.options.services, this.customResources);
    const stack = new StackInWork(planned, this.options.onEvent ?? (() => {}));
    this.stacks.set(stackName, stack);
    stack.turn('CREATE_IN_PROGRESS', 'User Initiated');

    const failures = await createResources(stack, () => this.stopped);
    if (this.stopped) throw new Error(`The run was stopped while stack ${stackName} was being created`);
    if (failures.length === 0) {
      try {
        stack.outputs = resolveOutputs(planned, worldOf(stackId, stack.resources));
        stack.turn('CREATE_COMPLETE');
        return stack;
      } catch (error) {
        failures.push({ logicalId: stackName, reason: messageOf(error) });
      }
    }
    await this.rollBack(stack, failures);
    throw new StackFailure(stack, failures);
  }

  /**
   * Deletes a stack: its resources in the opposite order, save those that their DeletionPolicy retains.
   *
   * @throws StackFailure when something could not be deleted; deleting again tries what is left.
   */
  async deleteStack(stackName: string): Promise<void> {
    const stack = this.stacks.get(stackName);
    if (stack === undefined) throw new Error(`Stack with id ${stackName} does not exist`);
    if (stack.status.endsWith('_IN_PROGRESS'))
      throw new Error(`Stack [${stackName}] is in ${stack.status} state and can not be deleted`);
    stack.turn('DELETE_IN_PROGRESS', 'User Initiated');
    const failures = await deleteResources(stack, (policy) => policy !== 'Delete');
    if (failures.length > 0) {
      stack.turn('DELETE_FAILED', failedTo('delete', failures));
      throw new StackFailure(stack, failures);
    }
    stack.turn('DELETE_COMPLETE');
    this.stacks.delete(stackName);
  }

  /** Gives up what is under way; nothing is rolled back, for the services are about to go too. */
  stop(): void {
    this.stopped = true;
    this.options.responses.stop();
  }

  private async rollBack(stack: StackInWork, failures: readonly ResourceFailure[]): Promise<void> {
    stack.turn('ROLLBACK_IN_PROGRESS', `${failedTo('create', failures)}Rollback requested by user.`);
    const left = await deleteResources(stack, (policy) => policy === 'Retain');
    if (left.length === 0) stack.turn('ROLLBACK_COMPLETE');
    else stack.turn('ROLLBACK_FAILED', failedTo('delete', left));
  }
}
