import type { IncomingMessage } from 'node:http';
import type { Behavior } from '../control/distribution';
import type { ViewerRequest } from '../messages';
import type { CorsRequest } from './response-headers';
import { withoutPlace } from './viewer-place';

const METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE']);

/**
 * Reads a request: resolves dot segments, replaces `/` by the root object, and drops headers that only CloudFront adds.
 */
export function viewerRequest(incoming: IncomingMessage, rootObject: string | undefined): ViewerRequest {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const raw = mark === -1 ? url : url.slice(0, mark);
  const path = /\/(\.|%2e)/i.test(raw) ? new URL(`http://edge${raw}`).pathname : raw;
  return {
    method: incoming.method ?? 'GET',
    path: path === '/' && rootObject !== undefined ? rootObject : path,
    query: mark === -1 ? '' : url.slice(mark + 1),
    headers: withoutPlace(incoming.headers),
    ip: incoming.socket.remoteAddress ?? '127.0.0.1',
  };
}

/** Explains why CloudFront refuses a request before it looks any further; undefined for a valid one. */
export function requestRefusal(
  { method = '', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  { allowedMethods }: Pick<Behavior, 'allowedMethods'>,
): { readonly status: number; readonly sentence: string } | undefined {
  if (!METHODS.has(method)) return { status: 405, sentence: `CloudFront does not support the method ${method}.` };
  if (!allowedMethods.has(method)) {
    const sentence = `This distribution is not configured to allow the HTTP request method that was used for this request (${method}).`;
    return { status: 403, sentence };
  }
  if (method === 'GET' && (Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined)) {
    return { status: 403, sentence: 'Bad request: a GET request has a body.' };
  }
  return undefined;
}

/** Selects the parts of a request on which its CORS headers depend. */
export function corsRequest({ method, headers }: ViewerRequest): CorsRequest {
  return { method, origin: headers.origin, requestedMethod: headers['access-control-request-method'] };
}
