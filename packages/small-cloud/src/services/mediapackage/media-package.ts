import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type {
  ApiHandler,
  Cloud,
  MediaMessage,
  NodeStatus,
  ObjectWriter,
  PackagedPlace,
  PackagerIngest,
  SecretStore,
  Service,
} from '../../contract';
import type { Processes } from '../../host/processes';
import { guardedServer, requestUrl } from '../../wire/guarded-server';
import { channelStatus } from './channel-status';
import { arn, ingestPath } from './control/addresses';
import { Catalogue } from './control/catalogue';
import { V1_GROUP, V1Catalogue } from './control/v1-catalogue';
import { type EgressAnswer, egressError, sendAnswer } from './egress/answer';
import { countEgress, countedChannel } from './egress/egress-metrics';
import { egressRequest } from './egress/egress-request';
import { TransportStreamMuxer } from './egress/transport-stream-muxer';
import { v1Egress } from './egress/v1-egress';
import { v2Egress } from './egress/v2-egress';
import { harvestApi } from './harvest/harvest-api';
import { type HarvestFault, HarvestJobs } from './harvest/harvest-jobs';
import { V1Harvests } from './harvest/v1-harvests';
import { takeTrack } from './ingest/ingest-request';
import { countIngress } from './ingest/ingress-metrics';
import type { PackagedChannel } from './ingest/packaged-channel';
import { MediaDisk } from './model/media-disk';

const NO_SECRETS: SecretStore = { secret: () => undefined };
const NO_BUCKETS: ObjectWriter = {
  target: () => undefined,
  write: async ({ bucket }) => {
    throw new Error(`there is no bucket '${bucket}'`);
  },
};

/** Parts of the cloud that the packager uses. */
export interface MediaPackageOptions {
  /** Path of the ffmpeg that muxes MPEG-TS segments. */
  readonly ffmpeg: string;
  readonly processes: Processes;
  readonly secrets?: SecretStore;
  /** Takes the objects of harvests. @default there are no buckets */
  readonly objects?: ObjectWriter;
  /** Fault of a harvest, for drills, asked for when the job begins; undefined while harvests work. */
  readonly harvestFault?: ((job: string) => HarvestFault | undefined) | undefined;
  /** Status of every answer to a viewer while the packager is to fail, for drills; undefined while it works. */
  readonly fault?: (() => number | undefined) | undefined;
}

/**
 * The local MediaPackage, v1 and v2. It takes CMAF tracks from encoders, keeps one set of fragments, the older ones on the disk, and
 * serves every manifest that the origin endpoints declare. A policy decides who may read an endpoint; in v1, its CDN
 * authorization does.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/what-is.html
 */
export class MediaPackage implements Service, PackagerIngest {
  private readonly catalogue: Catalogue;
  private readonly v1: V1Catalogue;
  private readonly muxer: TransportStreamMuxer;
  private readonly disk: MediaDisk;
  private readonly jobs: HarvestJobs;
  private readonly v1Jobs: V1Harvests;
  readonly api: Readonly<Record<string, ApiHandler>>;
  private server: Server | undefined;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: MediaPackageOptions,
  ) {
    this.disk = new MediaDisk({ folder: join(cloud.folder, 'mediapackage'), tell: this.warn });
    this.catalogue = new Catalogue(cloud, () => this.baseUrl(), this.disk);
    this.v1 = new V1Catalogue(cloud, () => this.baseUrl(), options.secrets ?? NO_SECRETS, this.disk);
    this.muxer = new TransportStreamMuxer(options);
    const { catalogue, muxer } = this;
    const { objects = NO_BUCKETS, harvestFault: fault } = options;
    this.jobs = new HarvestJobs({ cloud, catalogue, muxer, objects, fault });
    this.v1Jobs = new V1Harvests({ cloud, catalogue: this.v1, muxer, objects, fault });
    this.api = {
      mediapackage: this.v1Jobs.api,
      mediapackagev2: harvestApi({ access: cloud.access, jobs: this.jobs, catalogue }),
    };
  }

  get resources(): Service['resources'] {
    return { ...this.catalogue.resources, ...this.v1.resources };
  }

  async start(): Promise<void> {
    const guard = { names: this.cloud.names, tell: this.warn };
    const server = guardedServer(guard, (request, response) => this.handle(request, response));
    // An encoder's request lasts as long as the channel runs. Node's default would end it after five minutes.
    server.requestTimeout = 0;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const [, channel] of this.channels()) channel.close();
    this.v1Jobs.stop();
    await Promise.all([this.jobs.stop(), this.disk.close()]);
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  ingest(channelGroup: string | undefined, channel: string): ReturnType<PackagerIngest['ingest']> {
    const group = channelGroup ?? V1_GROUP;
    if (!this.channel(group, channel)) return undefined;
    const url = (input: 1 | 2) => `${this.baseUrl()}${ingestPath(group, channel, input)}`;
    const own = channelGroup === undefined ? this.v1.arn(channel) : arn(this.cloud, group, `channel/${channel}`);
    return { arn: own, urls: [url(1), url(2)] };
  }

  insert({ channelGroup = V1_GROUP, channelName }: PackagedPlace, message: MediaMessage): void {
    this.channel(channelGroup, channelName)?.media.insert(message);
  }

  status(): readonly NodeStatus[] {
    const channels = this.channels();
    return channels.map(([path, channel]) => ({
      node: channels.length === 1 ? 'origin' : `origin ${path.split('/')[1]}`,
      ...channelStatus(channel),
    }));
  }

  private channel(group: string, name: string): PackagedChannel | undefined {
    return group === V1_GROUP ? this.v1.channel(name) : this.catalogue.channel(group, name);
  }

  private channels(): ReturnType<Catalogue['all']> {
    return [...this.catalogue.all(), ...this.v1.all()];
  }

  private baseUrl(): string {
    const address = this.server?.address();
    if (typeof address === 'object' && address !== null) return `http://127.0.0.1:${address.port}`;
    throw new Error('the local MediaPackage is not started; call start() first');
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const url = requestUrl(request);
    if (url.pathname.startsWith('/in/')) {
      takeTrack(
        {
          channel: (group, name) => this.channel(group, name),
          tell: this.warn,
          took: (group, name, bytes) => {
            const channel: Record<string, string> =
              group === V1_GROUP ? { Channel: name } : { ChannelGroup: group, Channel: name };
            countIngress(this.cloud.metrics, channel, bytes);
          },
        },
        url,
        request,
        response,
      );
      return;
    }
    const begun = performance.now();
    this.answer(request, url)
      .catch((error: unknown) => {
        // The end of the run also ends its muxers. That is not a failure.
        if (this.server) this.warn(`${url.pathname}: ${error}`);
        return egressError(500, `${error}`);
      })
      .then((answer) => {
        sendAnswer(response, answer, request.method === 'HEAD');
        const channel = countedChannel(url, this.catalogue, this.v1);
        if (channel) countEgress(this.cloud.metrics, { channel, answer, milliseconds: performance.now() - begun });
      });
  }

  private async answer(incoming: IncomingMessage, url: URL): Promise<EgressAnswer> {
    const fault = this.options.fault?.();
    if (fault !== undefined) return egressError(fault, 'this run was asked to let the packager fail');
    const request = egressRequest(incoming, url);
    if (!request) return egressError(405, 'an origin endpoint answers GET and HEAD');
    const { catalogue, muxer } = this;
    const v1 = await v1Egress(this.v1, muxer, request);
    return v1 ?? v2Egress({ catalogue, access: this.cloud.access, muxer }, request);
  }

  private readonly warn = (line: string) => this.cloud.tell('origin', line, 'warning');
}
