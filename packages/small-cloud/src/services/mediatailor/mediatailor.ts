import { createHash } from 'node:crypto';
import type { ApiHandler, Cloud, NodeStatus, ResourceProvider, ResourceState, Service } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { AdShelf } from './ad-shelf';
import { type PlaybackConfiguration, playbackConfiguration } from './playback-configuration';
import { TailorFace } from './tailor-face';
import { Web } from './web';

/**
 * AWS Elemental MediaTailor: playback configurations, guided sessions of HLS with reports by the player, stitched sessions of
 * DASH, and the media of their ads. It asks the real ad server.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/server-guided.html
 */
export class MediaTailor implements Service {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>> = {};
  private readonly configurations = new Map<string, PlaybackConfiguration>();
  private readonly face: TailorFace;
  /** The part of every path that stands for the account. */
  private readonly account: string;

  constructor(private readonly cloud: Cloud) {
    this.account = createHash('sha1').update(cloud.accountId).digest('hex');
    const web = new Web(cloud.names);
    this.face = new TailorFace(cloud, {
      account: this.account,
      web,
      shelf: new AdShelf(web),
      find: (name) => this.configurations.get(name),
      tell: (line) => cloud.tell('ads', line, 'warning'),
    });
    this.resources = { 'AWS::MediaTailor::PlaybackConfiguration': this.provider() };
  }

  stop(): Promise<void> {
    return this.face.stop();
  }

  status(): readonly NodeStatus[] {
    return [...this.configurations.values()].map(({ name }) => ({
      node: `ads ${name}`,
      state: 'running',
      detail: this.face.figures(name),
    }));
  }

  private provider(): ResourceProvider {
    return {
      replacedBy: ['Name'],
      create: async (request) => {
        const made = playbackConfiguration(request);
        if (this.configurations.has(made.name)) {
          const message = `Resource of type 'AWS::MediaTailor::PlaybackConfiguration' with identifier '${made.name}' already exists.`;
          throw new AwsError('AlreadyExists', message, 409);
        }
        await this.publish(made.name);
        this.configurations.set(made.name, made);
        return this.state(made.name);
      },
      update: async (state, request) => {
        const made = playbackConfiguration(request);
        this.configurations.set(made.name, made);
        return state;
      },
      delete: async ({ physicalId }) => {
        this.configurations.delete(physicalId);
        this.cloud.names.forget(this.host(physicalId));
      },
    };
  }

  /** Makes the hosts known that serve a configuration: its own, and those of the Region, which an edge uses. */
  private async publish(name: string): Promise<void> {
    const base = `http://127.0.0.1:${await this.face.port()}`;
    const { region, names } = this.cloud;
    for (const host of ['manifests', 'segments']) names.register(`${host}.mediatailor.${region}.amazonaws.com`, base);
    names.register(this.host(name), base);
  }

  private host(name: string): string {
    const id = createHash('md5').update(`${this.account}/${name}`).digest('hex');
    return `${id}.mediatailor.${this.cloud.region}.amazonaws.com`;
  }

  private state(name: string): ResourceState {
    const { partition, region, accountId } = this.cloud;
    const endpoint = `https://${this.host(name)}`;
    const below = (face: string) => `${endpoint}/v1/${face}/${this.account}/${name}/`;
    return {
      physicalId: name,
      ref: name,
      attributes: {
        PlaybackConfigurationArn: `arn:${partition}:mediatailor:${region}:${accountId}:playbackConfiguration/${name}`,
        PlaybackEndpointPrefix: endpoint,
        SessionInitializationEndpointPrefix: below('session'),
        'HlsConfiguration.ManifestEndpointPrefix': below('master'),
        'DashConfiguration.ManifestEndpointPrefix': below('dash'),
      },
    };
  }
}
