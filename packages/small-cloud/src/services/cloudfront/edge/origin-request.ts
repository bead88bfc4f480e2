import type { OutgoingHttpHeaders } from 'node:http';
import { ORIGIN_ACCESS } from '../../../contract';
import type { Behavior, Distribution } from '../control/distribution';
import { select } from '../control/policies';
import { encodings, selectedCookies, selectedHeaders, selectedQuery, type ViewerRequest } from './cache-key';

/** One request to an origin. */
export interface OriginRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
}

/** Never a viewer's to send on: what belongs to its connection, to CloudFront, or to the way CloudFront caches. */
const WITHHELD =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-length|range|if-(match|none-match|modified-since|unmodified-since|range)|x-edge-.*|x-real-ip|x-forwarded-proto|via|x-origin-access-.*)$/;

/** With a body, its description goes along whatever the policies say. */
const BODY_HEADERS = ['content-type', 'content-length', 'transfer-encoding', 'content-md5'];

const NOTHING = { query: select('none'), headers: select('none'), cookies: select('none') };

/**
 * What the edge asks of an origin for a viewer: what is in the cache key, what the origin request policy adds, what the
 * origin's own headers say, and, where an access control signs, the proof of who asks.
 *
 * @param extra - conditions and ranges, which the cache decides on.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html
 */
export function originRequest(
  distribution: Pick<Distribution, 'arn'>,
  behavior: Behavior,
  request: ViewerRequest,
  extra: OutgoingHttpHeaders = {},
): OriginRequest {
  const { origin, cachePolicy, originRequestPolicy = NOTHING } = behavior;
  const headers: OutgoingHttpHeaders = {
    host: origin.domainName,
    'user-agent': 'Amazon CloudFront',
    via: VIA,
  };
  for (const [name, value] of Object.entries(
    selectedHeaders(request.headers, cachePolicy.headers, originRequestPolicy.headers),
  )) {
    if (!WITHHELD.test(name)) headers[name] = value;
  }
  if (cachePolicy.gzip || cachePolicy.brotli) {
    headers['accept-encoding'] = encodings(request.headers['accept-encoding'], cachePolicy) ?? 'identity';
  }
  const cookies = selectedCookies(request.headers.cookie, cachePolicy.cookies, originRequestPolicy.cookies);
  if (cookies !== undefined) headers['cookie'] = cookies;
  if (!behavior.cachedMethods.has(request.method)) {
    for (const name of BODY_HEADERS) if (request.headers[name] !== undefined) headers[name] = request.headers[name];
  }
  Object.assign(headers, origin.headers, extra);
  sign(headers, distribution, behavior, request);

  const query = selectedQuery(request.query, cachePolicy.query, originRequestPolicy.query);
  return { method: request.method, path: `${origin.path}${request.path}${query === '' ? '' : `?${query}`}`, headers };
}

/** How CloudFront names itself on both sides. */
export const VIA = '1.1 local.cloudfront.net (CloudFront)';

/** `no-override` leaves an `Authorization` of the viewer, when a policy forwards it, to speak for itself. */
function sign(
  headers: OutgoingHttpHeaders,
  distribution: Pick<Distribution, 'arn'>,
  { origin }: Behavior,
  request: ViewerRequest,
): void {
  const { signing } = origin;
  if (signing === undefined || signing === 'never') return;
  if (
    signing === 'no-override' &&
    request.headers.authorization !== undefined &&
    headers['authorization'] !== undefined
  ) {
    return;
  }
  delete headers['authorization'];
  headers[ORIGIN_ACCESS.principal] = 'cloudfront.amazonaws.com';
  headers[ORIGIN_ACCESS.source] = distribution.arn;
}
