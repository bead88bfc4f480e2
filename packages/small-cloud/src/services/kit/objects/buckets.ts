import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ObjectStore, PolicyDocument } from '../../../contract';
import { AwsError } from '../aws-error';
import type { Checksum } from './checksum';
import type { CorsRule } from './cors';
import { noSuchBucket } from './s3-error';

/** What is kept with an object and sent back with it. */
export interface ObjectMetadata {
  /** Response headers: `content-type`, `cache-control`, … and `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum: Checksum | undefined;
}

export interface StoredObject extends ObjectMetadata {
  readonly file: string;
  readonly size: number;
  /** MD5 in quotes. */
  readonly etag: string;
  readonly modified: Date;
}

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly created: Date;
  readonly objects: Map<string, StoredObject>;
  policy: PolicyDocument | undefined;
  /** Pages that may read it; with none, it answers no preflight. */
  cors: readonly CorsRule[];
  /** What objects are encrypted with on AWS; here it is only what callers are told. */
  encryption: BucketEncryption;
}

/** Default encryption of a bucket. */
export interface BucketEncryption {
  readonly algorithm: 'AES256' | 'aws:kms';
  /** Of a key of the account's own; undefined for one that AWS manages. */
  readonly keyId: string | undefined;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_LIMIT_BYTES = 1024;
/** Endings of keys that files have too. Any other says nothing to a program, and may be none that a file can have. */
const FILE_ENDING = /^\.[\w-]{1,16}$/;

/** Buckets and their objects: each object a file below `folder`, what is known of it in memory. */
export class Buckets implements ObjectStore {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly folder: string,
    private readonly partition: string,
  ) {}

  /** @throws AwsError InvalidBucketName, BucketAlreadyOwnedByYou. */
  async create(name: string): Promise<Bucket> {
    if (!BUCKET_NAME.test(name)) throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
    if (this.buckets.has(name)) {
      const message = 'Your previous request to create the named bucket succeeded and you already own it.';
      throw new AwsError('BucketAlreadyOwnedByYou', message, 409);
    }
    const bucket: Bucket = {
      name,
      arn: `arn:${this.partition}:s3:::${name}`,
      created: new Date(),
      objects: new Map(),
      policy: undefined,
      cors: [],
      encryption: { algorithm: 'AES256', keyId: undefined },
    };
    this.buckets.set(name, bucket);
    await mkdir(join(this.folder, name), { recursive: true });
    return bucket;
  }

  /** A missing bucket is success. @throws AwsError BucketNotEmpty. */
  async delete(name: string): Promise<void> {
    const bucket = this.buckets.get(name);
    if (bucket !== undefined && bucket.objects.size > 0) {
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    }
    this.buckets.delete(name);
    await rm(join(this.folder, name), { recursive: true, force: true });
  }

  find(name: string): Bucket | undefined {
    return this.buckets.get(name);
  }

  /** @throws AwsError NoSuchBucket. */
  get(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw noSuchBucket();
    return bucket;
  }

  /**
   * The old object stays whole for those who are reading it: every version is a file of its own, and the extension of
   * the key stays, because programs that open the file look at it.
   */
  async put(
    bucket: Bucket,
    key: string,
    body: Buffer,
    metadata: ObjectMetadata,
    etag = `"${createHash('md5').update(body).digest('hex')}"`,
  ): Promise<StoredObject> {
    if (Buffer.byteLength(key) > KEY_LIMIT_BYTES) throw new AwsError('KeyTooLongError', 'Your key is too long');
    const ending = FILE_ENDING.exec(extname(key))?.[0] ?? '';
    const file = join(this.folder, bucket.name, `${randomUUID()}${ending}`);
    await writeFile(`${file}.part`, body);
    await rename(`${file}.part`, file);
    // S3's times have no fraction of a second.
    const modified = new Date(Math.floor(Date.now() / 1000) * 1000);
    const object = { ...metadata, file, size: body.length, etag, modified };
    const old = bucket.objects.get(key);
    bucket.objects.set(key, object);
    if (old !== undefined) await rm(old.file, { force: true });
    return object;
  }

  /** The bytes of an object; undefined when there is none. */
  async read(bucket: Bucket, key: string): Promise<Buffer | undefined> {
    const object = bucket.objects.get(key);
    return object === undefined ? undefined : readFile(object.file);
  }

  /** A missing key is success. */
  async remove(bucket: Bucket, key: string): Promise<void> {
    const object = bucket.objects.get(key);
    bucket.objects.delete(key);
    if (object !== undefined) await rm(object.file, { force: true });
  }

  file(bucket: string, key: string): string | undefined {
    return this.buckets.get(bucket)?.objects.get(key)?.file;
  }
}
