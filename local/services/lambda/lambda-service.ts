import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type {
  ApiHandler,
  Cloud,
  CloudClock,
  Functions,
  ObjectStore,
  Properties,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
  Value,
} from '../../cloud';
import { physicalName } from '../../cloudformation/physical-name';
import type { Processes } from '../../processes';
import type { Assets } from './assets';
import { type EventInvokeConfig, eventInvokeConfig } from './event-invoke-config';
import { type FunctionConfiguration, functionConfiguration, refuseUnknown, text } from './function-configuration';
import { functionName } from './function-name';
import { type HurriedClock, type InvocationResult, runInvocation } from './invocation';
import { invokeApi } from './invoke-api';
import { permissionPolicy } from './permission-policy';
import { type RoleKeys, sandbox } from './sandbox';
import { prepareTaskRoots, unpack } from './task-root';
import { Turns } from './turns';

/** What Lambda needs of the rest of the run. */
export interface LambdaOptions {
  readonly processes: Processes;
  /** Where uploaded code is. */
  readonly objects: ObjectStore;
  readonly assets: Assets;
  /** Keys by which the local API recognises a role. */
  readonly credentials: { issue(roleArn: string): RoleKeys };
  /** Base URL of the local API, asked for at each invocation. */
  readonly endpointUrl: () => string;
  /** Waits before the second and the third try of an asynchronous invocation. @default 1 and 2 seconds, for Lambda's minutes */
  readonly retrySeconds?: readonly number[];
}

/** A function that is there. */
export interface LambdaFunction extends FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  /** Where the code is; behind it, code of before that an invocation may still be running. */
  readonly taskRoots: readonly string[];
  readonly turns: Turns;
  /** How it is invoked as an event; mutable, for it is a resource of its own. */
  events: EventInvokeConfig | undefined;
}

/** None of them can be changed in place. */
const PERMISSION_PROPERTIES = ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'];

/** A resource-based permission to invoke a function, as declared. */
export type LambdaPermission = ResourceRequest['properties'];

/**
 * Lambda: functions run from their real bundles, each invocation in a process of its own that sees what Lambda would
 * give it, and is frozen when its handler returns.
 */
