import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type {
  ApiHandler,
  BucketIngest,
  Cloud,
  ObjectStore,
  PolicyDocument,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
  Value,
} from '../../contract';
import { type BucketEncryption, Buckets } from '../kit/objects/buckets';
import { corsRule } from '../kit/objects/cors';
import { EncoderFace } from '../kit/objects/encoder-face';
import { OriginFace } from '../kit/objects/origin-face';
import { checkPolicy } from '../kit/policy/policy';
import { PropertyReader } from '../kit/property-reader';
import { S3Api } from './api';

/**
 * S3: buckets whose objects are files of the run's folder, the API that the SDKs and the CLI fill them through, and
 * the face that the edge reads.
 */
export class S3 implements Service, ObjectStore, BucketIngest {
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly buckets: Buckets;
  private readonly face: OriginFace;
  private readonly encoderFace: EncoderFace;

  constructor(private readonly cloud: Cloud) {
    this.buckets = new Buckets(join(cloud.folder, 's3'), cloud.partition);
    this.face = new OriginFace(this.buckets, cloud, (line) => cloud.tell('s3', line, 'warning'));
    this.encoderFace = new EncoderFace(this.buckets, (line) => cloud.tell('s3', line, 'warning'));
    const api = new S3Api(this.buckets, cloud.access, cloud.region);
    this.api = { s3: (request) => api.handle(request) };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::S3::Bucket': {
      replacedBy: ['BucketName'],
      update: async (state, request) => {
        const { encryption, cors } = declaredBucket(request);
        Object.assign(this.buckets.get(state.physicalId), { encryption, cors });
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

  private async createBucket(request: ResourceRequest): Promise<ResourceState> {
    const { name = generatedName(request), encryption, cors } = declaredBucket(request);
    const bucket = await this.buckets.create(name);
    Object.assign(bucket, { encryption, cors });
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
    const declared = PropertyReader.of(request);
    const name = declared.text('Bucket');
    const policy = declared.value('PolicyDocument');
    declared.end();
    if (!isPolicy(policy)) throw new Error(`${declared.path}.PolicyDocument: a policy document is expected.`);
    checkPolicy(policy, `${declared.path}.PolicyDocument`);
    const bucket = this.buckets.get(name);
    bucket.policy = policy;
    return { physicalId: name, ref: name, attributes: {} };
  }

  private get domain(): string {
    return this.cloud.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  }

  private regionalDomainName(bucket: string): string {
    return `${bucket}.s3.${this.cloud.region}.${this.domain}`;
  }
}

/** Reads the properties of a bucket that count here. @throws UnsupportedError for what is not modelled. */
function declaredBucket(request: ResourceRequest) {
  const declared = PropertyReader.of(request).withoutEffect(
    // Nobody but the edge and the holders of credentials gets in here, whatever these say.
    'AccessControl',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    // A run ends long before a rule of days applies.
    'LifecycleConfiguration',
    // Buckets of a run keep the newest version only.
    'VersioningConfiguration',
    'LoggingConfiguration',
    'Tags',
  );
  const encryption = declaredEncryption(declared);
  const cors = (declared.maybePart('CorsConfiguration')?.list('CorsRules') ?? []).map(corsRule);
  const name = declared.maybeText('BucketName');
  declared.end();
  return { name, encryption, cors };
}

/** Objects are kept as they are; the declared encryption is what callers are told. */
function declaredEncryption(declared: PropertyReader): BucketEncryption {
  let encryption: BucketEncryption = { algorithm: 'AES256', keyId: undefined };
  for (const rule of declared.maybePart('BucketEncryption')?.list('ServerSideEncryptionConfiguration') ?? []) {
    const byDefault = rule.withoutEffect('BucketKeyEnabled').maybePart('ServerSideEncryptionByDefault');
    if (byDefault === undefined) continue;
    const algorithm = byDefault.oneOf('SSEAlgorithm', ['AES256', 'aws:kms']);
    encryption = { algorithm, keyId: byDefault.maybeText('KMSMasterKeyID') };
  }
  return encryption;
}

function isPolicy(value: Value | undefined): value is PolicyDocument {
  return typeof value === 'object' && value !== null && 'Statement' in value;
}

/** A name as CloudFormation makes one: lower case, stack, logical id and a suffix, within S3's 63 characters. */
function generatedName(request: ResourceRequest): string {
  const suffix = randomBytes(6).toString('hex');
  const words = `${request.stackName}-${request.logicalId}`.toLowerCase().slice(0, 50);
  return `${words}-${suffix}`;
}
