import type { IncomingHttpHeaders } from 'node:http';
import type { Behavior } from '../control/distribution';
import type { ResponseHeaders } from '../messages';

/** Headers of the connection to the origin, and headers that every response to a viewer gets anew. */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'age',
  'via',
  'x-amz-cf-pop',
  'x-cache',
]);

/**
 * Selects the headers of an origin that viewers receive: cookies only when the behaviour forwards them, and in
 * `Vary` only the headers in the cache key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#ResponseCustomRemovedHeaders
 */
export function storedHeaders(headers: IncomingHttpHeaders, behavior: Behavior): ResponseHeaders {
  const stored: ResponseHeaders = {};
  for (const [name, value] of Object.entries(headers)) if (!DROPPED.has(name)) stored[name] = value;
  if (!forwardsCookies(behavior)) delete stored['set-cookie'];
  if (headers.vary !== undefined) stored['vary'] = knownVary(headers.vary, behavior);
  return stored;
}

/** Selects the headers of a 304 that replace those of the kept object. */
export function renewedHeaders(headers: IncomingHttpHeaders): ResponseHeaders {
  const renewed: ResponseHeaders = {};
  for (const name of ['date', 'expires', 'cache-control']) {
    if (headers[name] !== undefined) renewed[name] = headers[name];
  }
  return renewed;
}

function forwardsCookies({ cachePolicy, originRequestPolicy }: Behavior): boolean {
  return cachePolicy.cookies.kind !== 'none' || (originRequestPolicy?.cookies.kind ?? 'none') !== 'none';
}

function knownVary(vary: string, { cachePolicy }: Behavior): string | undefined {
  const known = vary.split(',').filter((entry) => {
    const name = entry.trim().toLowerCase();
    return name === 'accept-encoding' || name === 'cookie' || cachePolicy.headers.names.has(name);
  });
  return known.length === 0 ? undefined : known.map((entry) => entry.trim()).join(', ');
}
