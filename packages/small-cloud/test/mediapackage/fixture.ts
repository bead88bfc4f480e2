import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cloud, ORIGIN_ACCESS, type Properties, type ResourceState } from '../../src/contract';
import { Processes } from '../../src/host/processes';
import { MediaPackage } from '../../src/services/mediapackage/media-package';
import { madeFragment, madeInit } from './made-media';

const DISTRIBUTION = 'arn:aws:cloudfront::123456789012:distribution/E1';

export const GROUP = { ChannelGroupName: 'live' };
export const CHANNEL = { ...GROUP, ChannelName: 'main' };
export const ENDPOINT = { ...CHANNEL, OriginEndpointName: 'cmaf' };
export const MANIFESTS = {
  ContainerType: 'CMAF',
  Segment: { SegmentDurationSeconds: 1 },
  HlsManifests: [{ ManifestName: 'index', ManifestWindowSeconds: 30 }],
  LowLatencyHlsManifests: [{ ManifestName: 'low-latency', ManifestWindowSeconds: 30 }],
  DashManifests: [{ ManifestName: 'dash', ManifestWindowSeconds: 30 }],
};
export const GROUP_ARN = 'arn:aws:mediapackagev2:eu-west-1:123456789012:channelGroup/live';
/** Headers by which the edge proves itself. */
export const SIGNED = { [ORIGIN_ACCESS.principal]: 'cloudfront.amazonaws.com', [ORIGIN_ACCESS.source]: DISTRIBUTION };

/** A local MediaPackage in a cloud of fakes. */
export class Bench {
  readonly names = new Map<string, string>();
  readonly told: string[] = [];
  readonly origin: MediaPackage;
  private readonly folder = mkdtempSync(join(tmpdir(), 'mediapackage-'));
  private readonly processes = new Processes(this.folder);

  /** Status that the packager is asked to fail with; undefined while it works. */
  fault: number | undefined;

  constructor() {
    const { processes } = this;
    this.origin = new MediaPackage(this.cloud(), { ffmpeg: 'ffmpeg', processes, fault: () => this.fault });
  }

  static async start(): Promise<Bench> {
    const bench = new Bench();
    await bench.origin.start();
    return bench;
  }

  async stop(): Promise<void> {
    await this.origin.stop();
    await this.processes.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Address of the origin, once there is a channel. */
  get base(): string {
    return new URL(this.origin.ingest('live', 'main')?.urls[0] ?? '').origin;
  }

  async create(type: string, properties: Properties): Promise<ResourceState> {
    const provider = this.origin.resources[`AWS::MediaPackageV2::${type}`];
    if (!provider) throw new Error(`no provider for ${type}`);
    return provider.create(request(type, properties));
  }

  /** Changes a resource in place. */
  async update(type: string, was: ResourceState, properties: Properties): Promise<ResourceState> {
    const provider = this.origin.resources[`AWS::MediaPackageV2::${type}`];
    if (!provider?.update) throw new Error(`${type} cannot be updated`);
    return provider.update(was, request(type, properties), {});
  }

  async remove(type: string, properties: Properties): Promise<void> {
    const gone = { physicalId: '', ref: '', attributes: {} };
    await this.origin.resources[`AWS::MediaPackageV2::${type}`]?.delete(gone, request(type, properties));
  }

  /** Creates a channel with an endpoint that CloudFront may read. */
  async createAll(manifests: Properties = MANIFESTS): Promise<void> {
    await this.create('ChannelGroup', GROUP);
    await this.create('Channel', { ...CHANNEL, InputType: 'CMAF' });
    await this.create('OriginEndpoint', { ...ENDPOINT, ...manifests });
    await this.create('OriginEndpointPolicy', { ...ENDPOINT, Policy: { Statement: [] } });
  }

  /** Creates a channel with some half seconds of media. */
  async playing(halfSeconds: number): Promise<Encoder> {
    await this.createAll();
    const encoder = new Encoder(this, 'a');
    await encoder.send(halfSeconds);
    await eventually(
      () => this.read('index.m3u8'),
      ({ status }) => status === 200,
    );
    return encoder;
  }

  /** Reads a file of the endpoint. */
  async read(file: string, headers: Readonly<Record<string, string>> = SIGNED, method = 'GET') {
    const response = await fetch(`${this.base}/out/v1/live/main/cmaf/${file}`, { headers, method });
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  }

  /** Judges only if CloudFront may read; throws for every other question. */
  private cloud(): Cloud {
    const unasked = () => {
      throw new Error('not expected to be asked');
    };
    return {
      partition: 'aws',
      region: 'eu-west-1',
      accountId: '123456789012',
      folder: this.folder,
      clock: { now: () => Date.now(), speed: 1 },
      events: { put: unasked },
      metrics: { put: () => {}, logged: () => {} },
      names: {
        register: (domain, url) => this.names.set(domain, url),
        forget: (domain) => this.names.delete(domain),
        resolve: (domain) => this.names.get(domain),
        pageFacing: unasked,
      },
      access: {
        roleAllows: unasked,
        roleTrusts: unasked,
        policyDenies: unasked,
        policyAllows: (policy, principal, { action, resource, context }) =>
          JSON.stringify(policy) === JSON.stringify({ Statement: [] }) &&
          principal === 'cloudfront.amazonaws.com' &&
          /^mediapackagev2:Get(Head)?Object$/.test(action) &&
          resource === `${GROUP_ARN}/channel/main/originEndpoint/cmaf` &&
          context?.['AWS:SourceArn'] === DISTRIBUTION,
      },
      tell: (node, line) => this.told.push(`${node}: ${line}`),
    };
  }
}

/** An encoder: one open request a track. */
export class Encoder {
  private readonly requests = new Map<string, ClientRequest>();
  readonly answers: number[] = [];
  /** True when the origin has broken a request off. */
  broken = false;
  private sent = 0;

  constructor(
    { origin }: Pick<Bench, 'origin'>,
    session: string,
    [group, channel]: readonly [group: string | undefined, channel: string] = ['live', 'main'],
  ) {
    for (const track of ['video.cmfv', 'audio.cmfa']) {
      const url = `${origin.ingest(group, channel)?.urls[0]}${track}?session=${session}`;
      const one = httpRequest(url, { method: 'POST' }, (response) => this.answers.push(response.statusCode ?? 0));
      one.on('error', () => {
        this.broken = true;
      });
      one.write(madeInit(track === 'audio.cmfa' ? 'audio' : 'video'));
      this.requests.set(track, one);
    }
  }

  /** Sends half seconds, a keyframe every second. */
  async send(count: number): Promise<void> {
    for (const last = this.sent + count; this.sent < last; this.sent++) {
      for (const [track, one] of this.requests) {
        const independent = track === 'audio.cmfa' || this.sent % 2 === 0;
        const bytes = madeFragment(this.sent * 500, 500, independent, `${track} ${this.sent}`);
        await new Promise<void>((resolve) => one.write(bytes, () => resolve()));
      }
    }
  }

  end(): void {
    for (const one of this.requests.values()) one.end();
  }
}

/** Repeats a request until its answer is as expected. */
export async function eventually<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (attempt === 1000) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Lists the lines of a playlist that are not tags. */
export function uris(text: Buffer): readonly string[] {
  return text
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function request(type: string, properties: Properties) {
  return { stackName: 'stack', stackId: 'stack', logicalId: type, type: `AWS::MediaPackageV2::${type}`, properties };
}
