import {
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { statusOf } from '../answer';

/** A text of the bucket. */
export interface StoredText {
  readonly text: string;
  readonly etag: string;
  /** Time of the last change, in milliseconds since 1970. */
  readonly modified: number;
}

/** A text to be written. */
export interface NewText {
  readonly key: string;
  readonly text: string;
  readonly contentType: string;
  /** @default none */
  readonly cacheControl?: string;
  /** Version that is replaced, or `none` where there must not be one. @default whatever is there */
  readonly replaces?: string;
}

/** The bucket of everything recorded. */
export interface ObjectStore {
  /** @returns undefined for an object that is not there. */
  read(key: string): Promise<StoredText | undefined>;
  /** @returns false where another version is there than the one that was to be replaced. */
  write(text: NewText): Promise<boolean>;
  /** Lists all keys that begin with a prefix, in the order of their bytes. */
  keys(prefix: string): Promise<readonly string[]>;
  remove(keys: readonly string[]): Promise<void>;
}

/** Most keys of one call that deletes. */
const MOST = 1000;

/** Makes the store of a bucket of S3. */
export function s3Store(client: S3Client, bucket: string): ObjectStore {
  return {
    async read(key) {
      try {
        const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const text = (await found.Body?.transformToString()) ?? '';
        return { text, etag: found.ETag ?? '', modified: found.LastModified?.getTime() ?? 0 };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async write({ key, text, contentType, cacheControl, replaces }) {
      const input: PutObjectCommandInput = { Bucket: bucket, Key: key, Body: text, ContentType: contentType };
      if (cacheControl !== undefined) input.CacheControl = cacheControl;
      if (replaces === 'none') input.IfNoneMatch = '*';
      else if (replaces !== undefined) input.IfMatch = replaces;
      try {
        await client.send(new PutObjectCommand(input));
        return true;
      } catch (error) {
        // 409: another one writes at this moment. 404: it was removed meanwhile.
        if (replaces !== undefined && [404, 409, 412].includes(statusOf(error) ?? 0)) return false;
        throw error;
      }
    },
    async keys(prefix) {
      const found: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        found.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
      }
      return found;
    },
    async remove(keys) {
      for (let from = 0; from < keys.length; from += MOST) {
        const Objects = keys.slice(from, from + MOST).map((Key) => ({ Key }));
        const { Errors: [first] = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        if (first !== undefined) throw new Error(`${first.Key} could not be deleted: ${first.Code} ${first.Message}`);
      }
    },
  };
}
