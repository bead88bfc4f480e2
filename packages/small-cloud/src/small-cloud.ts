import { randomUUID } from 'node:crypto';
import { ApiServer, PortTakenError } from './api-server';
import type { CloudFormation } from './cloudformation/engine';
import type { Stack, StackEvent } from './cloudformation/stack';
import type { Cloud, NodeStatus } from './contract';
import { cloudClock } from './host/clock';
import { findFfmpeg } from './host/ffmpeg';
import { Processes } from './host/processes';
import { MetricFeed } from './services/cloudwatch/metric-feed';
import { DefaultBus } from './services/events/default-bus';
import { Iam } from './services/iam/iam';
import type { Assets } from './services/lambda/assets';
import { Credentials } from './wire/credentials';
import { type RunEnvironment, writeEnvironment, writeNames } from './wire/environment-file';
import { LocalNames } from './wire/local-names';
import { type Wiring, wire } from './wiring';

/** Options of a small cloud: its folder, its ports, its speed and its listeners. */
export interface SmallCloudOptions {
  /** A temporary folder for this run alone. The caller makes it, and removes it after {@link SmallCloud.stop}. */
  readonly folder: string;
  /** Port of the edge; a second distribution takes the next one. */
  readonly port: number;
  /** Country of every viewer, as ISO 3166-1 alpha-2; the header `x-local-viewer-country` names another. @default DE */
  readonly viewerCountry?: string | undefined;
  /** First port that takes RTMP. */
  readonly rtmpPort: number;
  /** Port of the AWS API. With `insist`, a taken port is an error; otherwise any free port replaces it. */
  readonly api: { readonly port: number; readonly insist: boolean };
  /** Speed of the encoder. @default superfast, and ultrafast when the machine cannot keep up */
  readonly preset?: 'veryfast' | 'superfast' | 'ultrafast' | undefined;
  /** Factor by which time passes faster for schedules and functions; the media keeps its own pace. @default 1 */
  readonly hurry?: number | undefined;
  /**
   * Status of every answer of the packager to a viewer, 400 to 599, asked for at each request: a fault for drills.
   * Undefined while the packager works. @default it works
   */
  readonly packagerFault?: (() => number | undefined) | undefined;
  /** Fault of a harvest job, by its name, asked for when the job begins: for drills. @default harvests work */
  readonly harvestFault?: ((job: string) => 'fail' | 'lose-event' | 'repeat-event' | undefined) | undefined;
  /** Code that nobody uploads, because a template is run straight from its cloud assembly. */
  readonly assets?: Assets;
  readonly tell: Cloud['tell'];
  /** Receives every step of every stack. */
  readonly onEvent?: (event: StackEvent) => void;
}

/** The addresses of a stack that is up. */
export interface Addresses {
  /** Empty for a stack without a player. */
  readonly playerUrl: string;
  /** Page with the dashboard of the stack as this cloud draws it; empty for a stack without one. */
  readonly dashboardUrl: string;
  /** Name and URL of each manifest, from the stack's Outputs. */
  readonly manifests: readonly { readonly name: string; readonly url: string }[];
  /** Ingest URLs of push inputs, each with an ffmpeg command that publishes to it. */
  readonly publish: readonly { readonly input: string; readonly url: string; readonly example: string }[];
}

const PLACE = { partition: 'aws', region: 'us-east-1', accountId: '000000000000' } as const;

/**
 * The small cloud: every service, the engine and the API in front of them, without any stack. `start` opens it; `stop`
 * ends every process and listener, at any time, even during `start`.
 */
export class SmallCloud {
  private readonly processes: Processes;
  private readonly cloud: Cloud;
  private readonly iam: Iam;
  private readonly bus = new DefaultBus();
  private readonly feed = new MetricFeed();
  private readonly names = new LocalNames((all) => writeNames(this.options.folder, all));
  private readonly credentials = new Credentials();
  private api: ApiServer | undefined;
  private wiring: Wiring | undefined;
  /** Last part of the address of the dashboard page. */
  private readonly dashboardKey = randomUUID();

  constructor(private readonly options: SmallCloudOptions) {
    const { folder, hurry, tell } = options;
    this.processes = new Processes(folder);
    this.iam = new Iam({ ...PLACE, tell });
    this.cloud = {
      ...PLACE,
      folder,
      names: this.names,
      access: this.iam,
      clock: cloudClock(hurry),
      events: this.bus,
      metrics: this.feed,
      tell,
    };
  }

  /** @throws Error with a sentence that says what is missing or taken, and what to do. */
  async start(): Promise<void> {
    const { options, cloud, iam, bus, feed, credentials, processes } = this;
    const wiring = wire({
      cloud,
      iam,
      bus,
      feed,
      names: () => this.names.all(),
      credentials,
      ffmpeg: await findFfmpeg(),
      processes,
      assets: options.assets ?? new Map(),
      apiUrl: () => this.apiUrl,
      edgePort: options.port,
      viewerCountry: options.viewerCountry,
      rtmpPort: options.rtmpPort,
      preset: options.preset,
      packagerFault: options.packagerFault,
      harvestFault: options.harvestFault,
      onEvent: (event) => this.report(event),
    });
    const { services, responses, cloudWatch } = wiring;
    this.wiring = wiring;
    // The API opens before the services start: they hand its URL to the functions that they run.
    this.api = await this.openApi({
      services,
      credentials,
      responses,
      dashboard: { token: this.dashboardKey, page: () => cloudWatch.page() },
    });
    writeEnvironment(options.folder, this.environment);
    await Promise.all(services.map((service) => service.start?.()));
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
    if (this.wiring === undefined) throw new Error('The small cloud is not open yet; call start() first.');
    return this.wiring.engine;
  }

  /** Ends everything; safe to call twice. */
  async stop(): Promise<void> {
    this.wiring?.engine.stop();
    await Promise.all(this.services.map((service) => service.stop?.()));
    await this.api?.stop();
    await this.processes.stop();
  }

  /** Returns one line for every node of the streams. */
  status(): readonly NodeStatus[] {
    return this.services.flatMap((service) => service.status?.() ?? []);
  }

  /** Returns the addresses of a stack on this machine. */
  addresses({ outputs }: Pick<Stack, 'outputs'>): Addresses {
    const named = Object.entries(outputs).map(([name, { value }]) => ({ name, url: this.local(value) }));
    return {
      playerUrl: named.find(({ name }) => name === 'PlayerUrl')?.url ?? '',
      dashboardUrl: outputs['Dashboard'] === undefined ? '' : `${this.apiUrl}/dashboard/${this.dashboardKey}`,
      manifests: named.filter(({ url }) => /\.(m3u8|mpd)$/.test(url)),
      publish: this.wiring?.mediaLive.publishUrls() ?? [],
    };
  }

  private get services(): Wiring['services'] {
    return this.wiring?.services ?? [];
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
      this.cloud.tell('api', `Port ${port} is taken; the AWS API is at ${other.url} instead.`, 'warning');
      return other;
    }
  }

  /** Replaces the distribution's domain in a URL by the edge's address on this machine, plain HTTP on loopback. */
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
