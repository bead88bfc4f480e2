import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type {
  AnsweringFunctions,
  ApiHandler,
  Cloud,
  FunctionLog,
  Functions,
  ObjectStore,
  ResourceProvider,
  Service,
  Value,
} from '../../contract';
import type { Processes } from '../../host/processes';
import { answerWithin } from './answer-within';
import { lambdaApi } from './api';
import type { Assets } from './assets';
import { AsynchronousInvocations } from './asynchronous';
import { EventInvokeConfigs } from './event-invoke-configs';
import { type LambdaFunction, LambdaFunctions } from './function';
import { functionName } from './function-name';
import { hurriedClock, type Invocation, type InvocationResult } from './invocation';
import { Permissions } from './permissions';
import { runInvocation } from './run-invocation';
import { type RoleKeys, sandbox } from './sandbox';
import { FunctionUrls } from './url/function-url';
import { UrlFace } from './url/url-face';
import { WarmProcesses } from './warm-processes';

/** Parts of the run that Lambda uses. */
export interface LambdaOptions {
  readonly processes: Processes;
  /** Holds uploaded code. */
  readonly objects: ObjectStore;
  readonly assets: Assets;
  /** Issues the keys by which the local API recognises a role. */
  readonly credentials: { issue(roleArn: string): RoleKeys };
  /** Base URLs of the public names of the cloud, in place of DNS. @default none */
  readonly names?: () => Readonly<Record<string, string>>;
  /** Base URL of the local API, asked for at each invocation. */
  readonly endpointUrl: () => string;
  /** Keeps the lines of functions. @default they are in the log of the run alone */
  readonly log?: FunctionLog;
  /** Publishes to a topic. @throws when there is none. */
  readonly publish: (topicArn: string, message: string) => void;
  /** Waits before the second and the third try of an asynchronous invocation. @default 1 and 2 seconds, for Lambda's minutes */
  readonly retrySeconds?: readonly number[];
}

/**
 * Lambda: functions run from their real bundles, in processes with the environment that Lambda would give them. Each
 * invocation has a process of its own, which ends when its handler returns; requests to function URLs share warm ones.
 */
export class Lambda implements Service, Functions, AnsweringFunctions {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>>;
  readonly permissions: Permissions;
  private readonly functions: LambdaFunctions;
  private readonly asynchronous: AsynchronousInvocations;
  private readonly urls: FunctionUrls;
  private readonly urlFace: UrlFace;
  private readonly stopped = new AbortController();
  private readonly warm: WarmProcesses;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: LambdaOptions,
  ) {
    // Every invocation under way listens for the end of the run.
    setMaxListeners(0, this.stopped.signal);
    this.functions = new LambdaFunctions(cloud, options);
    this.warm = new WarmProcesses(options.processes);
    const find = (nameOrArn: string) => this.functions.find(nameOrArn);
    this.permissions = new Permissions(cloud.access, find);
    this.urlFace = new UrlFace(cloud, {
      find: (id) => this.urls.find(id),
      allows: (arn, principal, request) => this.permissions.allows(arn, principal, request),
      invoke: (arn, event, requestId) => this.perform(this.functions.find(arn), event, requestId, { staysWarm: true }),
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
    const named = (name: string) => this.functions.named(functionName(name));
    this.resources = {
      'AWS::Lambda::Function': this.functions,
      'AWS::Lambda::Permission': this.permissions,
      'AWS::Lambda::Url': this.urls,
      'AWS::Lambda::EventInvokeConfig': new EventInvokeConfigs(cloud.access, named),
    };
  }

  /** Ends every invocation and closes the function URLs. No invocation is tried again. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.warm.stop();
    await this.urlFace.stop();
  }

  /**
   * Invokes a function and waits for it (`RequestResponse`).
   *
   * @param nameOrArn - of a function of the stack.
   * @throws Error when there is no such function.
   */
  async invoke(nameOrArn: string, event: Value, requestId: string = randomUUID()): Promise<InvocationResult> {
    return this.perform(this.functions.find(nameOrArn), event, requestId, { staysWarm: false });
  }

  /**
   * Runs one invocation when it is its turn.
   *
   * @param how - `staysWarm` keeps the process for the next invocation, because somebody waits for the answer; `begins` is
   * called when the handler begins.
   */
  private async perform(
    invoked: LambdaFunction,
    event: Value,
    requestId: string,
    how: { readonly staysWarm: boolean; readonly begins?: () => void },
  ): Promise<InvocationResult> {
    const { processes } = this.options;
    const done = await invoked.turns.take();
    try {
      const invocation = { ...this.invocation(invoked, event, requestId), begins: how.begins };
      const result = await (how.staysWarm ? this.warm.run(invoked, invocation) : runInvocation(processes, invocation));
      if ('functionError' in result && !this.stopped.signal.aborted) {
        const { errorType, errorMessage } = result.functionError;
        this.cloud.tell(`lambda ${invoked.logicalId}`, `${errorType}: ${errorMessage}`, 'warning');
      }
      this.count(invoked.name, 'functionError' in result);
      return result;
    } finally {
      done();
    }
  }

  private invocation(invoked: LambdaFunction, event: Value, requestId: string): Invocation {
    const { credentials, endpointUrl, names, log } = this.options;
    const node = `lambda ${invoked.logicalId}`;
    const [taskRoot = ''] = invoked.taskRoots;
    const keys = credentials.issue(invoked.roleArn);
    const { region } = this.cloud;
    const made = sandbox({ invoked: { ...invoked, taskRoot }, requestId, region, keys, endpointUrl: endpointUrl() });
    const { logGroupName: group = '', logStreamName: stream = '' } = made.context;
    return {
      taskRoot,
      event,
      clock: hurriedClock(this.cloud.clock),
      ...made,
      timeoutSeconds: invoked.timeoutSeconds,
      memoryMegabytes: invoked.memoryMegabytes,
      names: names?.() ?? {},
      print: (line) => {
        this.cloud.tell(node, line);
        this.cloud.metrics.logged(node, line);
        log?.keep({ group, stream, roleArn: invoked.roleArn, message: line });
      },
      signal: this.stopped.signal,
    };
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

  answer(nameOrArn: string, event: Value, milliseconds: number): ReturnType<AnsweringFunctions['answer']> {
    const invoked = this.functions.find(nameOrArn);
    const how = (begins: () => void) => ({ staysWarm: true, begins });
    return answerWithin(milliseconds, (begins) => this.perform(invoked, event, randomUUID(), how(begins)));
  }

  permits(functionArn: string, servicePrincipal: string, sourceArn: string): boolean {
    const context = { 'AWS:SourceArn': sourceArn, 'AWS:SourceAccount': this.cloud.accountId };
    const action = 'lambda:InvokeFunction';
    return this.permissions.allows(functionArn, servicePrincipal, { action, resource: functionArn, context });
  }
}
