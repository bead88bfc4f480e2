import {
  type Access,
  type ApiHandler,
  type Cloud,
  type ObjectStore,
  type Service,
  UnsupportedError,
} from '../../contract';
import { type QueryAction, QueryError, type QueryParameters, queryHandler } from '../../services/kit/query-protocol';
import { InsufficientCapabilitiesError } from '../capabilities';
import type { StackOperation } from '../operation';
import { StackFailure } from '../stack';
import { mayDo } from './authorization';
import { ChangeSetActions } from './change-set-actions';
import { KnownStacks } from './known-stacks';
import { ParameterValues } from './parameter-values';
import type { AskedStack, KnownStack, StackEngine } from './stack-engine';
import { StackReading } from './stack-reading';
import { checkDeploymentMode, checkExecutionRole, type RequestReading, stackRequest } from './stack-request';

/** The parts of the run that the API needs. */
export interface CloudFormationApiOptions {
  readonly engine: StackEngine;
  /** The objects that a TemplateURL may name. */
  readonly objects: ObjectStore;
}

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/**
 * CloudFormation's API in front of the engine: the actions with which the CDK CLI, the AWS CLI and the SDKs deploy,
 * compare and delete stacks. It refuses every other action by name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
export class CloudFormationApi implements Service {
  readonly resources = {};
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly access: Access;
  private readonly stacks: KnownStacks;
  private readonly values = new ParameterValues();
  private readonly changeSets: ChangeSetActions;
  private readonly reading: StackReading;
  private readonly means: RequestReading;
  private readonly protectedIds = new Set<string>();

  constructor(
    private readonly cloud: Cloud,
    private readonly options: CloudFormationApiOptions,
  ) {
    const { engine, objects } = options;
    this.access = cloud.access;
    this.stacks = new KnownStacks(engine, cloud);
    this.means = { objects, access: cloud.access, values: this.values };
    const isProtected = (stackId: string) => this.protectedIds.has(stackId);
    this.reading = new StackReading({ ...this.means, stacks: this.stacks, isProtected });
    this.changeSets = new ChangeSetActions({
      ...this.means,
      cloud,
      engine,
      stacks: this.stacks,
      begin: (kind, request) => void this.begin(kind, request),
    });
    this.api = { cloudformation: queryHandler('CloudFormation', NAMESPACE, this.actions()) };
  }

  private actions(): Readonly<Record<string, QueryAction>> {
    const { changeSets, reading } = this;
    const judged = (name: string, perform: Perform): Readonly<Record<string, QueryAction>> => ({
      [name]: async (parameters, { roleArn }) => {
        const about = parameters.maybeText('StackName');
        const changeSet = parameters.maybeText('ChangeSetName');
        const arn = about === undefined ? (changeSet ?? '*') : this.stacks.arn(about);
        mayDo(this.access, roleArn, `cloudformation:${name}`, arn.startsWith('arn:') ? arn : '*');
        try {
          return perform(parameters, roleArn);
        } catch (error) {
          throw inApiWords(error);
        }
      },
    });
    return {
      ...judged('CreateStack', (parameters, role) => this.createStack(parameters, role)),
      ...judged('UpdateStack', (parameters, role) => this.updateStack(parameters, role)),
      ...judged('DeleteStack', (parameters, role) => this.deleteStack(parameters, role)),
      ...judged('UpdateTerminationProtection', (parameters) => this.protect(parameters)),
      ...judged('DescribeStacks', (parameters) => reading.describeStacks(parameters)),
      ...judged('ListStacks', (parameters) => reading.listStacks(parameters)),
      ...judged('DescribeStackEvents', (parameters) => reading.describeEvents(parameters)),
      ...judged('DescribeStackResource', (parameters) => reading.describeResource(parameters)),
      ...judged('DescribeStackResources', (parameters) => reading.describeResources(parameters)),
      ...judged('ListStackResources', (parameters) => reading.listResources(parameters)),
      ...judged('ListExports', (parameters) => reading.listExports(parameters)),
      ...judged('GetTemplate', (parameters) => reading.getTemplate(parameters)),
      ...judged('GetTemplateSummary', (parameters, role) => reading.summarize(parameters, role)),
      ...judged('ValidateTemplate', (parameters, role) => reading.summarize(parameters, role)),
      ...judged('CreateChangeSet', (parameters, role) => changeSets.create(parameters, role)),
      ...judged('DescribeChangeSet', (parameters) => changeSets.describe(parameters)),
      ...judged('ExecuteChangeSet', (parameters) => changeSets.execute(parameters)),
      ...judged('DeleteChangeSet', (parameters) => changeSets.delete(parameters)),
      ...judged('ListChangeSets', (parameters) => changeSets.list(parameters)),
      ...judged('ContinueUpdateRollback', () => {
        throw new UnsupportedError(
          'ContinueUpdateRollback is not modelled by the local run. Delete the stack, or begin a new run.',
        );
      }),
    };
  }

  private createStack(parameters: QueryParameters, role: string | undefined) {
    const name = parameters.text('StackName');
    if (this.stacks.find(name) !== undefined) {
      throw new QueryError('AlreadyExistsException', `Stack [${name}] already exists`);
    }
    const isProtected = parameters.flag('EnableTerminationProtection');
    const request = stackRequest(parameters, { stackName: name, stack: undefined, roleArn: role }, this.means);
    parameters.end();
    const { stackId } = this.begin('CREATE', request);
    if (isProtected) this.protectedIds.add(stackId);
    return { StackId: stackId };
  }

  private updateStack(parameters: QueryParameters, role: string | undefined) {
    const name = parameters.text('StackName');
    const stack = this.stacks.get(name, `Stack [${name}] does not exist`);
    const request = stackRequest(parameters, { stackName: stack.stackName, stack, roleArn: role }, this.means);
    parameters.end();
    return { StackId: this.begin('UPDATE', request).stackId };
  }

  private deleteStack(parameters: QueryParameters, role: string | undefined) {
    const name = parameters.text('StackName');
    const mode = parameters.maybeText('DeletionMode') ?? 'STANDARD';
    checkExecutionRole(parameters.maybeText('RoleARN'), this.access, role);
    checkDeploymentMode(parameters);
    const token = parameters.maybeText('ClientRequestToken');
    parameters.end();
    if (mode !== 'STANDARD') throw new UnsupportedError(`DeletionMode ${mode} is not modelled; STANDARD is.`);
    const stack = this.stacks.find(name);
    // Deleting a missing or deleted stack is success.
    if (stack === undefined || stack.status === 'DELETE_COMPLETE') return undefined;
    if (this.protectedIds.has(stack.stackId)) {
      throw new QueryError(
        'ValidationError',
        `Stack [${stack.stackName}] cannot be deleted while TerminationProtection is enabled`,
      );
    }
    this.changeSets.forget(stack.stackId);
    if (stack.status === 'REVIEW_IN_PROGRESS') this.stacks.release(stack.stackName);
    else this.watch(this.options.engine.beginDelete(stack.stackId, token));
    return undefined;
  }

  private protect(parameters: QueryParameters) {
    const { stackId } = this.stacks.get(parameters.text('StackName'));
    if (parameters.flag('EnableTerminationProtection')) this.protectedIds.add(stackId);
    else this.protectedIds.delete(stackId);
    parameters.end();
    return { StackId: stackId };
  }

  private begin(kind: 'CREATE' | 'UPDATE', request: AskedStack): KnownStack {
    const { engine } = this.options;
    const operation = kind === 'CREATE' ? engine.beginCreate(request) : engine.beginUpdate(request);
    this.stacks.release(request.stackName);
    const putBack = this.values.remember(operation.stack.stackId, request.parameters);
    operation.done.catch(putBack);
    this.watch(operation);
    return operation.stack;
  }

  /** Logs unexpected errors of an operation. Nobody waits for it: the stack's status says how it ends. */
  private watch(operation: StackOperation | undefined): void {
    operation?.done.catch((error: unknown) => {
      if (error instanceof StackFailure) return;
      this.cloud.tell('cloudformation', `${operation.stack.stackName}: ${String(error)}`, 'warning');
    });
  }
}

type Perform = (parameters: QueryParameters, roleArn: string | undefined) => Awaited<ReturnType<QueryAction>>;

/** Turns refusals of the engine into a ValidationError. An UnsupportedError keeps its own name. */
function inApiWords(error: unknown): unknown {
  if (error instanceof QueryError || error instanceof UnsupportedError) return error;
  if (error instanceof InsufficientCapabilitiesError) return new QueryError(error.name, error.message);
  if (error instanceof Error) return new QueryError('ValidationError', error.message);
  return error;
}
