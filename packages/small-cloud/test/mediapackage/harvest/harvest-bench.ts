import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaPackageV2Client } from '@aws-sdk/client-mediapackagev2';
import type { ApiHandler, Cloud, CloudEvent, Properties, ResourceState, Service } from '../../../src/contract';
import { Processes } from '../../../src/host/processes';
import { Iam } from '../../../src/services/iam/iam';
import type { HarvestFault } from '../../../src/services/mediapackage/harvest/harvest-jobs';
import { MediaPackage } from '../../../src/services/mediapackage/media-package';
import { S3 } from '../../../src/services/s3/s3';
import { ApiServer } from '../../s3/api-server';
import { CHANNEL, ENDPOINT, Encoder, GROUP, GROUP_ARN, MANIFESTS } from '../fixture';

const ACCOUNT = '123456789012';
/** The ARN of the endpoint. */
export const ENDPOINT_ARN = `${GROUP_ARN}/channel/main/originEndpoint/cmaf`;
/** The bucket of the recordings. */
export const BUCKET = 'recordings';

const HARVESTER = { Service: 'mediapackagev2.amazonaws.com' };
const OF_ACCOUNT = { StringEquals: { 'aws:SourceAccount': ACCOUNT } };

/** The statement of the endpoint's policy that lets CloudFront read. */
export const EDGE_READS: Properties = {
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: ['mediapackagev2:GetObject', 'mediapackagev2:GetHeadObject'],
  Resource: ENDPOINT_ARN,
};

const HARVESTS: Properties = {
  Effect: 'Allow',
  Principal: HARVESTER,
  Action: ['mediapackagev2:HarvestObject', 'mediapackagev2:GetObject'],
  Resource: ENDPOINT_ARN,
  Condition: OF_ACCOUNT,
};

/** The statement of the bucket's policy that lets MediaPackage write below `vod/`. */
export const HARVESTER_WRITES: Properties = {
  Effect: 'Allow',
  Principal: HARVESTER,
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::${BUCKET}/vod/*`,
  Condition: OF_ACCOUNT,
};

/** A packager, buckets and IAM, with the API that the SDK reaches. */
export class HarvestBench {
  readonly events: CloudEvent[] = [];
  readonly told: string[] = [];
  readonly origin: MediaPackage;
  readonly iam: Iam;
  readonly s3: S3;
  readonly client: MediaPackageV2Client;
  fault: HarvestFault | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'harvest-'));
  private readonly processes = new Processes(this.folder);

  private constructor(
    readonly api: ApiServer,
    handler: { current?: ApiHandler },
    url: string,
  ) {
    const tell = (_: string, line: string) => this.told.push(line);
    this.iam = new Iam({ partition: 'aws', accountId: ACCOUNT, tell });
    const names = new Map<string, string>();
    const cloud: Cloud = {
      partition: 'aws',
      region: 'eu-west-1',
      accountId: ACCOUNT,
      folder: this.folder,
      clock: { now: () => Date.now(), speed: 1 },
      events: { put: (event) => this.events.push(event) },
      metrics: { put: () => {}, logged: () => {} },
      names: {
        register: (domain, address) => names.set(domain, address),
        forget: (domain) => names.delete(domain),
        resolve: (domain) => names.get(domain),
        pageFacing: () => undefined,
      },
      access: this.iam,
      tell,
    };
    this.s3 = new S3(cloud);
    const { processes, s3 } = this;
    const harvestFault = () => this.fault;
    this.origin = new MediaPackage(cloud, { ffmpeg: 'ffmpeg', processes, objects: s3, harvestFault });
    handler.current = this.origin.api['mediapackagev2'] as ApiHandler;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    this.client = new MediaPackageV2Client({ endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  }

  /** Opens a bench with a channel, an endpoint that may be harvested, and a bucket. */
  static async start(): Promise<HarvestBench> {
    const handler: { current?: ApiHandler } = {};
    const api = new ApiServer(async (request) => {
      if (handler.current === undefined) throw new Error('not open yet');
      return handler.current(request);
    });
    const bench = new HarvestBench(api, handler, await api.start());
    await bench.origin.start();
    await bench.s3.start();
    await bench.v2('ChannelGroup', GROUP);
    await bench.v2('Channel', { ...CHANNEL, InputType: 'CMAF' });
    await bench.v2('OriginEndpoint', { ...ENDPOINT, ...MANIFESTS, StartoverWindowSeconds: 3600 });
    await bench.v2('OriginEndpointPolicy', { ...ENDPOINT, Policy: { Statement: [EDGE_READS, HARVESTS] } });
    await bench.create(bench.s3, 'AWS::S3::Bucket', { BucketName: BUCKET });
    await bench.create(bench.s3, 'AWS::S3::BucketPolicy', {
      Bucket: BUCKET,
      PolicyDocument: { Statement: [HARVESTER_WRITES] },
    });
    return bench;
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.origin.stop();
    await this.s3.stop();
    await this.api.stop();
    await this.processes.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  v2(type: string, properties: Properties): Promise<ResourceState> {
    return this.create(this.origin, `AWS::MediaPackageV2::${type}`, properties);
  }

  create(service: Service, type: string, properties: Properties): Promise<ResourceState> {
    const request = { stackName: 'stack', stackId: 'stack', logicalId: type, type, properties };
    const provider = service.resources[type];
    if (!provider) throw new Error(`no provider for ${type}`);
    return provider.create(request);
  }

  /** Changes the policy of the endpoint. */
  async endpointPolicy(Policy: Properties): Promise<void> {
    const type = 'AWS::MediaPackageV2::OriginEndpointPolicy';
    const properties = { ...ENDPOINT, Policy };
    const request = { stackName: 'stack', stackId: 'stack', logicalId: type, type, properties };
    await this.origin.resources[type]?.update?.({ physicalId: '', ref: '', attributes: {} }, request, {});
  }

  /** Sends half seconds of media. */
  async playing(halfSeconds: number): Promise<Encoder> {
    const encoder = new Encoder(this, 'a');
    await encoder.send(halfSeconds);
    return encoder;
  }

  /** The path of the file that holds an object. */
  file(key: string): string | undefined {
    return this.s3.file(BUCKET, key);
  }
}
