import type { Cloud, ResourceProvider, ResourceState } from '../../../contract';
import type { Declared } from '../../kit/declared';
import { PackagedChannel } from '../ingest/packaged-channel';
import { type Endpoint, keptWindows, longWindows, NO_SMOOTH } from '../model/endpoint';
import type { MediaDisk } from '../model/media-disk';
import { arn, egressDomain, ingestDomain, ingestPath, manifestUrls } from './addresses';
import { provider, state } from './catalogue-provider';
import { ConflictError } from './conflict-error';
import { endpointPolicies, type PublishedEndpoint } from './endpoint-policies';
import { endpointProperties } from './endpoint-properties';
import { channelDeclared, channelOf, endpointOf, finish, groupOf, ignoreDescription } from './resource-properties';

/**
 * Default quota of an account for the window of a live manifest: 15 minutes.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html
 */
const LIVE_MANIFEST_QUOTA_SECONDS = 900;

/**
 * The existing channel groups, channels, endpoints and policies: `group`, `group/channel`, `group/channel/endpoint`.
 */
export class Catalogue {
  private readonly groups = new Set<string>();
  private readonly channels = new Map<string, PackagedChannel>();
  private readonly endpoints = new Map<string, PublishedEndpoint>();

  /**
   * @param baseUrl - returns the origin's address, which is registered under each domain.
   * @param disk - keeps the media of the channels.
   */
  constructor(
    private readonly cloud: Cloud,
    private readonly baseUrl: () => string,
    private readonly disk: MediaDisk,
  ) {}

