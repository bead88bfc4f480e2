import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Cloud, ObjectStore, Properties, ResourceProvider, ResourceRequest, ResourceState } from '../../contract';
import { physicalName } from '../kit/physical-name';
import type { Assets } from './assets';
import { temporaryFolder } from './confinement';
import type { EventInvokeConfig } from './event-invoke-config';
import { type FunctionConfiguration, functionConfiguration } from './function-configuration';
import { functionName } from './function-name';
import { prepareTaskRoots, unpack } from './task-root';
import { Turns } from './turns';

/** A function of the account. */
export interface LambdaFunction extends FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  /** Folders of the code, the current one first. An invocation may still run from an earlier one. */
  readonly taskRoots: readonly string[];
  readonly turns: Turns;
  /** Configuration of asynchronous invocations. Mutable, because it is a resource of its own. */
  events: EventInvokeConfig | undefined;
}

/** The places that code comes from. */
export interface CodeSources {
  readonly objects: ObjectStore;
  readonly assets: Assets;
}

/** The functions of the account (`AWS::Lambda::Function`), each with its code unpacked. */
export class LambdaFunctions implements ResourceProvider {
  readonly replacedBy = ['FunctionName', 'PackageType'];
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly folder: string;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: CodeSources,
  ) {
    this.folder = join(cloud.folder, 'lambda');
  }

  /** The ARN of a function with this name, whether it exists or not. */
  arn(name: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  }

  /** A function by its name; undefined when it does not exist. */
  named(name: string): LambdaFunction | undefined {
    return this.functions.get(name);
  }

  /** A function by its name or its ARN. @throws Error when it does not exist. */
  find(nameOrArn: string): LambdaFunction {
    const found = this.functions.get(functionName(nameOrArn));
    if (found === undefined) throw new Error(`Function not found: ${nameOrArn}`);
    return found;
  }

  async create(request: ResourceRequest): Promise<ResourceState> {
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

  async update(
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

  async delete({ physicalId }: ResourceState): Promise<void> {
    const deleted = this.functions.get(physicalId);
    this.functions.delete(physicalId);
    for (const taskRoot of deleted?.taskRoots ?? []) {
      for (const folder of [taskRoot, temporaryFolder(taskRoot)]) rmSync(folder, { recursive: true, force: true });
    }
  }

  private configuration(request: ResourceRequest): FunctionConfiguration {
    const configuration = functionConfiguration(request);
    if (!this.cloud.access.roleTrusts(configuration.roleArn, 'lambda.amazonaws.com')) {
      throw new Error('The role defined for the function cannot be assumed by Lambda.');
    }
    if (configuration.nodeVersion !== Number.parseInt(process.versions.node, 10)) {
      this.cloud.tell(
        `lambda ${request.logicalId}`,
        `declared for Node.js ${configuration.nodeVersion}; runs on this machine's ${process.versions.node}`,
      );
    }
    return configuration;
  }

  private unpack({ logicalId }: ResourceRequest, { code }: FunctionConfiguration): string {
    prepareTaskRoots(this.folder);
    const taskRoot = mkdtempSync(join(this.folder, `${logicalId}-`));
    unpack(code, this.options.objects, this.options.assets, taskRoot);
    return taskRoot;
  }
}
