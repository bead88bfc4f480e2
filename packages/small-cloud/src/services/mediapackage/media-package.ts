import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Cloud,
  type NodeStatus,
  ORIGIN_ACCESS,
  type PackagerIngest,
  type SecretStore,
  type Service,
} from '../../contract';
import type { Processes } from '../../host/processes';
import { guardedServer, requestUrl } from '../../wire/guarded-server';
import { arn, ingestPath } from './control/addresses';
import { Catalogue } from './control/catalogue';
import { V1_GROUP, V1Catalogue } from './control/v1-catalogue';
import { type EgressAnswer, egress, refusal, smoothRefusal } from './egress/egress';
import { TransportStreams } from './egress/transport-stream-muxer';
import { v1Egress } from './egress/v1-egress';
import { ingest } from './ingest/ingest-request';
import type { PackagedChannel } from './ingest/packaged-channel';

/** `/out/v1/<group>/<channel>/<endpoint>/<file>`; Microsoft Smooth Streaming has a folder more. */
const EGRESS_PATH = /^\/out\/v1\/([\w-]+)\/([\w-]+)\/([\w-]+)\/([\w.$-]+(?:\.ism\/Manifest)?)$/;
const NO_SECRETS: SecretStore = { secret: () => undefined };
/** A channel is degraded when nothing has come for this long, or what comes is this much behind the clock. */
const LATE_SECONDS = 5;

/**
 * The local MediaPackage, v2 and v1: takes CMAF tracks from encoders, keeps one set of fragments in memory, and serves every
 * manifest that the origin endpoints declare. Who may read an endpoint is for the endpoint's policy to say, or in v1 for its CDN authorization.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/what-is.html
 */
export class MediaPackage implements Service, PackagerIngest {
  private readonly catalogue: Catalogue;
  private readonly v1: V1Catalogue;
  private readonly transportStreams: TransportStreams;
  private server: Server | undefined;

  /** @param options.ffmpeg - path of the ffmpeg that muxes MPEG-TS segments. */
  constructor(
    private readonly cloud: Cloud,
    options: { readonly ffmpeg: string; readonly processes: Processes; readonly secrets?: SecretStore },
  ) {
    this.catalogue = new Catalogue(cloud, () => this.baseUrl());
    this.v1 = new V1Catalogue(cloud, () => this.baseUrl(), options.secrets ?? NO_SECRETS);
    this.transportStreams = new TransportStreams(options);
  }

  get resources(): Service['resources'] {
    return { ...this.catalogue.resources, ...this.v1.resources };
  }

  async start(): Promise<void> {
    const guard = { names: this.cloud.names, tell: (line: string) => this.cloud.tell('origin', line, 'warning') };
    const server = guardedServer(guard, (request, response) => this.handle(request, response));
    // An encoder's request lasts for as long as the channel runs; node would end it after five minutes.
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

  private channel(group: string, name: string): PackagedChannel | undefined {
    return group === V1_GROUP ? this.v1.channel(name) : this.catalogue.channel(group, name);
  }

  private channels(): ReturnType<Catalogue['all']> {
    return [...this.catalogue.all(), ...this.v1.all()];
  }

  status(): readonly NodeStatus[] {
    const channels = this.channels();
    return channels.map(([path, channel]) => ({
      node: channels.length === 1 ? 'origin' : `origin ${path.split('/')[1]}`,
      ...channelStatus(channel),
    }));
  }

  private baseUrl(): string {
    const address = this.server?.address();
    if (!isInternet(address)) throw new Error('the local MediaPackage is not started');
    return `http://127.0.0.1:${address.port}`;
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const url = requestUrl(request);
    if (url.pathname.startsWith('/in/')) {
      const tell = (line: string) => this.cloud.tell('origin', line, 'warning');
      ingest(request, response, url, (group, name) => this.channel(group, name), tell);
      return;
    }
    this.read(request, url)
      .catch((error: unknown) => {
        // A muxer that was ended with the run has not failed.
        if (this.server) this.cloud.tell('origin', `${url.pathname}: ${error}`, 'warning');
        return refusal(500, `${error}`);
      })
      .then((answer) => send(response, answer, request.method === 'HEAD'));
  }

  private async read(request: IncomingMessage, url: URL): Promise<EgressAnswer> {
    const { method } = request;
    if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'an origin endpoint answers GET and HEAD');
    const older = await v1Egress(this.v1, this.transportStreams, url, header(request, 'x-mediapackage-cdnidentifier'));
    if (older) return older;
    const [, group = '', channelName = '', endpointName = '', file = ''] = EGRESS_PATH.exec(url.pathname) ?? [];
    const channel = this.catalogue.channel(group, channelName);
    const published = this.catalogue.endpoint(group, channelName, endpointName);
    if (!channel || !published) return refusal(404, `no origin endpoint serves ${url.pathname}`);
    const { endpoint, policy } = published;
    const action = method === 'GET' ? 'mediapackagev2:GetObject' : 'mediapackagev2:GetHeadObject';
    const [principal, source] = [header(request, ORIGIN_ACCESS.principal), header(request, ORIGIN_ACCESS.source)];
    const context = source === undefined ? undefined : { 'AWS:SourceArn': source };
    const access = { action, resource: endpoint.arn, context };
    if (!policy || principal === undefined || !this.cloud.access.policyAllows(policy, principal, access)) {
      const why = policy ? 'its policy does not allow it' : 'it has no OriginEndpointPolicy';
      return refusal(403, `${principal ?? 'an unsigned request'} may not ${action} on ${endpoint.arn}: ${why}`);
    }
    if (endpoint.container === 'ISM') return smoothRefusal(`endpoint ${endpointName}`);
    return egress({ endpoint, channel, transportStreams: this.transportStreams }, file, url.searchParams);
  }
}

function send(response: ServerResponse, answer: EgressAnswer, headOnly: boolean): void {
  response.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': Buffer.byteLength(answer.body),
    ...(answer.maxAgeSeconds === undefined ? {} : { 'cache-control': `max-age=${answer.maxAgeSeconds}` }),
  });
  response.end(headOnly ? undefined : answer.body);
}

function channelStatus(channel: PackagedChannel): Pick<NodeStatus, 'state' | 'detail'> {
  const { figures } = channel;
  if (!figures) return { state: 'waiting', detail: 'no media yet' };
  const media = `${figures.heldSeconds.toFixed(0)} s in ${figures.parts} parts, ${(figures.bytes / 1e6).toFixed(1)} MB`;
  if (figures.silentSeconds > LATE_SECONDS) {
    return { state: 'degraded', detail: `no media for ${figures.silentSeconds.toFixed(0)} s; ${media}` };
  }
  const edge = `live edge ${Math.max(0, figures.behindSeconds).toFixed(1)} s behind the clock`;
  const state = figures.behindSeconds > LATE_SECONDS ? 'degraded' : 'running';
  const onAir = figures.pipeline === undefined ? '' : `pipeline ${figures.pipeline} on air, `;
  return { state, detail: `${onAir}${edge}, ${figures.tracks.length} tracks, ${media}` };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function isInternet(address: string | AddressInfo | null | undefined): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
