import type { Cloud, PolicyDocument, Properties, ResourceProvider, ResourceState } from '../../cloud';
import { Declared } from '../../declared';
import { arn, egressDomain, ingestDomain, ingestPath, manifestUrls } from './addresses';
import type { Endpoint } from './endpoint';
import { endpointProperties } from './endpoint-properties';
import { PackagedChannel } from './packaged-channel';
import { resourceName } from './resource-name';

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
    'AWS::MediaPackageV2::ChannelGroup': provider(
      (properties) => this.createGroup(properties),
      (properties) => this.deleteGroup(groupOf(properties)),
    ),
    'AWS::MediaPackageV2::Channel': provider(
      (properties) => this.createChannel(properties),
      (properties) => this.deleteChannel(groupOf(properties), channelOf(properties)),
    ),
    'AWS::MediaPackageV2::OriginEndpoint': provider(
      (properties) => this.createEndpoint(properties),
      (properties) => this.deleteEndpoint(groupOf(properties), channelOf(properties), endpointOf(properties)),
    ),
    'AWS::MediaPackageV2::OriginEndpointPolicy': provider(
      (properties) => this.createPolicy(properties),
      (properties) => {
        const published = this.endpoint(groupOf(properties), channelOf(properties), endpointOf(properties));
        if (published) published.policy = undefined;
      },
    ),
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
    const [group, name] = [groupOf(properties), channelOf(properties)];
    // AWS's default is HLS, so the template must say CMAF.
    const inputType = properties.maybeText('InputType') ?? 'HLS';
    if (inputType !== 'CMAF') throw properties.unsupported('InputType', `${inputType} is not; set it to CMAF`);
    finish(properties);
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
    const [group, channelName, name] = [groupOf(properties), channelOf(properties), endpointOf(properties)];
    const channel = this.channel(group, channelName);
    if (!channel) throw new Error(`${properties.path}: there is no channel '${group}/${channelName}'`);
    const path = `${group}/${channelName}/${name}`;
    if (this.endpoints.has(path)) throw new ConflictError(`origin endpoint '${path}' exists already`);
    texts(properties);
    const endpoint = endpointProperties(
      properties,
      arn(this.cloud, group, `channel/${channelName}/originEndpoint/${name}`),
    );
    const windows = [...endpoint.hlsManifests, ...endpoint.dashManifests].map(({ windowSeconds }) => windowSeconds);
    channel.windowSeconds = Math.max(channel.windowSeconds, ...windows);
    this.endpoints.set(path, { endpoint, policy: undefined });
    const folder = `https://${egressDomain(this.cloud, group)}/out/v1/${path}`;
    return state(endpoint.arn, manifestUrls(folder, endpoint));
  }

  private createPolicy(properties: Declared): ResourceState {
    const names = [groupOf(properties), channelOf(properties), endpointOf(properties)] as const;
    const published = this.endpoint(...names);
    if (!published) throw new Error(`${properties.path}: there is no origin endpoint '${names.join('/')}'`);
    if (published.policy) throw new ConflictError(`origin endpoint '${names.join('/')}' has a policy already`);
    const policy = policyDocument(properties);
    properties.end();
    published.policy = policy;
    return { physicalId: names.join('|'), ref: names.join('|'), attributes: {} };
  }

  private deleteGroup(group: string): void {
    const channel = [...this.channels.keys()].find((path) => path.startsWith(`${group}/`));
    if (channel) throw new ConflictError(`channel group '${group}' still has channel '${channel}'; delete that first`);
    if (this.groups.delete(group)) this.cloud.names.forget(egressDomain(this.cloud, group));
  }

  private deleteChannel(group: string, name: string): void {
    const endpoint = [...this.endpoints.keys()].find((path) => path.startsWith(`${group}/${name}/`));
    if (endpoint)
      throw new ConflictError(`channel '${group}/${name}' still has endpoint '${endpoint}'; delete that first`);
    this.channel(group, name)?.close();
    if (!this.channels.delete(`${group}/${name}`)) return;
    for (const input of [1, 2] as const) this.cloud.names.forget(ingestDomain(this.cloud, group, name, input));
  }

  private deleteEndpoint(group: string, channel: string, name: string): void {
    this.endpoints.delete(`${group}/${channel}/${name}`);
  }
}

function provider(
  create: (properties: Declared) => ResourceState,
  remove: (properties: Declared) => void,
): ResourceProvider {
  return {
    create: async ({ properties, type }) => create(new Declared(properties, type)),
    delete: async (_, { properties, type }) => remove(new Declared(properties, type)),
  };
}

function state(ref: string, attributes: ResourceState['attributes']): ResourceState {
  const now = new Date().toISOString();
  return { physicalId: ref, ref, attributes: { Arn: ref, CreatedAt: now, ModifiedAt: now, ...attributes } };
}

const groupOf = (properties: Declared) => resourceName(properties, 'ChannelGroupName');
const channelOf = (properties: Declared) => resourceName(properties, 'ChannelName');
const endpointOf = (properties: Declared) => resourceName(properties, 'OriginEndpointName');

/** What says nothing to a machine. */
function texts(properties: Declared): void {
  properties.withoutEffect('Description', 'Tags');
}

function finish(properties: Declared): void {
  texts(properties);
  properties.end();
}

/** CloudFormation takes a policy as JSON, and as a string that holds it. */
function policyDocument(properties: Declared): PolicyDocument {
  const given = properties.value('Policy');
  const policy: unknown = typeof given === 'string' ? JSON.parse(given) : given;
  if (!isDocument(policy)) throw new Error(`${properties.path}.Policy: must be a policy document`);
  return policy;
}

function isDocument(policy: unknown): policy is Properties {
  return typeof policy === 'object' && policy !== null && 'Statement' in policy;
}
