import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Stack } from './cloudformation/stack';
import type { NodeStatus } from './contract';
import { reached } from './host/timeline';
import { type Assets, readAssets } from './services/lambda/assets';
import { type Addresses, SmallCloud, type SmallCloudOptions } from './small-cloud';
import type { RunEnvironment } from './wire/environment-file';

/** The listener of a run. */
export interface RunListener {
  /** Receives one line of progress while the stack comes up. */
  progress(line: string): void;
  tell(node: string, line: string, level: 'info' | 'warning'): void;
}

/** Options of a local run: the template, its parameters, and the cloud for it. */
export interface RunOptions extends Omit<SmallCloudOptions, 'api' | 'assets' | 'tell' | 'onEvent'> {
  /**
   * Path of the template, or the promise of one that is still being synthesized while the cloud opens. The
   * `.assets.json` beside it leads to the assets.
   */
  readonly template: string | Promise<string>;
  readonly parameters: Readonly<Record<string, string>>;
  /** Port of the AWS API. @default any free one */
  readonly api?: SmallCloudOptions['api'];
  readonly listener: RunListener;
}

/**
 * One stack in a small cloud of its own. `start` brings it up; `stop` ends every process and listener, at any time, even
 * during `start`.
 */
export class LocalRun {
  private readonly cloud: SmallCloud;
  private readonly assets = new Map<string, string>();
  private stack: Stack | undefined;

  constructor(private readonly options: RunOptions) {
    const { listener, api = { port: 0, insist: true } } = options;
    this.cloud = new SmallCloud({
      ...options,
      api,
      assets: this.assets,
      tell: (node, line, level = 'info') => listener.tell(node, line, level),
    });
  }

  /**
   * Creates the stack.
   *
   * @throws Error with a sentence that names the missing, taken, unknown or wrong thing, and says what to do.
   */
  async start(): Promise<void> {
    const { parameters, listener } = this.options;
    const timeline = (step: string) => listener.tell('timeline', reached(step), 'info');
    const opening = this.cloud.start().then(() => timeline('the small cloud is open'));
    const [file] = await Promise.all([this.options.template, opening]);
    listener.progress('Bringing the stack up');
    for (const [hash, folder] of readAssetsBeside(file)) this.assets.set(hash, folder);
    const { text, template } = readTemplate(file);
    const request = { stackName: STACK_NAME, template, templateBody: text, parameters };
    this.stack = await this.cloud.engine.createStack(request);
    timeline('the stack is up');
  }

  /** Ends everything; safe to call twice. */
  async stop(): Promise<void> {
    await this.cloud.stop();
  }

  /** Base URL of the AWS API, for AWS_ENDPOINT_URL; empty before {@link start}. */
  get apiUrl(): string {
    return this.cloud.apiUrl;
  }

  /** The AWS API and the operator's keys to it. */
  get environment(): RunEnvironment {
    return this.cloud.environment;
  }

  /** Returns one line for every node of the stream. */
  status(): readonly NodeStatus[] {
    return this.cloud.status();
  }

  /** Deletes the stack as CloudFormation would. */
  async deleteStack(): Promise<void> {
    await this.cloud.engine.deleteStack(STACK_NAME);
  }

  /** Returns the addresses of the stack. @throws Error before the end of `start`. */
  addresses(): Addresses {
    if (this.stack === undefined) throw new Error('The stack is not up yet; wait for start() to resolve.');
    return this.cloud.addresses(this.stack);
  }
}

const STACK_NAME = 'live-streaming';

function readTemplate(file: string): { readonly text: string; readonly template: unknown } {
  if (!existsSync(file)) throw new Error(`There is no template at ${file}. \`npx cdk synth\` writes one to cdk.out.`);
  const text = readFileSync(file, 'utf8');
  try {
    return { text, template: JSON.parse(text) };
  } catch (error) {
    throw new Error(`${file} is not a JSON template: ${(error as Error).message}`);
  }
}

/** Reads the assets of a template in a cloud assembly; none for a template on its own. */
function readAssetsBeside(template: string): Assets {
  const manifest = join(dirname(template), basename(template).replace(/\.template\.json$/, '.assets.json'));
  return manifest !== template && existsSync(manifest) ? readAssets(manifest) : new Map();
}
