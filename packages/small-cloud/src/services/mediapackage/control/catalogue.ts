import type { Cloud, PolicyDocument, ResourceProvider, ResourceState } from '../../../contract';
import type { Declared } from '../../kit/declared';
import { NO_SMOOTH } from '../egress/egress';
import { PackagedChannel } from '../ingest/packaged-channel';
import type { Endpoint } from '../model/endpoint';
import { arn, egressDomain, ingestDomain, ingestPath, manifestUrls } from './addresses';
import { provider, state } from './catalogue-provider';
import { endpointProperties } from './endpoint-properties';
import { channelDeclared, channelOf, endpointOf, finish, groupOf, policyDocument, texts } from './resource-properties';

/** What MediaPackage answers with ConflictException: the thing is there already, or others still need it. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** An endpoint, and who may read it. */
export interface PublishedEndpoint {
  readonly endpoint: Endpoint;
  /** Undefined while the endpoint has no policy: nobody may read it. */
  policy: PolicyDocument | undefined;
}

/**
 * The channel groups, channels, endpoints and endpoint policies that there are, by name: `group`, `group/channel`,
 * `group/channel/endpoint`.
 */
export class Catalogue {
  private readonly groups = new Set<string>();
  private readonly channels = new Map<string, PackagedChannel>();
  private readonly endpoints = new Map<string, PublishedEndpoint>();

  /** @param baseUrl - where the origin listens; asked for when a domain is registered. */
  constructor(
    private readonly cloud: Cloud,
    private readonly baseUrl: () => string,
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
    'AWS::MediaPackageV2::OriginEndpointPolicy': provider({
      replacedBy: ['ChannelGroupName', 'ChannelName', 'OriginEndpointName'],
      create: (properties) => this.createPolicy(properties),
      update: (properties) => {
        this.setPolicy(properties);
        return {};
      },
      remove: (properties) => {
        const published = this.endpoint(groupOf(properties), channelOf(properties), endpointOf(properties));
        if (published) published.policy = undefined;
      },
    }),
  };

  /** The media of a channel. */
  channel(group: string, name: string): PackagedChannel | undefined {
    return this.channels.get(`${group}/${name}`);
  }

  /** An endpoint and its policy. */
  endpoint(group: string, channel: string, name: string): PublishedEndpoint | undefined {
    return this.endpoints.get(`${group}/${channel}/${name}`);
  }

  /** All channels, by `group/channel`. */
  all(): readonly (readonly [string, PackagedChannel])[] {
    return [...this.channels];
  }

  private createGroup(properties: Declared): ResourceState {
    const group = groupOf(properties);
    finish(properties);
    if (this.groups.has(group)) throw new ConflictError(`channel group '${group}' exists already`);
    const domain = egressDomain(this.cloud, group);
    this.cloud.names.register(domain, this.baseUrl());
    this.groups.add(group);
    return state(arn(this.cloud, group), { EgressDomain: domain });
  }

  private createChannel(properties: Declared): ResourceState {
    const { group, name } = channelDeclared(properties);
    if (!this.groups.has(group)) throw new Error(`${properties.path}: there is no channel group '${group}'`);
    if (this.channel(group, name)) throw new ConflictError(`channel '${group}/${name}' exists already`);
    this.channels.set(
      `${group}/${name}`,
      new PackagedChannel((line) => this.cloud.tell(`origin ${name}`, line, 'warning')),
    );
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
    if (this.endpoints.has(path)) throw new ConflictError(`origin endpoint '${path}' exists already`);
    const { endpoint, attributes } = this.publish(properties);
    return state(endpoint.arn, attributes);
  }

  /** Publishes an endpoint, in place of what it was before, under the policy that it had. The media stays. */
  private publish(properties: Declared): { endpoint: Endpoint; attributes: ResourceState['attributes'] } {
    const [group, channelName, name] = [groupOf(properties), channelOf(properties), endpointOf(properties)];
    const channel = this.channel(group, channelName);
    if (!channel) throw new Error(`${properties.path}: there is no channel '${group}/${channelName}'`);
    const path = `${group}/${channelName}/${name}`;
    texts(properties);
    const endpoint = endpointProperties(
      properties,
      arn(this.cloud, group, `channel/${channelName}/originEndpoint/${name}`),
    );
    if (endpoint.container === 'ISM') {
      this.cloud.tell(`origin ${channelName}`, `endpoint ${name}: ${NO_SMOOTH}`, 'warning');
    }
    const windows = [...endpoint.hlsManifests, ...endpoint.dashManifests].map(({ windowSeconds }) => windowSeconds);
    // A window that becomes shorter lets no media go: another one may still list it.
    channel.windowSeconds = Math.max(channel.windowSeconds, ...windows);
    this.endpoints.set(path, { endpoint, policy: this.endpoints.get(path)?.policy });
    const folder = `https://${egressDomain(this.cloud, group)}/out/v1/${path}`;
    return { endpoint, attributes: manifestUrls(folder, endpoint) };
  }

  private createPolicy(properties: Declared): ResourceState {
    const names = [groupOf(properties), channelOf(properties), endpointOf(properties)] as const;
    if (this.endpoint(...names)?.policy) {
      throw new ConflictError(`origin endpoint '${names.join('/')}' has a policy already`);
    }
    this.setPolicy(properties);
    return { physicalId: names.join('|'), ref: names.join('|'), attributes: {} };
  }

  private setPolicy(properties: Declared): void {
    const names = [groupOf(properties), channelOf(properties), endpointOf(properties)] as const;
    const published = this.endpoint(...names);
    if (!published) throw new Error(`${properties.path}: there is no origin endpoint '${names.join('/')}'`);
    const policy = policyDocument(properties);
    properties.end();
    published.policy = policy;
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
