import { AwsError } from '../aws-error';
import type { StoredObject } from './buckets';

/** The beginning of S3's answer to GET and HEAD of an object, and the bytes of the file that follow it. */
export interface ObjectHead {
  readonly status: 200 | 206 | 304;
  readonly headers: Readonly<Record<string, string>>;
  /** First and last byte, both included; undefined for none. */
  readonly bytes: { readonly first: number; readonly last: number } | undefined;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Answers the conditions of a request first, then its range, as RFC 9110 section 13.2.2 orders them.
 *
 * @throws AwsError PreconditionFailed, InvalidRange.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function objectHead(object: StoredObject, request: Headers): ObjectHead {
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    'last-modified': object.modified.toUTCString(),
    etag: object.etag,
    'x-amz-server-side-encryption': 'AES256',
    ...object.headers,
  };
  if (!mayRead(object, request)) throw precondition();
  if (!hasChanged(object, request)) return { status: 304, headers, bytes: undefined };

  const range = wantedRange(request['range'], object.size);
  if (range !== undefined) {
    headers['content-range'] = `bytes ${range.first}-${range.last}/${object.size}`;
    headers['content-length'] = String(range.last - range.first + 1);
    return { status: 206, headers, bytes: range };
  }
  headers['content-length'] = String(object.size);
  if (object.checksum !== undefined && request['x-amz-checksum-mode'] === 'ENABLED') {
    headers[object.checksum.header] = object.checksum.value;
    headers['x-amz-checksum-type'] = 'FULL_OBJECT';
  }
  return { status: 200, headers, bytes: object.size === 0 ? undefined : { first: 0, last: object.size - 1 } };
}

function mayRead(object: StoredObject, request: Headers): boolean {
  const ifMatch = request['if-match'];
  if (typeof ifMatch === 'string') return listsEtag(ifMatch, object.etag);
  const unmodifiedSince = request['if-unmodified-since'];
  return typeof unmodifiedSince !== 'string' || !(object.modified.getTime() > Date.parse(unmodifiedSince));
}

function hasChanged(object: StoredObject, request: Headers): boolean {
  const ifNoneMatch = request['if-none-match'];
  if (typeof ifNoneMatch === 'string') return !listsEtag(ifNoneMatch, object.etag);
  const modifiedSince = request['if-modified-since'];
  return typeof modifiedSince !== 'string' || !(object.modified.getTime() <= Date.parse(modifiedSince));
}

/** Tells whether a list of entity tags has this one. S3 also accepts a tag without its quotes. */
export function listsEtag(list: string, etag: string): boolean {
  const bare = etag.replaceAll('"', '');
  return list
    .split(',')
    .some((entry) => entry.trim() === '*' || entry.trim().replace(/^W\//, '').replaceAll('"', '') === bare);
}

/** Reads the range of a request. S3 serves one range and ignores a header that it cannot read. */
function wantedRange(header: string | readonly string[] | undefined, size: number) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(typeof header === 'string' ? header.trim() : '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < first) return undefined;
  if (first >= size || (from === '' && Number(to) === 0)) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  }
  return { first, last };
}

function precondition(): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}
