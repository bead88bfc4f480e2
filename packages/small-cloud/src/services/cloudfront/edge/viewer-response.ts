import type { ResponseHeadersPolicy } from '../control/response-headers-policy';
import { LOCATION } from '../log-line';
import type { ResponseHeaders, ViewerRequest } from '../messages';
import { bodySize, type EdgeObject } from './edge-object';
import { VIA } from './origin-request';
import { applyResponseHeaders } from './response-headers';
import { corsRequest } from './viewer-request';

/** Source of a response, as `X-Cache` names it. `Refused` is an error of the edge itself, which it calls `Error`. */
export type CacheResult =
  | 'Hit'
  | 'Miss'
  | 'RefreshHit'
  | 'Refused'
  | 'FunctionGeneratedResponse'
  | 'FunctionExecutionError';

/** Range of bytes of an object: `first` to `last`, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** An object for a viewer, and its source. */
export interface ObjectForViewer {
  readonly object: EdgeObject;
  readonly result: CacheResult;
}

/** A response as a viewer receives it. */
export interface ViewerResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: EdgeObject['body'] | undefined;
  readonly range: ByteRange | undefined;
}

/** Returns true for a response from the cache or the origin, false for one that the edge or a function made. */
export function isObject({ result }: Pick<ObjectForViewer, 'result'>): boolean {
  return result === 'Hit' || result === 'Miss' || result === 'RefreshHit';
}

/**
 * Builds the response to a viewer: the whole object, a range of it, or 304 when the viewer already has it. What the edge or
 * a function made goes out as it is. AWS describes response headers policies for responses from the cache and the origin
 * alone, so a function has to write its own CORS headers.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/modifying-response-headers.html
 * @param now - milliseconds of `performance.now()`.
 */
export function viewerResponse(
  found: ObjectForViewer,
  request: ViewerRequest,
  policy: ResponseHeadersPolicy | undefined,
  now: number,
): ViewerResponse {
  const { object, result } = found;
  const headers: ResponseHeaders = { ...object.headers };
  const isError = result === 'Refused' || (isObject(found) && object.status >= 400);
  headers['x-cache'] = `${isError ? 'Error' : result} from cloudfront`;
  headers['via'] = VIA;
  headers['x-amz-cf-pop'] = LOCATION;
  if (result === 'Hit' || result === 'RefreshHit') {
    headers['age'] = String(object.originAgeSeconds + Math.floor((now - object.receivedAt) / 1000));
  }
  const part = isObject(found) ? wantedPart(object, request, headers) : whole(object, headers);
  if (policy !== undefined && isObject(found)) applyResponseHeaders(policy, headers, corsRequest(request));
  return { ...part, headers, body: request.method === 'HEAD' ? undefined : part.body };
}

/** Selects the part of the object to send, and adds its headers. */
function wantedPart(
  object: EdgeObject,
  request: ViewerRequest,
  headers: ResponseHeaders,
): Omit<ViewerResponse, 'headers'> {
  const size = bodySize(object);
  if (object.status === 200 && (request.method === 'GET' || request.method === 'HEAD')) {
    if (isUnchanged(request, headers)) return { status: 304, body: undefined, range: undefined };
    const range = size === undefined ? undefined : byteRange(request, headers, size);
    if (range === 'unsatisfiable') {
      headers['content-range'] = `bytes */${size}`;
      headers['content-length'] = '0';
      return { status: 416, body: undefined, range: undefined };
    }
    if (range !== undefined) {
      headers['content-range'] = `bytes ${range.first}-${range.last}/${size}`;
      headers['content-length'] = String(range.last - range.first + 1);
      return { status: 206, body: object.body, range };
    }
  }
  return whole(object, headers);
}

function whole(object: EdgeObject, headers: ResponseHeaders): Omit<ViewerResponse, 'headers'> {
  const size = bodySize(object);
  if (size !== undefined && object.status !== 204) headers['content-length'] = String(size);
  return { status: object.status, body: object.body, range: undefined };
}

/** Returns true when a viewer already has the object, by weak comparison (RFC 9110 section 13.1.2). */
export function isUnchanged({ headers: asked }: Pick<ViewerRequest, 'headers'>, headers: ResponseHeaders): boolean {
  const ifNoneMatch = asked['if-none-match'];
  if (ifNoneMatch !== undefined) {
    const etag = headers['etag']?.toString().replace(/^W\//, '');
    if (etag === undefined) return false;
    return ifNoneMatch.split(',').some((entry) => entry.trim() === '*' || entry.trim().replace(/^W\//, '') === etag);
  }
  const since = asked['if-modified-since'];
  return since !== undefined && Date.parse(headers['last-modified']?.toString() ?? '') <= Date.parse(since);
}

/**
 * Reads the range that a viewer requests, within `size` bytes; undefined for the whole object, `unsatisfiable` for one
 * beyond its end. Several ranges in one header get the whole object, as RFC 9110 section 14.2 allows.
 */
export function byteRange(
  { headers: asked }: Pick<ViewerRequest, 'headers'>,
  headers: ResponseHeaders,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  if (asked.range === undefined) return undefined;
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(asked.range.trim()) ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const condition = asked['if-range'];
  if (condition !== undefined && condition !== headers['etag'] && condition !== headers['last-modified']) {
    return undefined;
  }
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < first) return undefined;
  if (first >= size || (from === '' && Number(to) === 0)) return 'unsatisfiable';
  return { first, last };
}
