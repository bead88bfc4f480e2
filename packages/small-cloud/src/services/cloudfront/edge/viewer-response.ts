import {
  applyResponseHeaders,
  type ResponseHeaders,
  type ResponseHeadersPolicy,
} from '../control/response-headers-policy';
import type { ViewerRequest } from './cache-key';
import { bodySize, type EdgeObject } from './edge-object';
import { VIA } from './origin-request';
import { corsRequest } from './viewer-request';

/** Where a response came from, in the words of `X-Cache`. */
export type CacheResult = 'Hit' | 'Miss' | 'RefreshHit' | 'FunctionGeneratedResponse' | 'FunctionExecutionError';

/** The bytes of an object that a viewer gets: `first` to `last`, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** What a viewer is sent. */
export interface ViewerResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: EdgeObject['body'] | undefined;
  readonly range: ByteRange | undefined;
}

/**
 * What a viewer gets of an object: all of it, a range, or the word that they have it already.
 *
 * @param now - milliseconds of `performance.now()`.
 */
export function viewerResponse(
  object: EdgeObject,
  result: CacheResult,
  request: ViewerRequest,
  policy: ResponseHeadersPolicy | undefined,
  now: number,
): ViewerResponse {
  const headers: ResponseHeaders = { ...object.headers };
  headers['x-cache'] =
    `${object.status >= 400 && result !== 'FunctionExecutionError' ? 'Error' : result} from cloudfront`;
  headers['via'] = VIA;
  if (result === 'Hit' || result === 'RefreshHit') {
    headers['age'] = String(object.originAgeSeconds + Math.floor((now - object.receivedAt) / 1000));
  }
  const part = wantedPart(object, request, headers);
  if (policy !== undefined) applyResponseHeaders(policy, headers, corsRequest(request));
  return { ...part, headers, body: request.method === 'HEAD' ? undefined : part.body };
}

/** Adds to `headers` what goes with the part. */
function wantedPart(
  object: EdgeObject,
  request: ViewerRequest,
  headers: ResponseHeaders,
): Omit<ViewerResponse, 'headers'> {
  const size = bodySize(object);
  const whole = { status: object.status, body: object.body, range: undefined };
  if (object.status === 200 && (request.method === 'GET' || request.method === 'HEAD')) {
    if (isUnchanged(request, headers)) return { ...whole, status: 304, body: undefined };
    const range = size === undefined ? undefined : byteRange(request, headers, size);
    if (range === 'unsatisfiable') {
      headers['content-range'] = `bytes */${size}`;
      headers['content-length'] = '0';
      return { ...whole, status: 416, body: undefined };
    }
    if (range !== undefined) {
      headers['content-range'] = `bytes ${range.first}-${range.last}/${size}`;
      headers['content-length'] = String(range.last - range.first + 1);
      return { ...whole, status: 206, range };
    }
  }
  if (size !== undefined && object.status !== 204) headers['content-length'] = String(size);
  return whole;
}

/** Whether a viewer already has what the object is; a weak comparison, as RFC 9110 section 13.1.2 asks. */
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
 * The range that a viewer asks for, within `size` bytes; undefined for the whole object, `unsatisfiable` for one beyond
 * its end. Several ranges in one header are answered with the whole, as RFC 9110 section 14.2 allows.
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
