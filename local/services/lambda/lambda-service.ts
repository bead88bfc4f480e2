import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cloud, ResourceProvider, ResourceRequest, ResourceState, Service, Value } from '../../cloud';
import { physicalName } from '../../cloudformation/physical-name';
import type { Processes } from '../../processes';
import type { Assets } from './assets';
import { type FunctionConfiguration, functionConfiguration, refuseUnknown, text } from './function-configuration';
import { type InvocationResult, runInvocation } from './invocation';
import { type RoleKeys, sandbox } from './sandbox';
import { prepareTaskRoots, unpack } from './task-root';
import { Turns } from './turns';

/** What Lambda needs of the rest of the run. */
export interface LambdaOptions {
  readonly processes: Processes;
  readonly assets: Assets;
  /** Keys by which the local API recognises a role. */
  readonly credentials: { issue(roleArn: string): RoleKeys };
  /** Base URL of the local API, asked for at each invocation. */
  readonly endpointUrl: () => string;
  /** Waits before the second and the third try of an asynchronous invocation. @default 1 and 2 seconds, for Lambda's minutes */
  readonly retrySeconds?: readonly number[];
}

interface LambdaFunction extends FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  readonly taskRoot: string;
  readonly turns: Turns;
}

/** A resource-based permission to invoke a function, as declared. */
export type LambdaPermission = ResourceRequest['properties'];

/**
 * Lambda: functions run from their real bundles, each invocation in a process of its own that sees what Lambda would
 * give it, and is frozen when its handler returns.
 */
export class LambdaService implements Service {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  /** By statement id. */
  readonly permissions = new Map<string, LambdaPermission>();
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly stopped = new AbortController();
  private readonly folder: string;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: LambdaOptions,
  ) {
    this.folder = join(cloud.folder, 'lambda');
    this.resources = {
      'AWS::Lambda::Function': {
        create: (request) => this.createFunction(request),
        delete: (state) => this.deleteFunction(state),
      },
      'AWS::Lambda::Permission': {
        create: (request) => this.createPermission(request),
        delete: async ({ physicalId }) => {
          this.permissions.delete(physicalId);
        },
      },
    };
  }

  /** Ends every invocation, and tries none again. */
  async stop(): Promise<void> {
    this.stopped.abort();
  }

  /**
   * Invokes a function and waits for it (`RequestResponse`).
   *
   * @param nameOrArn - of a function of the stack.
   * @throws Error when there is no such function.
   */
  async invoke(nameOrArn: string, event: Value, requestId: string = randomUUID()): Promise<InvocationResult> {
    const invoked = this.find(nameOrArn);
    const node = `lambda ${invoked.logicalId}`;
    const { processes, credentials, endpointUrl } = this.options;
    const done = await invoked.turns.take();
    try {
      const result = await runInvocation(processes, {
        taskRoot: invoked.taskRoot,
        event,
        ...sandbox(invoked, requestId, this.cloud.region, credentials.issue(invoked.roleArn), endpointUrl()),
        timeoutSeconds: invoked.timeoutSeconds,
        memoryMegabytes: invoked.memoryMegabytes,
        print: (line) => this.cloud.tell(node, line),
        signal: this.stopped.signal,
      });
      if ('functionError' in result && !this.stopped.signal.aborted)
        this.cloud.tell(node, `${result.functionError.errorType}: ${result.functionError.errorMessage}`, 'warning');
      return result;
    } finally {
      done();
    }
  }

  /**
   * Invokes a function as an event: when it fails it is tried twice again. Resolves with what the last try came to.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
   */
  async invokeAsync(nameOrArn: string, event: Value): Promise<InvocationResult> {
    const requestId = randomUUID();
    let result = await this.invoke(nameOrArn, event, requestId);
    for (const seconds of this.options.retrySeconds ?? [1, 2]) {
      if ('payload' in result) break;
      await delay(seconds * 1000, undefined, { signal: this.stopped.signal }).catch(() => {});
      if (this.stopped.signal.aborted) break;
      result = await this.invoke(nameOrArn, event, requestId);
    }
    return result;
  }

  private find(nameOrArn: string): LambdaFunction {
    const found = this.functions.get(nameOrArn.split(':')[6] ?? nameOrArn);
    if (found === undefined) throw new Error(`Function not found: ${nameOrArn}`);
    return found;
  }

  private async createFunction(request: ResourceRequest): Promise<ResourceState> {
    const { partition, region, accountId, access } = this.cloud;
    const configuration = functionConfiguration(request.properties, `${request.type} ${request.logicalId}`);
    const name = configuration.name ?? physicalName(request, 64);
    if (this.functions.has(name)) throw new Error(`Function already exist: ${name}`);
    if (!access.roleTrusts(configuration.roleArn, 'lambda.amazonaws.com'))
      throw new Error('The role defined for the function cannot be assumed by Lambda.');
    if (configuration.nodeVersion !== Number.parseInt(process.versions.node, 10))
      this.cloud.tell(
        `lambda ${request.logicalId}`,
        `declared for Node.js ${configuration.nodeVersion}; runs on this machine's ${process.versions.node}`,
      );
    prepareTaskRoots(this.folder);
    const taskRoot = mkdtempSync(join(this.folder, `${request.logicalId}-`));
    unpack(configuration.code, this.options.assets, taskRoot);
    const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
    const turns = new Turns(configuration.concurrency);
    this.functions.set(name, { ...configuration, name, arn, logicalId: request.logicalId, taskRoot, turns });
    return { physicalId: name, ref: name, attributes: { Arn: arn } };
  }

  private async deleteFunction({ physicalId }: ResourceState): Promise<void> {
    const deleted = this.functions.get(physicalId);
    this.functions.delete(physicalId);
    if (deleted !== undefined) rmSync(deleted.taskRoot, { recursive: true, force: true });
  }

  private async createPermission(request: ResourceRequest): Promise<ResourceState> {
    const at = `${request.type} ${request.logicalId}`;
    refuseUnknown(request.properties, ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'], at);
    text(request.properties['Action'], `${at}.Action`);
    text(request.properties['Principal'], `${at}.Principal`);
    this.find(text(request.properties['FunctionName'], `${at}.FunctionName`));
    const id = physicalName(request, 100);
    this.permissions.set(id, request.properties);
    return { physicalId: id, ref: id, attributes: { Id: id } };
  }
}
