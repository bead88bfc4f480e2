import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
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
import { physicalName } from '../kit/physical-name';
import { invokeApi } from './api';
import type { Assets } from './assets';
import { eventInvokeConfig } from './event-invoke-config';
import { type FailureRecord, failureRecord } from './failure-record';
import { type LambdaFunction, LambdaFunctions } from './function';
import { refuseUnknown, text } from './function-configuration';
import { type HurriedClock, type InvocationResult, runInvocation } from './invocation';
import { permissionPolicy } from './permission';
import { type RoleKeys, sandbox } from './sandbox';

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
  /** Publishes to a topic. @throws when there is none. */
  readonly publish: (topicArn: string, message: string) => void;
  /** Waits before the second and the third try of an asynchronous invocation. @default 1 and 2 seconds, for Lambda's minutes */
  readonly retrySeconds?: readonly number[];
}

/** None of them can be changed in place. */
const PERMISSION_PROPERTIES = ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'];

/** A resource-based permission to invoke a function, as declared. */
export type LambdaPermission = ResourceRequest['properties'];

/**
 * Lambda: functions run from their real bundles, each invocation in a process of its own that sees what Lambda would
 * give it, and is frozen when its handler returns.
 */
export class Lambda implements Service, Functions {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>>;
  /** By statement id. */
  readonly permissions = new Map<string, LambdaPermission>();
  private readonly functions: LambdaFunctions;
  private readonly stopped = new AbortController();

  constructor(
    private readonly cloud: Cloud,
    private readonly options: LambdaOptions,
  ) {
    this.functions = new LambdaFunctions(cloud, options);
    this.api = {
      lambda: invokeApi({
        access: cloud.access,
        find: (name) => this.functions.named(name),
        invoke: (arn, event) => this.invoke(arn, event),
        invokeAsync: (arn, event) => this.invokeAsync(arn, event),
        arnOf: (name) => this.functions.arn(name),
      }),
    };
    this.resources = {
      'AWS::Lambda::Function': this.functions,
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
          const configured = this.functions.named(physicalId.split('|')[0] ?? '');
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
      if ('functionError' in result && !this.stopped.signal.aborted) {
        this.cloud.tell(node, `${result.functionError.errorType}: ${result.functionError.errorMessage}`, 'warning');
      }
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
    const { clock } = this.cloud;
    const begun = performance.now();
    const invoked = this.functions.find(nameOrArn);
    const { retries = 2, ageSeconds = 21_600, onFailure } = invoked.events ?? {};
    const tooOld = () => ((performance.now() - begun) / 1000) * clock.speed > ageSeconds;
    let result = await this.invoke(nameOrArn, event, requestId);
    let invocations = 1;
    for (const seconds of (this.options.retrySeconds ?? [1, 2]).slice(0, retries)) {
      if ('payload' in result || tooOld()) break;
      await delay(seconds * 1000, undefined, { signal: this.stopped.signal }).catch(() => {});
      if (this.stopped.signal.aborted || tooOld()) break;
      result = await this.invoke(nameOrArn, event, requestId);
      invocations += 1;
    }
    if ('functionError' in result && !this.stopped.signal.aborted) {
      const condition = invocations > retries ? 'RetriesExhausted' : 'EventAgeExceeded';
      this.giveUp(
        invoked,
        onFailure,
        failureRecord({ requestId, event, invocations, condition }, invoked.arn, clock.now(), result),
      );
    }
    return result;
  }

  /** Says on the screen that an event is not tried again, and tells its destination, which gets an event of its own. */
  private giveUp({ logicalId }: LambdaFunction, destination: string | undefined, record: FailureRecord): void {
    const node = `lambda ${logicalId}`;
    const { approximateInvokeCount: times, condition } = record.requestContext;
    this.cloud.tell(node, `an event is given up after ${times} invocation(s) (${condition})`, 'warning');
    if (destination === undefined) return;
    const failed = (error: unknown) => this.cloud.tell(node, `${destination} is not told: ${String(error)}`, 'warning');
    try {
      if (destination.split(':')[2] === 'sns') this.options.publish(destination, JSON.stringify(record));
      else this.invokeAsync(destination, { ...record }).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  permits(functionArn: string, servicePrincipal: string, sourceArn: string): boolean {
    const policy = permissionPolicy(this.permissions.values(), functionArn);
    const context = { 'AWS:SourceArn': sourceArn, 'AWS:SourceAccount': this.cloud.accountId };
    const request = { action: 'lambda:InvokeFunction', resource: functionArn, context };
    return this.cloud.access.policyAllows(policy, servicePrincipal, request);
  }

  private configureEvents(request: ResourceRequest): ResourceState {
    const { functionName: name, ...events } = eventInvokeConfig(request);
    const configured = this.functions.find(name);
    const { onFailure } = events;
    const action = onFailure?.split(':')[2] === 'sns' ? 'sns:Publish' : 'lambda:InvokeFunction';
    if (onFailure !== undefined && !this.cloud.access.roleAllows(configured.roleArn, { action, resource: onFailure })) {
      throw new Error(
        `The provided function's execution role does not have permissions to call ${action} on ${onFailure}`,
      );
    }
    configured.events = events;
    const physicalId = `${configured.name}|$LATEST`;
    return { physicalId, ref: physicalId, attributes: {} };
  }

  private async createPermission(request: ResourceRequest): Promise<ResourceState> {
    const at = `${request.type} ${request.logicalId}`;
    refuseUnknown(request.properties, PERMISSION_PROPERTIES, at);
    text(request.properties['Action'], `${at}.Action`);
    text(request.properties['Principal'], `${at}.Principal`);
    this.functions.find(text(request.properties['FunctionName'], `${at}.FunctionName`));
    const id = physicalName(request, 100);
    this.permissions.set(id, request.properties);
    return { physicalId: id, ref: id, attributes: { Id: id } };
  }
}

/** What the sandbox is told of a clock; undefined when it is this machine's. */
function hurriedClock(clock: CloudClock): HurriedClock | undefined {
  return clock.speed === 1 ? undefined : { origin: clock.now(), since: Date.now(), speed: clock.speed };
}
