import { CloudFormationApi } from './cloudformation/api/cloudformation-api';
import { CloudFormation } from './cloudformation/engine';
import { CustomResourceResponses } from './cloudformation/responses';
import type { Stack, StackEvent } from './cloudformation/stack';
import type { Cloud, NodeStatus, Service } from './contract';
import { DefaultBus } from './default-bus';
import { cloudClock } from './host/clock';
import { findFfmpeg } from './host/ffmpeg';
import { Processes } from './host/processes';
import { LocalNames } from './names';
import { CloudFront } from './services/cloudfront/cloudfront';
import { Ecr } from './services/ecr/ecr';
import { EventsService } from './services/events/events-service';
import { Iam } from './services/iam/iam';
import type { Assets } from './services/lambda/assets';
import { LambdaService } from './services/lambda/lambda-service';
import { LogsService } from './services/logs/logs-service';
import { MediaLive } from './services/medialive/media-live';
import { MediaPackage } from './services/mediapackage/media-package';
import { MediaStore } from './services/mediastore/media-store';
import { S3 } from './services/s3/s3';
import { Scheduler } from './services/scheduler/scheduler';
import { SecretsManager } from './services/secretsmanager/secrets-manager';
import { Sns } from './services/sns/sns';
import { Ssm } from './services/ssm/ssm';
import { Sts } from './services/sts/sts';
import { ApiServer, PortTakenError } from './wire/api-server';
import { Credentials } from './wire/credentials';
import { type RunEnvironment, writeEnvironment } from './wire/environment-file';

/** Where the cloud is, and who hears of it. */
export interface SmallCloudOptions {
  /** A temporary folder for this run alone. The caller makes it, and removes it after the end. */
  readonly folder: string;
  /** Port of the edge; a second distribution takes the next one. */
  readonly port: number;
  /** First port that takes RTMP. */
  readonly rtmpPort: number;
  /** Port of the AWS API. `insist` is an error when it is taken; otherwise any free one is taken in its place. */
  readonly api: { readonly port: number; readonly insist: boolean };
  /** Speed of the encoder. @default superfast, and ultrafast when the machine cannot keep up */
  readonly preset?: 'veryfast' | 'superfast' | 'ultrafast' | undefined;
  /** How many times faster time passes for schedules and functions; the media is not hurried. @default 1 */
  readonly hurry?: number | undefined;
  /** Code that nobody uploads, because a template is run straight from its cloud assembly. */
  readonly assets?: Assets;
  readonly tell: Cloud['tell'];
  /** Hears of every step of every stack. */
  readonly onEvent?: (event: StackEvent) => void;
}

/** The addresses of a stack that is up. */
export interface Addresses {
  /** Empty for a stack without a player. */
  readonly playerUrl: string;
  /** Name and URL of each manifest, as the stack's Outputs have them. */
  readonly manifests: readonly { readonly name: string; readonly url: string }[];
  /** Where to publish, and an ffmpeg line to try. */
  readonly publish: readonly { readonly input: string; readonly url: string; readonly example: string }[];
}

const ACCOUNT_ID = '000000000000';

/**
 * The small cloud: every service, the engine and the API in front of them, without any stack. `start` opens it; `stop`
 * ends every process and listener, at any time, even while it starts.
 */
export class SmallCloud {
  private readonly processes: Processes;
  private readonly cloud: Cloud;
  private readonly iam = new Iam({
    ...{ partition: 'aws', accountId: ACCOUNT_ID },
    tell: (...line) => this.options.tell(...line),
  });
  private readonly services: Service[] = [this.iam];
  private readonly bus = new DefaultBus();
  private readonly credentials = new Credentials();
  private api: ApiServer | undefined;
  private started: { readonly engine: CloudFormation; readonly mediaLive: MediaLive } | undefined;

  constructor(private readonly options: SmallCloudOptions) {
    this.processes = new Processes(options.folder);
    this.cloud = {
      partition: 'aws',
      region: 'us-east-1',
      accountId: ACCOUNT_ID,
      folder: options.folder,
      names: new LocalNames(),
      access: this.iam,
      clock: cloudClock(options.hurry),
      events: this.bus,
      tell: options.tell,
    };
  }

