import { type Xml, xmlDocument } from '../../wire/xml';
import { AwsError } from '../kit/aws-error';
import type { Bucket, StoredObject } from '../kit/objects/buckets';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const MAX_KEYS = 1000;

/** One page of a listing. */
interface Page {
  readonly objects: readonly (readonly [string, StoredObject])[];
  readonly prefixes: readonly string[];
  /** The last key or prefix of the page, when more follow. */
  readonly next: string | undefined;
}

/**
 * The answer to ListObjectsV2.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function objectListing(bucket: Bucket, query: URLSearchParams): string {
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const { objects, prefixes, next } = page(bucket, query, after);
  const shown = encoder(query);
  return xmlDocument('ListBucketResult', NAMESPACE, {
    ...described(bucket, query),
    KeyCount: objects.length + prefixes.length,
    IsTruncated: next !== undefined,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64url'),
    StartAfter: optional(query.get('start-after'), shown),
    Contents: objects.map(([key, object]) => ({ Key: shown(key), ...facts(object) })),
    CommonPrefixes: prefixes.map((prefix) => ({ Prefix: shown(prefix) })),
  });
}

/**
 * The answer to ListObjectVersions of a bucket that was never versioned: one version of each object, named `null`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export function versionListing(bucket: Bucket, query: URLSearchParams): string {
  const marker = query.get('key-marker') ?? '';
  const { objects, prefixes, next } = page(bucket, query, marker);
  const shown = encoder(query);
  return xmlDocument('ListVersionsResult', NAMESPACE, {
    ...described(bucket, query),
    KeyMarker: shown(marker),
    VersionIdMarker: query.get('version-id-marker') ?? '',
    IsTruncated: next !== undefined,
    NextKeyMarker: optional(next ?? null, shown),
    NextVersionIdMarker: next === undefined ? undefined : 'null',
    Version: objects.map(([key, object]) => ({ Key: shown(key), VersionId: 'null', IsLatest: true, ...facts(object) })),
    CommonPrefixes: prefixes.map((prefix) => ({ Prefix: shown(prefix) })),
  });
}

function page(bucket: Bucket, query: URLSearchParams, after: string): Page {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = maxKeys(query);
  const objects: (readonly [string, StoredObject])[] = [];
  const prefixes: string[] = [];
  let last = after;
  // S3 orders keys by their UTF-8 bytes.
  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix)).sort(byBytes);
  for (const key of keys) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = end === -1 ? key : key.slice(0, end + delimiter.length);
    if (byBytes(name, last) <= 0) continue;
    if (objects.length + prefixes.length === limit) return { objects, prefixes, next: limit === 0 ? undefined : last };
    last = name;
    const object = bucket.objects.get(key);
    if (end !== -1) prefixes.push(name);
    else if (object !== undefined) objects.push([key, object]);
  }
  return { objects, prefixes, next: undefined };
}

function described(bucket: Bucket, query: URLSearchParams): { readonly [element: string]: Xml | undefined } {
  const shown = encoder(query);
  return {
    Name: bucket.name,
    Prefix: shown(query.get('prefix') ?? ''),
    Delimiter: optional(query.get('delimiter'), shown),
    MaxKeys: maxKeys(query),
    EncodingType: query.get('encoding-type') ?? undefined,
  };
}

function facts(object: StoredObject): { readonly [element: string]: Xml } {
  const LastModified = object.modified.toISOString();
  return { LastModified, ETag: object.etag, Size: object.size, StorageClass: 'STANDARD' };
}

function maxKeys(query: URLSearchParams): number {
  const text = query.get('max-keys') ?? String(MAX_KEYS);
  if (!/^\d+$/.test(text)) throw new AwsError('InvalidArgument', `max-keys: a number is expected, not ${text}`);
  return Math.min(Number(text), MAX_KEYS);
}

/** `encoding-type=url` is how the CLI asks for keys that XML could not carry. */
function encoder(query: URLSearchParams): (text: string) => string {
  const type = query.get('encoding-type');
  if (type === null) return (text) => text;
  if (type !== 'url') throw new AwsError('InvalidArgument', 'Invalid Encoding Method specified in Request');
  return (text) => encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+');
}

function optional(text: string | null, shown: (text: string) => string): string | undefined {
  return text === null ? undefined : shown(text);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
