import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

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

/** Name of a file that contains a hash of its content. Such a file never changes; the others are revalidated after a minute. */
const HASHED = /-[0-9A-Z]{8}\.\w+$/;

/** Largest number of keys that S3 deletes in one call. */
const KEYS_OF_A_CALL = 1000;

/** An object of a bucket. */
export interface Placed {
  readonly key: string;
  /** The MD5 hash of the content, for an object that was put in one part. */
  readonly etag: string;
}

/** One page of the objects of a bucket. */
export interface Listing {
  readonly objects: readonly Placed[];
  /** Token of the next page, if there is one. */
  readonly next?: string;
}

/** A file with its HTTP headers. */
export interface BucketFile {
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** The calls on one bucket that its content needs. */
export interface Bucket {
  list(token?: string): Promise<Listing>;
  put(file: BucketFile): Promise<void>;
  /** Removes up to 1,000 objects. Returns a sentence about the first one that could not be removed. */
  remove(keys: readonly string[]): Promise<string | undefined>;
}

/** The content that a bucket should have. */
export interface WantedContent {
  readonly folder: string;
  /** Content of `config.json`. Left out, there is no such file. */
  readonly config: string | undefined;
}

/**
 * Makes a bucket hold the files of a folder, `config.json` if there is one, and nothing else. New files are put before
 * old ones are removed, so that a page that is being loaded finds its parts.
 *
 * @returns the keys that were changed or removed.
 */
export async function place(bucket: Bucket, { folder, config }: WantedContent): Promise<readonly string[]> {
  const files = await filesIn(folder);
  if (config !== undefined) files.set('config.json', Buffer.from(config));

  const before = new Map((await listAll(bucket)).map(({ key, etag }) => [key, etag]));
  const changed: string[] = [];
  for (const [key, body] of files) {
    if (before.get(key) === createHash('md5').update(body).digest('hex')) continue;
    changed.push(key);
    await bucket.put({
      key,
      body,
      contentType: TYPES[extname(key)] ?? 'application/octet-stream',
      cacheControl: HASHED.test(key) ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
    });
  }
  const stale = [...before.keys()].filter((key) => !files.has(key));
  await removeAll(bucket, stale);
  return [...changed, ...stale];
}

/** Removes all objects of a bucket. A bucket that is gone counts as empty. */
export async function emptyBucket(bucket: Bucket): Promise<void> {
  try {
    // Repeated until the bucket is empty: objects that are delivered in the meantime are removed too.
    for (let objects = await listAll(bucket); objects.length > 0; objects = await listAll(bucket)) {
      await removeAll(
        bucket,
        objects.map(({ key }) => key),
      );
    }
  } catch (error) {
    if ((error as Error).name !== 'NoSuchBucket') throw error;
  }
}

/** Reads the files of a folder and the folders below it, by their keys. */
async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), await readFile(path));
  }
  return files;
}

async function listAll(bucket: Bucket): Promise<readonly Placed[]> {
  const found: Placed[] = [];
  let token: string | undefined;
  do {
    const { objects, next } = await bucket.list(token);
    found.push(...objects);
    token = next;
  } while (token !== undefined);
  return found;
}

async function removeAll(bucket: Bucket, keys: readonly string[]): Promise<void> {
  for (let index = 0; index < keys.length; index += KEYS_OF_A_CALL) {
    const problem = await bucket.remove(keys.slice(index, index + KEYS_OF_A_CALL));
    if (problem !== undefined) throw new Error(problem);
  }
}