  /** @throws Error with a sentence that says what is missing or taken, and what to do. */
  async start(): Promise<void> {
    const { options, cloud, processes, credentials } = this;
    const ffmpeg = await findFfmpeg();
    const responses = new CustomResourceResponses(cloud);
    const s3 = new S3(cloud);
    const apiUrl = () => this.apiUrl;
    const mediaStore = new MediaStore(cloud, apiUrl);
    const secrets = new SecretsManager(cloud);
    const mediaPackage = new MediaPackage(cloud, { ffmpeg: ffmpeg.path, processes, secrets });
    const mediaLive = new MediaLive(cloud, {
      ...{
        ffmpeg,
        processes,
        packager: mediaPackage,
        buckets: s3,
        containers: mediaStore,
        objects: s3,
        rtmpPort: options.rtmpPort,
      },
      ...(options.preset === undefined ? {} : { preset: options.preset }),
    });
    const sns = new Sns(cloud);
    const lambda = new LambdaService(cloud, {
      ...{ processes, credentials, objects: s3, assets: options.assets ?? new Map(), endpointUrl: apiUrl },
      publish: (topicArn, message) => sns.publishTo(topicArn, message),
    });
    // Those of the stream in the order of the stream: it is the order of the status lines.
    this.services.push(mediaLive, mediaPackage, new CloudFront(cloud, { port: options.port }), s3, mediaStore, lambda);
    const events = new EventsService(cloud, { bus: this.bus, functions: lambda });
    this.services.push(new LogsService(cloud), sns, events, new Scheduler(cloud, { functions: lambda }));
    this.services.push(new Ssm(cloud), new Ecr(cloud), secrets);
    const engine = new CloudFormation(cloud, {
      ...{ services: this.services, lambda, responses, responseUrl: apiUrl },
      onEvent: (event) => this.report(event),
    });
    const roleTrusts = this.iam.roleTrustsCaller.bind(this.iam);
    this.services.push(
      new Sts(cloud, { credentials, roleTrusts }),
      new CloudFormationApi(cloud, { engine, objects: s3 }),
    );
    this.started = { engine, mediaLive };
    this.api = await this.openApi({ services: this.services, credentials, responses });
    writeEnvironment(options.folder, this.environment);
    await Promise.all(this.services.map((service) => service.start?.()));
  }

  /** Base URL of the AWS API, for AWS_ENDPOINT_URL; empty before {@link start}. */
  get apiUrl(): string {
    return this.api?.url ?? '';
  }

  /** The AWS API and the operator's keys to it; a file in the run's folder has the same. */
  get environment(): RunEnvironment {
    return { apiUrl: this.apiUrl, keys: this.credentials.operator };
  }

  /** @throws Error before {@link start}. */
  get engine(): CloudFormation {
    if (this.started === undefined) throw new Error('The small cloud is not open yet.');
    return this.started.engine;
  }

  /** Ends everything; safe to call twice. */
  async stop(): Promise<void> {
    this.started?.engine.stop();
    await Promise.all(this.services.map((service) => service.stop?.()));
    await this.api?.stop();
    await this.processes.stop();
  }

  /** One line for every node of the streams. */
  status(): readonly NodeStatus[] {
    return this.services.flatMap((service) => service.status?.() ?? []);
  }

  /** Where a stack is reached on this machine. */
  addresses({ outputs }: Pick<Stack, 'outputs'>): Addresses {
    const named = Object.entries(outputs).map(([name, { value }]) => ({ name, url: this.local(value) }));
    return {
      playerUrl: named.find(({ name }) => name === 'PlayerUrl')?.url ?? '',
      manifests: named.filter(({ url }) => /\.(m3u8|mpd)$/.test(url)),
      publish: this.started?.mediaLive.publishUrls() ?? [],
    };
  }

  private async openApi(served: Omit<ConstructorParameters<typeof ApiServer>[1], 'port'>): Promise<ApiServer> {
    const { port, insist } = this.options.api;
    const api = new ApiServer(this.cloud, { ...served, port });
    try {
      await api.start();
      return api;
    } catch (error) {
      if (insist || !(error instanceof PortTakenError)) throw error;
      const other = new ApiServer(this.cloud, { ...served, port: 0 });
      await other.start();
      this.cloud.tell('api', `Port ${port} is taken; the AWS API is at ${other.url}.`, 'warning');
      return other;
    }
  }

  /** A URL at the edge as it is reached on this machine: plain HTTP on loopback in place of the distribution's domain. */
  private local(url: string): string {
    return url.replace(/^https:\/\/([^/]+)/, (whole, domain: string) => this.cloud.names.resolve(domain) ?? whole);
  }

  private report(event: StackEvent): void {
    const { logicalId, type, status, reason } = event;
    const line = `${status} ${type} ${logicalId}${reason === undefined ? '' : `: ${reason}`}`;
    this.cloud.tell('cloudformation', line, status.endsWith('_FAILED') ? 'warning' : 'info');
    this.options.onEvent?.(event);
  }
}
