import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type {
  ApiHandler,
  Cloud,
  CloudClock,
  Functions,
  ObjectStore,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
  Value,
} from '../../contract';
import type { Processes } from '../../host/processes';
import { lambdaApi } from './api';
import type { Assets } from './assets';
import { AsynchronousInvocations, isTopic } from './asynchronous';
import { eventInvokeConfig } from './event-invoke-config';
import { LambdaFunctions } from './function';
import { type HurriedClock, type InvocationResult, runInvocation } from './invocation';
import { Permissions } from './permissions';
import { type RoleKeys, sandbox } from './sandbox';
import { FunctionUrls } from './url/function-url';
import { UrlFace } from './url/url-face';

/** Parts of the run that Lambda uses. */
export interface LambdaOptions {
  readonly processes: Processes;
  /** Holds uploaded code. */
  readonly objects: ObjectStore;
  readonly assets: Assets;
  /** Issues the keys by which the local API recognises a role. */
  readonly credentials: { issue(roleArn: string): RoleKeys };
  /** Base URL of the local API, asked for at each invocation. */
  /** Base URLs of the public names of the cloud, in place of DNS. @default none */
  readonly names?: () => Readonly<Record<string, string>>;
  readonly endpointUrl: () => string;
  /** Publishes to a topic. @throws when there is none. */
  readonly publish: (topicArn: string, message: string) => void;
  /** Waits before the second and the third try of an asynchronous invocation. @default 1 and 2 seconds, for Lambda's minutes */
  readonly retrySeconds?: readonly number[];
}

/**
 * Lambda: functions run from their real bundles. Each invocation is a process of its own with the environment that Lambda
 * would give it, and is frozen when its handler returns.
 */
export class Lambda implements Service, Functions {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>>;
  readonly permissions: Permissions;
  private readonly functions: LambdaFunctions;
  private readonly asynchronous: AsynchronousInvocations;
  private readonly urls: FunctionUrls;
  private readonly urlFace: UrlFace;
  private readonly stopped = new AbortController();

  constructor(
    private readonly cloud: Cloud,
    private readonly options: LambdaOptions,
  ) {
    // Every invocation under way listens for the end of the run.
    setMaxListeners(0, this.stopped.signal);
    this.functions = new LambdaFunctions(cloud, options);
    const find = (nameOrArn: string) => this.functions.find(nameOrArn);
    this.permissions = new Permissions(cloud.access, find);
    this.urlFace = new UrlFace(cloud, {
      find: (id) => this.urls.find(id),
      allows: (arn, principal, request) => this.permissions.allows(arn, principal, request),
      invoke: (arn, event, requestId) => this.invoke(arn, event, requestId),
    });
    this.urls = new FunctionUrls(cloud, { find, port: () => this.urlFace.port() });
    this.asynchronous = new AsynchronousInvocations({
      cloud,
      find,
      invoke: (nameOrArn, event, requestId) => this.invoke(nameOrArn, event, requestId),
      publish: options.publish,
      retrySeconds: options.retrySeconds,
      signal: this.stopped.signal,
    });
    this.api = {
      lambda: lambdaApi({
        access: cloud.access,
        find: (name) => this.functions.named(name),
        invoke: (arn, event) => this.invoke(arn, event),
        invokeAsync: (arn, event) => this.invokeAsync(arn, event),
        arnOf: (name) => this.functions.arn(name),
      }),
    };
    this.resources = {
      'AWS::Lambda::Function': this.functions,
      'AWS::Lambda::Permission': this.permissions,
      'AWS::Lambda::Url': this.urls,
      'AWS::Lambda::EventInvokeConfig': {
        create: async (request) => this.configureEvents(request),
        update: async (_, request) => this.configureEvents(request),
        replacedBy: ['FunctionName', 'Qualifier'],
        delete: async ({ physicalId }) => {
          const configured = this.functions.named(physicalId.split('|')[0] ?? '');
          if (configured !== undefined) configured.events = undefined;
        },
      },
    };
  }

  /** Ends every invocation and closes the function URLs. No invocation is tried again. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.urlFace.stop();
  }

  /**
   * Invokes a function and waits for it (`RequestResponse`).
   *
   * @param nameOrArn - of a function of the stack.
   * @throws Error when there is no such function.
   */
  async invoke(nameOrArn: string, event: Value, requestId: string = randomUUID()): Promise<InvocationResult> {
    const invoked = this.functions.find(nameOrArn);
    const node = `lambda ${invoked.logicalId}`;
    const { processes, credentials, endpointUrl } = this.options;
    const done = await invoked.turns.take();
    const [taskRoot = ''] = invoked.taskRoots;
    try {
      const result = await runInvocation(processes, {
        taskRoot,
        event,
        clock: hurriedClock(this.cloud.clock),
        ...sandbox({
          invoked: { ...invoked, taskRoot },
          requestId,
          region: this.cloud.region,
          keys: credentials.issue(invoked.roleArn),
          endpointUrl: endpointUrl(),
        }),
        timeoutSeconds: invoked.timeoutSeconds,
        memoryMegabytes: invoked.memoryMegabytes,
        names: this.options.names?.() ?? {},
        print: (line) => {
          this.cloud.tell(node, line);
          this.cloud.metrics.logged(node, line);
        },
        signal: this.stopped.signal,
      });
      if ('functionError' in result && !this.stopped.signal.aborted) {
        this.cloud.tell(node, `${result.functionError.errorType}: ${result.functionError.errorMessage}`, 'warning');
      }
      this.count(invoked.name, 'functionError' in result);
      return result;
    } finally {
      done();
    }
  }

  /** Sends the metrics of one invocation. */
  private count(FunctionName: string, isError: boolean): void {
    for (const [name, value] of Object.entries({ Invocations: 1, Errors: isError ? 1 : 0 })) {
      this.cloud.metrics.put({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName }, value });
    }
  }

  /** Invokes a function as an event, with Lambda's retries. Resolves after the last try. */
  invokeAsync(nameOrArn: string, event: Value): Promise<InvocationResult> {
    return this.asynchronous.invoke(nameOrArn, event);
  }

  permits(functionArn: string, servicePrincipal: string, sourceArn: string): boolean {
    const context = { 'AWS:SourceArn': sourceArn, 'AWS:SourceAccount': this.cloud.accountId };
    const request = { action: 'lambda:InvokeFunction', resource: functionArn, context };
    return this.permissions.allows(functionArn, servicePrincipal, request);
  }

  private configureEvents(request: ResourceRequest): ResourceState {
    const { functionName: name, ...events } = eventInvokeConfig(request);
    const configured = this.functions.find(name);
    const { onFailure } = events;
    const action = onFailure !== undefined && isTopic(onFailure) ? 'sns:Publish' : 'lambda:InvokeFunction';
    if (onFailure !== undefined && !this.cloud.access.roleAllows(configured.roleArn, { action, resource: onFailure })) {
      throw new Error(
        `The provided function's execution role does not have permissions to call ${action} on ${onFailure}`,
      );
    }
    configured.events = events;
    const physicalId = `${configured.name}|$LATEST`;
    return { physicalId, ref: physicalId, attributes: {} };
  }
}

/** The clock that a function is given; undefined for this machine's. */
function hurriedClock(clock: CloudClock): HurriedClock | undefined {
  return clock.speed === 1 ? undefined : { origin: clock.now(), since: Date.now(), speed: clock.speed };
}
