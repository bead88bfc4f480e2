import { join } from 'node:path';
import type {
  ApiHandler,
  BucketIngest,
  Cloud,
  ObjectKeeper,
  ObjectShelf,
  ObjectStore,
  ObjectWriter,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
  ShelfObject,
  WrittenObject,
} from '../../contract';
import { Buckets } from '../kit/objects/buckets';
import { EncoderFace } from '../kit/objects/encoder-face';
import { OriginFace } from '../kit/objects/origin-face';
import { S3Api } from './api';
import { declaredBucket } from './bucket';
import { declaredBucketPolicy } from './bucket-policy';

/**
 * S3: buckets whose objects are files in the run's folder, the API for the SDKs and the CLI, and the ports that the edge
 * and the encoder use.
 */
export class S3 implements Service, ObjectStore, ObjectKeeper, ObjectShelf, ObjectWriter, BucketIngest {
  readonly api: Readonly<Record<string, ApiHandler>>;
  readonly folder: string;
  private readonly buckets: Buckets;
  private readonly face: OriginFace;
  private readonly encoderFace: EncoderFace;

  constructor(private readonly cloud: Cloud) {
    this.folder = join(cloud.folder, 's3');
    this.buckets = new Buckets(this.folder, cloud.partition);
    this.face = new OriginFace(this.buckets, cloud, (line) => cloud.tell('s3', line, 'warning'));
    this.encoderFace = new EncoderFace(this.buckets, (line) => cloud.tell('s3', line, 'warning'));
    const api = new S3Api(this.buckets, cloud.access, cloud.region);
    this.api = { s3: (request) => api.handle(request) };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::S3::Bucket': {
      replacedBy: ['BucketName'],
      update: async (state, request) => {
        const { encryption, cors, allowsAcls } = declaredBucket(request);
        Object.assign(this.buckets.get(state.physicalId), { encryption, cors, allowsAcls });
        return state;
      },
      create: (request) => this.createBucket(request),
      delete: async ({ physicalId }) => {
        await this.buckets.delete(physicalId);
        this.cloud.names.forget(this.regionalDomainName(physicalId));
      },
    },
    'AWS::S3::BucketPolicy': {
      replacedBy: ['Bucket'],
      create: async (request) => this.setPolicy(request),
      update: async (_, request) => this.setPolicy(request),
      delete: async ({ physicalId }) => {
        const bucket = this.buckets.find(physicalId);
        if (bucket !== undefined) bucket.policy = undefined;
      },
    },
  };

  async start(): Promise<void> {
    await Promise.all([this.face.port(), this.encoderFace.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.face.stop(), this.encoderFace.stop()]);
  }

  bucket(name: string): ReturnType<BucketIngest['bucket']> {
    const bucket = this.buckets.find(name);
    return bucket && { arn: bucket.arn, url: this.encoderFace.url(name) };
  }

  file(bucket: string, key: string): string | undefined {
    return this.buckets.file(bucket, key);
  }

  async keep(bucket: string, key: string, file: Parameters<ObjectKeeper['keep']>[2]): Promise<void> {
    const metadata = { headers: { 'content-type': file.contentType }, checksum: undefined };
    await this.buckets.keep(this.buckets.get(bucket), key, file.path, metadata);
  }

  holds(bucket: string): boolean {
    return this.buckets.find(bucket) !== undefined;
  }

  allowsAcls(bucket: string): boolean {
    return this.buckets.find(bucket)?.allowsAcls === true;
  }

  list(bucket: string, prefix: string): readonly ShelfObject[] {
    const found = [...(this.buckets.find(bucket)?.objects ?? [])].filter(([key]) => key.startsWith(prefix));
    return found.map(([key, { file, size }]) => ({ key, file, size })).sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  target(bucket: string): ReturnType<ObjectWriter['target']> {
    return this.buckets.find(bucket);
  }

  async write({ bucket, key, body, contentType }: WrittenObject): Promise<void> {
    const metadata = { headers: { 'content-type': contentType }, checksum: undefined };
    await this.buckets.put(this.buckets.get(bucket), key, body, metadata);
  }

  private async createBucket(request: ResourceRequest): Promise<ResourceState> {
    const { name, encryption, cors, allowsAcls } = declaredBucket(request);
    const bucket = await this.buckets.create(name);
    Object.assign(bucket, { encryption, cors, allowsAcls });
    this.cloud.names.register(this.regionalDomainName(name), `http://127.0.0.1:${await this.face.port()}/${name}`);
    return {
      physicalId: name,
      ref: name,
      attributes: {
        Arn: bucket.arn,
        DomainName: `${name}.s3.${this.domain}`,
        RegionalDomainName: this.regionalDomainName(name),
        DualStackDomainName: `${name}.s3.dualstack.${this.cloud.region}.${this.domain}`,
        WebsiteURL: `http://${name}.s3-website-${this.cloud.region}.${this.domain}`,
      },
    };
  }

  private setPolicy(request: ResourceRequest): ResourceState {
    const { bucket, document } = declaredBucketPolicy(request);
    this.buckets.get(bucket).policy = document;
    return { physicalId: bucket, ref: bucket, attributes: {} };
  }

  private get domain(): string {
    return this.cloud.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  }

  private regionalDomainName(bucket: string): string {
    return `${bucket}.s3.${this.cloud.region}.${this.domain}`;
  }
}
