import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ObjectStore, PolicyDocument } from '../../../contract';
import { AwsError } from '../aws-error';
import { type Checksum, md5OfFile } from './checksum';
import type { CorsRule } from './cors';
import { noSuchBucket } from './s3-error';

/** Metadata that is kept with an object and sent back with it. */
export interface ObjectMetadata {
  /** Response headers: `content-type`, `cache-control`, … and `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum: Checksum | undefined;
  /** In quotes. @default the MD5 of the body */
  readonly etag?: string;
}

/** An object that is written now. */
export interface NewObject extends ObjectMetadata {
  /** @default none: whatever is there is replaced */
  readonly condition?: ReplaceCondition | undefined;
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
  /** Rules for pages of other origins. Without one, every preflight is refused. */
  cors: readonly CorsRule[];
  /** The encryption that callers are shown. The local run encrypts nothing. */
  encryption: BucketEncryption;
  /** True when its ownership lets objects have access control lists. @default false */
  allowsAcls?: boolean;
}

/** Default encryption of a bucket. */
export interface BucketEncryption {
  readonly algorithm: 'AES256' | 'aws:kms';
  /** Id of a customer managed key; undefined for a key that AWS manages. */
  readonly keyId: string | undefined;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_LIMIT_BYTES = 1024;
/** Extensions that a file keeps from its key. Others mean nothing to a program, and may not be valid in a file name. */
const FILE_ENDING = /^\.[\w-]{1,16}$/;

/**
 * Judges the object that is about to be replaced, undefined for none, at the moment of the replacement.
 *
 * @throws AwsError when it must stay.
 */
export type ReplaceCondition = (current: StoredObject | undefined) => void;

/** Buckets and their objects. Each object is a file below `folder`; its metadata is in memory. */
export class Buckets implements ObjectStore {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly folder: string,
    private readonly partition: string,
  ) {}

  /** Folder of uploads that are not objects yet. */
  get uploadFolder(): string {
    return `${this.folder}-uploads`;
  }

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

  /** Deletes a bucket. A missing one is success. @throws AwsError BucketNotEmpty. */
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
   * Keeps an object. Every version is a file of its own, so that a reader of the old one gets it whole. The file has the
   * extension of the key, because programs that open it look at the extension.
   */
  async put(bucket: Bucket, key: string, body: Buffer, metadata: NewObject): Promise<StoredObject> {
    const etag = metadata.etag ?? `"${createHash('md5').update(body).digest('hex')}"`;
    const file = this.newFile(bucket, key);
    await writeFile(`${file}.part`, body);
    await rename(`${file}.part`, file);
    return this.replace(bucket, key, { ...metadata, file, size: body.length, etag });
  }

  /** Keeps an object whose body is a file of this machine, however large; the file is moved. */
  async keep(bucket: Bucket, key: string, path: string, metadata: NewObject): Promise<StoredObject> {
    const file = this.newFile(bucket, key);
    const etag = metadata.etag ?? (await md5OfFile(path));
    const { size } = await stat(path);
    await rename(path, file);
    return this.replace(bucket, key, { ...metadata, file, size, etag });
  }

  /** Copies the body of an object to a key, with headers of its own. */
  async copy(source: StoredObject, bucket: Bucket, key: string, metadata: NewObject): Promise<StoredObject> {
    const path = join(this.folder, bucket.name, `${randomUUID()}.part`);
    await copyFile(source.file, path);
    return this.keep(bucket, key, path, metadata);
  }

  /** Names the file of a new object. @throws AwsError KeyTooLongError. */
  private newFile(bucket: Bucket, key: string): string {
    if (Buffer.byteLength(key) > KEY_LIMIT_BYTES) throw new AwsError('KeyTooLongError', 'Your key is too long');
    const ending = FILE_ENDING.exec(extname(key))?.[0] ?? '';
    return join(this.folder, bucket.name, `${randomUUID()}${ending}`);
  }

  private async replace(
    bucket: Bucket,
    key: string,
    { condition, ...stored }: Omit<StoredObject, 'modified'> & Pick<NewObject, 'condition'>,
  ): Promise<StoredObject> {
    // The times of S3 are whole seconds.
    const object = { ...stored, modified: new Date(Math.floor(Date.now() / 1000) * 1000) };
    const old = bucket.objects.get(key);
    try {
      condition?.(old);
    } catch (error) {
      await rm(stored.file, { force: true });
      throw error;
    }
    bucket.objects.set(key, object);
    if (old !== undefined) await rm(old.file, { force: true });
    return object;
  }

  /** Reads an object; undefined when it does not exist. */
  async read(bucket: Bucket, key: string): Promise<Buffer | undefined> {
    const object = bucket.objects.get(key);
    return object === undefined ? undefined : readFile(object.file);
  }

  /** Removes an object. A missing one is success. */
  async remove(bucket: Bucket, key: string): Promise<void> {
    const object = bucket.objects.get(key);
    bucket.objects.delete(key);
    if (object !== undefined) await rm(object.file, { force: true });
  }

  file(bucket: string, key: string): string | undefined {
    return this.buckets.get(bucket)?.objects.get(key)?.file;
  }
}