export class LambdaService implements Service, Functions {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>>;
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
    this.api = {
      lambda: invokeApi({
        access: cloud.access,
        find: (name) => this.functions.get(name),
        invoke: (arn, event) => this.invoke(arn, event),
        invokeAsync: (arn, event) => this.invokeAsync(arn, event),
        arnOf: (name) => this.arn(name),
      }),
    };
    this.resources = {
      'AWS::Lambda::Function': {
        replacedBy: ['FunctionName', 'PackageType'],
        create: (request) => this.createFunction(request),
        update: (state, request, previous) => this.updateFunction(state, request, previous),
        delete: (state) => this.deleteFunction(state),
      },
      'AWS::Lambda::Permission': {
        replacedBy: PERMISSION_PROPERTIES,
        create: (request) => this.createPermission(request),
        delete: async ({ physicalId }) => {
          this.permissions.delete(physicalId);
        },
      },
      'AWS::Lambda::EventInvokeConfig': {
        create: async (request) => this.configureEvents(request),
        update: async (_, request) => this.configureEvents(request),
        replacedBy: ['FunctionName', 'Qualifier'],
        delete: async ({ physicalId }) => {
          const configured = this.functions.get(physicalId.split('|')[0] ?? '');
          if (configured !== undefined) configured.events = undefined;
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
    const [taskRoot = ''] = invoked.taskRoots;
    try {
      const result = await runInvocation(processes, {
        taskRoot,
        event,
        clock: hurriedClock(this.cloud.clock),
        ...sandbox(
          { ...invoked, taskRoot },
          requestId,
          this.cloud.region,
          credentials.issue(invoked.roleArn),
          endpointUrl(),
        ),
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
   * Invokes a function as an event: when it fails it is tried twice again, or as often as its
   * AWS::Lambda::EventInvokeConfig says. Resolves with what the last try came to.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
   */
  async invokeAsync(nameOrArn: string, event: Value): Promise<InvocationResult> {
    const requestId = randomUUID();
    const begun = this.cloud.clock.now();
    const { retries = 2, ageSeconds = 21_600 } = this.find(nameOrArn).events ?? {};
    let result = await this.invoke(nameOrArn, event, requestId);
    for (const seconds of (this.options.retrySeconds ?? [1, 2]).slice(0, retries)) {
      if ('payload' in result || this.cloud.clock.now() - begun > ageSeconds * 1000) break;
      await delay(seconds * 1000, undefined, { signal: this.stopped.signal }).catch(() => {});
      if (this.stopped.signal.aborted) break;
      result = await this.invoke(nameOrArn, event, requestId);
    }
    return result;
  }

  permits(functionArn: string, servicePrincipal: string, sourceArn: string): boolean {
    const policy = permissionPolicy(this.permissions.values(), functionArn);
    const context = { 'AWS:SourceArn': sourceArn, 'AWS:SourceAccount': this.cloud.accountId };
    const request = { action: 'lambda:InvokeFunction', resource: functionArn, context };
    return this.cloud.access.policyAllows(policy, servicePrincipal, request);
  }

  private arn(name: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  }

  private find(nameOrArn: string): LambdaFunction {
    const found = this.functions.get(functionName(nameOrArn));
    if (found === undefined) throw new Error(`Function not found: ${nameOrArn}`);
    return found;
  }

  private async createFunction(request: ResourceRequest): Promise<ResourceState> {
    const configuration = this.configuration(request);
    const name = configuration.name ?? physicalName(request, 64);
    if (this.functions.has(name)) throw new Error(`Function already exist: ${name}`);
    const taskRoots = [this.unpack(request, configuration)];
    const arn = this.arn(name);
    const turns = new Turns(configuration.concurrency);
    const made = { ...configuration, name, arn, logicalId: request.logicalId, taskRoots, turns, events: undefined };
    this.functions.set(name, made);
    return { physicalId: name, ref: name, attributes: { Arn: arn } };
  }

  private async updateFunction(
    state: ResourceState,
    request: ResourceRequest,
    { Code: previousCode }: Properties,
  ): Promise<ResourceState> {
    const old = this.find(state.physicalId);
    const configuration = this.configuration(request);
    const same = isDeepStrictEqual(request.properties['Code'], previousCode);
    const taskRoots = same ? old.taskRoots : [this.unpack(request, configuration), ...old.taskRoots];
    old.turns.allow(configuration.concurrency);
    this.functions.set(old.name, { ...old, ...configuration, name: old.name, taskRoots });
    return state;
  }

  private configuration(request: ResourceRequest): FunctionConfiguration {
    const configuration = functionConfiguration(request.properties, `${request.type} ${request.logicalId}`);
    if (!this.cloud.access.roleTrusts(configuration.roleArn, 'lambda.amazonaws.com'))
      throw new Error('The role defined for the function cannot be assumed by Lambda.');
    if (configuration.nodeVersion !== Number.parseInt(process.versions.node, 10))
      this.cloud.tell(
        `lambda ${request.logicalId}`,
        `declared for Node.js ${configuration.nodeVersion}; runs on this machine's ${process.versions.node}`,
      );
    return configuration;
  }

  private unpack({ logicalId }: ResourceRequest, { code }: FunctionConfiguration): string {
    prepareTaskRoots(this.folder);
    const taskRoot = mkdtempSync(join(this.folder, `${logicalId}-`));
    unpack(code, this.options.objects, this.options.assets, taskRoot);
    return taskRoot;
  }

  private async deleteFunction({ physicalId }: ResourceState): Promise<void> {
    const deleted = this.functions.get(physicalId);
    this.functions.delete(physicalId);
    for (const taskRoot of deleted?.taskRoots ?? []) rmSync(taskRoot, { recursive: true, force: true });
  }

  private configureEvents(request: ResourceRequest): ResourceState {
    const { functionName: name, ...events } = eventInvokeConfig(request);
    const configured = this.find(name);
    configured.events = events;
    const physicalId = `${configured.name}|$LATEST`;
    return { physicalId, ref: physicalId, attributes: {} };
  }

  private async createPermission(request: ResourceRequest): Promise<ResourceState> {
    const at = `${request.type} ${request.logicalId}`;
    refuseUnknown(request.properties, PERMISSION_PROPERTIES, at);
    text(request.properties['Action'], `${at}.Action`);
    text(request.properties['Principal'], `${at}.Principal`);
    this.find(text(request.properties['FunctionName'], `${at}.FunctionName`));
    const id = physicalName(request, 100);
    this.permissions.set(id, request.properties);
    return { physicalId: id, ref: id, attributes: { Id: id } };
  }
}

/** What the sandbox is told of a clock; undefined when it is this machine's. */
function hurriedClock(clock: CloudClock): HurriedClock | undefined {
  return clock.speed === 1 ? undefined : { origin: clock.now(), since: Date.now(), speed: clock.speed };
}
