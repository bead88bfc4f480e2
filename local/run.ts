import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ApiServer } from './api/api-server';
import { Credentials } from './api/credentials';
import { cloudClock } from './clock';
import type { Access, Cloud, NodeStatus, Service } from './cloud';
import { CloudFormation } from './cloudformation/engine';
import { CustomResourceResponses } from './cloudformation/responses';
import type { Stack, StackEvent } from './cloudformation/stack';
import { DefaultBus } from './default-bus';
import { findFfmpeg } from './ffmpeg';
import { LocalNames } from './names';
import { Processes } from './processes';
import { CloudFront } from './services/cloudfront/cloudfront';
import { EventsService } from './services/events/events-service';
import { Iam } from './services/iam/iam';
import { readAssets } from './services/lambda/assets';
import { LambdaService } from './services/lambda/lambda-service';
import { LogsService } from './services/logs/logs-service';
import { MediaLive } from './services/medialive/media-live';
import { MediaPackage } from './services/mediapackage/media-package';
import { S3 } from './services/s3/s3';
import { Scheduler } from './services/scheduler/scheduler';
import { Sns } from './services/sns/sns';

/** Who hears what the run does. */
export interface RunListener {
  /** One line of progress while the stack comes up. */
  progress(line: string): void;
  tell(node: string, line: string, level: 'info' | 'warning'): void;
}

/** What to run, and where. */
export interface RunOptions {
  /** The template's file. The assets are found through the `.assets.json` beside it. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** A temporary folder for this run alone. The caller makes it, and removes it after the end. */
  readonly folder: string;
  /** Port of the edge. */
  readonly port: number;
  /** First port that takes RTMP. */
  readonly rtmpPort: number;
  /** Speed of the encoder. @default superfast, and ultrafast when the machine cannot keep up */
  readonly preset?: 'veryfast' | 'superfast' | 'ultrafast' | undefined;
  /** How many times faster time passes for schedules and functions; the media is not hurried. @default 1 */
  readonly hurry?: number | undefined;
  readonly listener: RunListener;
}

/** The addresses of a stack that is up. */
export interface Addresses {
  readonly playerUrl: string;
  /** Name and URL of each manifest, as the stack's Outputs have them. */
  readonly manifests: readonly { readonly name: string; readonly url: string }[];
  /** Where to publish, and an ffmpeg line to try. */
  readonly publish: readonly { readonly input: string; readonly url: string; readonly example: string }[];
}

/**
 * One stack, running on this machine. `start` brings it up; `stop` ends every process and listener, at any time, even
 * while it comes up.
 */
export class LocalRun {
  private readonly processes: Processes;
  private readonly cloud: Cloud;
  private readonly services: Service[] = [];
  private readonly bus = new DefaultBus();
  private api: ApiServer | undefined;
  private engine: CloudFormation | undefined;
  private mediaLive: MediaLive | undefined;
  private stack: Stack | undefined;

  constructor(private readonly options: RunOptions) {
    this.processes = new Processes(options.folder);
    const iam = new Iam({ partition: 'aws', accountId: ACCOUNT_ID });
    this.services.push(iam);
    this.cloud = {
      partition: 'aws',
      region: 'us-east-1',
      accountId: ACCOUNT_ID,
      folder: options.folder,
      names: new LocalNames(),
      access: iam satisfies Access,
      clock: cloudClock(options.hurry),
      events: this.bus,
      tell: (node, line, level = 'info') => options.listener.tell(node, line, level),
    };
  }

  /**
   * Creates the stack.
   *
   * @throws Error with a sentence that says what is missing, taken, unknown or wrong, and what to do.
   */
  async start(): Promise<void> {
    const { options, cloud, processes } = this;
    const template = readTemplate(options.template);
    const ffmpeg = await findFfmpeg();

    const credentials = new Credentials();
    const responses = new CustomResourceResponses(cloud);
    const s3 = new S3(cloud);
    const cloudFront = new CloudFront(cloud, { port: options.port });
    const mediaPackage = new MediaPackage(cloud, { ffmpeg: ffmpeg.path, processes });
    this.mediaLive = new MediaLive(cloud, {
      ffmpeg,
      processes,
      packager: mediaPackage,
      objects: s3,
      rtmpPort: options.rtmpPort,
      ...(options.preset === undefined ? {} : { preset: options.preset }),
    });
    const lambda = new LambdaService(cloud, {
      processes,
      assets: readAssetsBeside(options.template),
      credentials,
      endpointUrl: () => this.api?.url ?? '',
    });
    // Those of the stream in the order of the stream: it is the order of the status lines.
    this.services.push(this.mediaLive, mediaPackage, cloudFront, s3, lambda, new LogsService(cloud));
    const events = new EventsService(cloud, { bus: this.bus, functions: lambda });
    this.services.push(new Sns(cloud), events, new Scheduler(cloud, { functions: lambda }));
    this.api = new ApiServer(cloud, { services: this.services, credentials, responses });
    await this.api.start();
    await Promise.all(this.services.map((service) => service.start?.()));

    this.engine = new CloudFormation(cloud, {
      services: this.services,
      lambda,
      responses,
      responseUrl: () => this.api?.url ?? '',
      onEvent: (event) => this.report(event),
    });
    this.stack = await this.engine.createStack({ stackName: STACK_NAME, template, parameters: options.parameters });
  }

  /** Ends everything; safe to call twice. */
  async stop(): Promise<void> {
    this.engine?.stop();
    await Promise.all(this.services.map((service) => service.stop?.()));
    await this.api?.stop();
    await this.processes.stop();
  }

  /** One line for every node of the stream. */
  status(): readonly NodeStatus[] {
    return this.services.flatMap((service) => service.status?.() ?? []);
  }

  /** Deletes the stack as CloudFormation would. */
  async deleteStack(): Promise<void> {
    await this.engine?.deleteStack(STACK_NAME);
  }

  /** @throws Error before `start` is over. */
  addresses(): Addresses {
    if (this.stack === undefined) throw new Error('The stack is not up yet.');
    const outputs = Object.entries(this.stack.outputs).map(([name, { value }]) => ({ name, url: this.local(value) }));
    return {
      playerUrl: outputs.find(({ name }) => name === 'PlayerUrl')?.url ?? '',
      manifests: outputs.filter(({ url }) => /\.(m3u8|mpd)$/.test(url)),
      publish: this.mediaLive?.publishUrls() ?? [],
    };
  }

  /** A URL at the edge as it is reached on this machine: plain HTTP on loopback in place of the distribution's domain. */
  private local(url: string): string {
    return url.replace(/^https:\/\/([^/]+)/, (whole, domain: string) => this.cloud.names.resolve(domain) ?? whole);
  }

  private report({ logicalId, type, status, reason }: StackEvent): void {
    const line = `${status} ${type} ${logicalId}${reason === undefined ? '' : `: ${reason}`}`;
    this.cloud.tell('cloudformation', line, status.endsWith('_FAILED') ? 'warning' : 'info');
  }
}

const ACCOUNT_ID = '000000000000';
const STACK_NAME = 'live-streaming';

function readTemplate(file: string): unknown {
  if (!existsSync(file)) throw new Error(`There is no template at ${file}. \`npx cdk synth\` writes one to cdk.out.`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not a JSON template: ${(error as Error).message}`);
  }
}

/** The assets of a template in a cloud assembly; none for a template that stands alone. */
function readAssetsBeside(template: string): ReadonlyMap<string, string> {
  const manifest = join(dirname(template), basename(template).replace(/\.template\.json$/, '.assets.json'));
  return manifest !== template && existsSync(manifest) ? readAssets(manifest) : new Map();
}
