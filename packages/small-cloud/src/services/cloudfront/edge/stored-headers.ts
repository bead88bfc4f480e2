import type { IncomingHttpHeaders } from 'node:http';
import type { Behavior } from '../control/distribution';
import type { ResponseHeaders } from '../control/response-headers-policy';

/** What belongs to the connection to the origin, or is said anew in every response to a viewer. */
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
  'x-cache',
]);

/**
 * Of the headers of an origin, those that viewers get: no cookies unless the behaviour forwards them, and of `Vary` only
 * what the edge tells apart.
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

/** What a 304 of the origin says anew of the object that is kept. */
export function renewedHeaders(headers: IncomingHttpHeaders): ResponseHeaders {
  const { date, expires, 'cache-control': control } = headers;
  return {
    ...(date !== undefined && { date }),
    ...(expires !== undefined && { expires }),
    ...(control !== undefined && { 'cache-control': control }),
  };
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
