import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchBucket,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { NoAnswerError } from '../answer';
import type { Patience } from '../patience';

const client = new S3Client({ maxAttempts: 8 });

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mp4': 'video/mp4',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** Files whose name holds a hash of their content never change; all others are asked about again after a minute. */
const HASHED = /-[0-9A-Z]{8}\.\w+$/;

interface Placed {
  readonly key: string;
  readonly etag: string;
}

/** What a bucket is to hold. */
export interface WantedContent {
  readonly folder: string;
  /** Text of `config.json`; left out, there is none. */
  readonly config: string | undefined;
}

/**
 * Makes a bucket hold the files of a folder, and `config.json` where there is one, and nothing else. New files are
 * there before old ones go, so that a page that is being loaded finds its parts.
 *
 * @returns the keys that were changed or removed.
 */
export async function place(
  bucket: string,
  { folder, config }: WantedContent,
  patiently: Patience,
): Promise<readonly string[]> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), await readFile(path));
  }
  if (config !== undefined) files.set('config.json', Buffer.from(config));

  const before = new Map((await list(bucket, patiently)).map(({ key, etag }) => [key, etag]));
  const changed: string[] = [];
  for (const [key, body] of files) {
    if (before.get(key) === createHash('md5').update(body).digest('hex')) continue;
    changed.push(key);
    await patiently(() =>
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: TYPES[extname(key)] ?? 'application/octet-stream',
          CacheControl: HASHED.test(key) ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
        }),
      ),
    );
  }
  const stale = [...before.keys()].filter((key) => !files.has(key));
  await remove(bucket, stale, patiently);
  return [...changed, ...stale];
}

/** Removes all objects of a bucket. A bucket that is gone is empty. */
export async function emptyBucket(bucket: string, patiently: Patience): Promise<void> {
  try {
    // Again until there is nothing: what is delivered in the meantime goes too.
    for (let objects = await list(bucket, patiently); objects.length > 0; objects = await list(bucket, patiently)) {
      await remove(
        bucket,
        objects.map(({ key }) => key),
        patiently,
      );
    }
  } catch (error) {
    if (!(error instanceof NoSuchBucket) && (error as Error).name !== 'NoSuchBucket') throw error;
  }
}

async function list(bucket: string, patiently: Patience): Promise<readonly Placed[]> {
  const found: Placed[] = [];
  let token: string | undefined;
  do {
    const page = await patiently(() => pageOf(bucket, token));
    for (const { Key, ETag } of page.Contents ?? []) {
      if (Key !== undefined) found.push({ key: Key, etag: (ETag ?? '').replaceAll('"', '') });
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found;
}

async function pageOf(bucket: string, token: string | undefined): Promise<ListObjectsV2CommandOutput> {
  const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token }));
  // An answer that is no list looks like one of an empty bucket, which would then be deleted with all that it holds.
  if (page.KeyCount === undefined) throw new NoAnswerError('S3 listed the bucket in an answer that cannot be read');
  return page;
}

async function remove(bucket: string, keys: readonly string[], patiently: Patience): Promise<void> {
  for (let index = 0; index < keys.length; index += 1000) {
    const { Errors } = await patiently(() =>
      client.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Objects: keys.slice(index, index + 1000).map((Key) => ({ Key })), Quiet: true },
        }),
      ),
    );
    const first = Errors?.[0];
    if (first !== undefined) throw new Error(`${first.Key} could not be deleted: ${first.Code} ${first.Message}`);
  }
}