  /** Providers by resource type. */
  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::MediaPackageV2::ChannelGroup': provider({
      replacedBy: ['ChannelGroupName'],
      create: (properties) => this.createGroup(properties),
      update: (properties) => {
        groupOf(properties);
        finish(properties);
        return {};
      },
      remove: (properties) => this.deleteGroup(groupOf(properties)),
    }),
    'AWS::MediaPackageV2::Channel': provider({
      replacedBy: ['ChannelGroupName', 'ChannelName', 'InputType'],
      create: (properties) => this.createChannel(properties),
      update: (properties) => {
        channelDeclared(properties);
        return {};
      },
      remove: (properties) => this.deleteChannel(groupOf(properties), channelOf(properties)),
    }),
    'AWS::MediaPackageV2::OriginEndpoint': provider({
      replacedBy: ['ChannelGroupName', 'ChannelName', 'OriginEndpointName'],
      create: (properties) => this.createEndpoint(properties),
      update: (properties) => this.publish(properties).attributes,
      remove: (properties) => this.deleteEndpoint(groupOf(properties), channelOf(properties), endpointOf(properties)),
    }),
    'AWS::MediaPackageV2::OriginEndpointPolicy': endpointPolicies((...names) => this.endpoint(...names)),
  };

  /** Finds a channel. */
  channel(group: string, name: string): PackagedChannel | undefined {
    return this.channels.get(`${group}/${name}`);
  }

  /** Finds an endpoint and its policy. */
  endpoint(group: string, channel: string, name: string): PublishedEndpoint | undefined {
    return this.endpoints.get(`${group}/${channel}/${name}`);
  }

  /** Returns true for a channel group that exists. */
  hasGroup(group: string): boolean {
    return this.groups.has(group);
  }

  /** Returns the ARN of a channel group. */
  arnOf(group: string): string {
    return arn(this.cloud, group);
  }

  /** Lists all channels, by `group/channel`. */
  all(): readonly (readonly [string, PackagedChannel])[] {
    return [...this.channels];
  }

  private createGroup(properties: Declared): ResourceState {
    const group = groupOf(properties);
    finish(properties);
    if (this.groups.has(group)) {
      throw new ConflictError(`channel group '${group}' already exists; choose another name, or delete it first`);
    }
    const domain = egressDomain(this.cloud, group);
    this.cloud.names.register(domain, this.baseUrl());
    this.groups.add(group);
    return state(arn(this.cloud, group), { EgressDomain: domain });
  }

  private createChannel(properties: Declared): ResourceState {
    const { group, name } = channelDeclared(properties);
    if (!this.groups.has(group)) throw new Error(`${properties.path}: there is no channel group '${group}'`);
    if (this.channel(group, name)) {
      throw new ConflictError(`channel '${group}/${name}' already exists; choose another name, or delete it first`);
    }
    const tell = (line: string) => this.cloud.tell(`origin ${name}`, line, 'warning');
    this.channels.set(`${group}/${name}`, new PackagedChannel(tell, { disk: this.disk }));
    const urls = ([1, 2] as const).map((input) => {
      const domain = ingestDomain(this.cloud, group, name, input);
      this.cloud.names.register(domain, this.baseUrl());
      return `https://${domain}${ingestPath(group, name, input)}`;
    });
    return state(arn(this.cloud, group, `channel/${name}`), {
      IngestEndpointUrls: urls,
      IngestEndpoints: urls.map((Url, index) => ({ Id: String(index + 1), Url })),
    });
  }

  private createEndpoint(properties: Declared): ResourceState {
    const path = [groupOf(properties), channelOf(properties), endpointOf(properties)].join('/');
    if (this.endpoints.has(path)) {
      throw new ConflictError(`origin endpoint '${path}' already exists; choose another name, or delete it first`);
    }
    const { endpoint, attributes } = this.publish(properties);
    return state(endpoint.arn, attributes);
  }

  /** Publishes an endpoint. A previous version of it is replaced; its policy and the media stay. */
  private publish(properties: Declared): { endpoint: Endpoint; attributes: ResourceState['attributes'] } {
    const [group, channelName, name] = [groupOf(properties), channelOf(properties), endpointOf(properties)];
    const channel = this.channel(group, channelName);
    if (!channel) throw new Error(`${properties.path}: there is no channel '${group}/${channelName}'`);
    const path = `${group}/${channelName}/${name}`;
    ignoreDescription(properties);
    const endpoint = endpointProperties(
      properties,
      arn(this.cloud, group, `channel/${channelName}/originEndpoint/${name}`),
    );
    if (endpoint.container === 'ISM') {
      this.cloud.tell(`origin ${channelName}`, `endpoint ${name}: ${NO_SMOOTH}`, 'warning');
    }
    channel.media.widen(keptWindows(endpoint));
    for (const line of longWindows(endpoint, LIVE_MANIFEST_QUOTA_SECONDS)) {
      this.cloud.tell(`origin ${channelName}`, `endpoint ${name}: ${line}`, 'warning');
    }
    this.endpoints.set(path, { endpoint, policy: this.endpoints.get(path)?.policy });
    const folder = `https://${egressDomain(this.cloud, group)}/out/v1/${path}`;
    return { endpoint, attributes: manifestUrls(folder, endpoint) };
  }

  private deleteGroup(group: string): void {
    const channel = [...this.channels.keys()].find((path) => path.startsWith(`${group}/`));
    if (channel) throw new ConflictError(`channel group '${group}' still has channel '${channel}'; delete that first`);
    if (this.groups.delete(group)) this.cloud.names.forget(egressDomain(this.cloud, group));
  }

  private deleteChannel(group: string, name: string): void {
    const endpoint = [...this.endpoints.keys()].find((path) => path.startsWith(`${group}/${name}/`));
    if (endpoint) {
      throw new ConflictError(`channel '${group}/${name}' still has endpoint '${endpoint}'; delete that first`);
    }
    this.channel(group, name)?.close();
    if (!this.channels.delete(`${group}/${name}`)) return;
    for (const input of [1, 2] as const) this.cloud.names.forget(ingestDomain(this.cloud, group, name, input));
  }

  private deleteEndpoint(group: string, channel: string, name: string): void {
    this.endpoints.delete(`${group}/${channel}/${name}`);
  }
}
