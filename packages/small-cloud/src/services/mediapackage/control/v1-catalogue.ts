import { createHash } from 'node:crypto';
import type { Cloud, ResourceProvider, ResourceState, SecretStore } from '../../../contract';
import type { Declared } from '../../kit/declared';
import { PackagedChannel } from '../ingest/packaged-channel';
import { keptWindows, longWindows, NO_SMOOTH } from '../model/endpoint';
import type { MediaDisk } from '../model/media-disk';
import { provider } from './catalogue-provider';
import { ConflictError } from './conflict-error';
import { type CdnAuthorization, type V1Endpoint, v1Endpoint } from './v1-endpoint';

/** Stand-in for the channel group in the ingest URLs of v1, which has no groups. No group can have this name. */
export const V1_GROUP = '-';
/**
 * Default quota of an account for the window of a live manifest: 5 minutes.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/live-quotas.html
 */
const LIVE_MANIFEST_QUOTA_SECONDS = 300;
/** Key in the secret of a CDN authorization. */
const KEY = 'MediaPackageCDNIdentifier';

/**
 * The channels and endpoints of MediaPackage v1. They use the packager of v2, because the encoder sends both the same
 * tracks.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/what-is.html
 */
export class V1Catalogue {
  private readonly channels = new Map<string, PackagedChannel>();
  private readonly endpoints = new Map<string, V1Endpoint>();

  constructor(
    private readonly cloud: Cloud,
    private readonly baseUrl: () => string,
    private readonly secrets: SecretStore,
    private readonly disk: MediaDisk,
  ) {}

  /** Providers by resource type. */
  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::MediaPackage::Channel': provider({
      replacedBy: ['Id'],
      create: (properties) => this.createChannel(channelId(properties)),
      update: (properties) => {
        channelId(properties);
        return {};
      },
      remove: (properties) => this.deleteChannel(properties.text('Id')),
    }),
    'AWS::MediaPackage::OriginEndpoint': provider({
      replacedBy: ['Id', 'ChannelId'],
      create: (properties) => this.createEndpoint(properties),
      update: (properties) => this.publish(properties).attributes,
      remove: (properties) => void this.endpoints.delete(this.hash(properties.text('Id'))),
    }),
  };

  /** Finds a channel. */
  channel(id: string): PackagedChannel | undefined {
    return this.channels.get(id);
  }

  /** Finds the endpoint with this id in its URLs. */
  endpoint(urlId: string): V1Endpoint | undefined {
    return this.endpoints.get(urlId);
  }

  /** Finds the endpoint with this id in its template. */
  endpointOf(id: string): V1Endpoint | undefined {
    return this.endpoints.get(this.hash(id));
  }

  /** Lists all channels, by `-/channel`. */
  all(): readonly (readonly [string, PackagedChannel])[] {
    return [...this.channels].map(([id, channel]) => [`${V1_GROUP}/${id}`, channel]);
  }

  /** Returns the ARN of a channel. */
  arn(id: string): string {
    return this.arnOf('channels', id);
  }

  /** Returns true when a request with this secret may read an endpoint. */
  admits({ authorization }: V1Endpoint, shown: string | undefined): boolean {
    return authorization === undefined || shown === this.secrets.secret(authorization.secretArn, KEY);
  }

  private createChannel(id: string): ResourceState {
    if (this.channels.has(id)) {
      throw new ConflictError(`channel '${id}' already exists; choose another id, or delete it first`);
    }
    const tell = (line: string) => this.cloud.tell(`origin ${id}`, line, 'warning');
    this.channels.set(id, new PackagedChannel(tell, { disk: this.disk }));
    return { physicalId: id, ref: id, attributes: { Arn: this.arn(id) } };
  }

  private createEndpoint(properties: Declared): ResourceState {
    const id = properties.text('Id');
    if (this.endpoints.has(this.hash(id))) {
      throw new ConflictError(`origin endpoint '${id}' already exists; choose another id, or delete it first`);
    }
    return { physicalId: id, ref: id, ...this.publish(properties) };
  }

  private publish(properties: Declared): Pick<ResourceState, 'attributes'> {
    const urlId = this.hash(properties.text('Id'));
    const arn = this.arnOf('origin_endpoints', properties.text('Id'));
    const endpoint = v1Endpoint(properties, arn);
    const channel = this.channel(endpoint.channelId);
    if (!channel) throw new Error(`${properties.path}: there is no channel '${endpoint.channelId}'`);
    if (!endpoint.packaged) {
      this.cloud.tell(`origin ${endpoint.channelId}`, `endpoint ${endpoint.id}: ${NO_SMOOTH}`, 'warning');
    }
    if (endpoint.authorization) this.check(endpoint.authorization, properties.path);
    if (endpoint.packaged) {
      channel.media.widen(keptWindows(endpoint.packaged));
      for (const line of longWindows(endpoint.packaged, LIVE_MANIFEST_QUOTA_SECONDS)) {
        this.cloud.tell(`origin ${endpoint.channelId}`, `endpoint ${endpoint.id}: ${line}`, 'warning');
      }
    }
    this.endpoints.set(urlId, endpoint);
    const domain = `${this.hash('').slice(0, 16)}.mediapackage.${this.cloud.region}.amazonaws.com`;
    this.cloud.names.register(domain, this.baseUrl());
    // As on AWS, a CMAF endpoint has no URL: each of its manifests has one.
    const Url = endpoint.file === '' ? '' : `https://${domain}/out/v1/${urlId}/${endpoint.file}`;
    return { attributes: { Arn: arn, Url } };
  }

  /** Checks that MediaPackage can read the secret with the given role. */
  private check({ secretArn, roleArn }: CdnAuthorization, path: string): void {
    const { access } = this.cloud;
    if (!access.roleTrusts(roleArn, 'mediapackage.amazonaws.com')) {
      throw new Error(
        `${path}.Authorization: ${roleArn} does not let mediapackage.amazonaws.com assume it; add it to the role's trust policy`,
      );
    }
    if (!access.roleAllows(roleArn, { action: 'secretsmanager:GetSecretValue', resource: secretArn })) {
      throw new Error(`${path}.Authorization: ${roleArn} does not allow secretsmanager:GetSecretValue on ${secretArn}`);
    }
    if (this.secrets.secret(secretArn, KEY) === undefined) {
      throw new Error(`${path}.Authorization: there is no secret ${secretArn} with the key ${KEY}`);
    }
  }

  private deleteChannel(id: string): void {
    const endpoint = [...this.endpoints.values()].find(({ channelId: of }) => of === id);
    if (endpoint) throw new ConflictError(`channel '${id}' still has endpoint '${endpoint.id}'; delete that first`);
    this.channel(id)?.close();
    this.channels.delete(id);
  }

  private arnOf(kind: 'channels' | 'origin_endpoints', id: string): string {
    const { partition, region, accountId } = this.cloud;
    return `arn:${partition}:mediapackage:${region}:${accountId}:${kind}/${this.hash(id)}`;
  }

  /** Returns 32 characters, as many as in AWS's ids; the same for the same account, Region and id. */
  private hash(of: string): string {
    const { accountId, region } = this.cloud;
    return createHash('sha256').update(`v1/${accountId}/${region}/${of}`).digest('hex').slice(0, 32);
  }
}

function channelId(properties: Declared): string {
  const id = properties.text('Id');
  properties.withoutEffect('Description', 'Tags').end();
  return id;
}
