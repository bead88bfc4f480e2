import type { OutgoingHttpHeaders } from 'node:http';
import { ORIGIN_ACCESS } from '../../../contract';
import type { Behavior, Distribution } from '../control/distribution';
import { select } from '../control/policies';
import type { ViewerRequest } from '../messages';
import { encodings, selectedCookies, selectedHeaders, selectedQuery } from './cache-key';

/** A viewer's request that needs an origin's answer. */
export interface OriginInquiry {
  readonly distribution: Pick<Distribution, 'arn'>;
  readonly behavior: Behavior;
  readonly request: ViewerRequest;
  /** Conditions and ranges, on which the cache decides. */
  readonly extra?: OutgoingHttpHeaders;
}

/** One request to an origin. */
export interface OriginRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
}

/** Headers of a viewer that are never forwarded: those of its connection, of CloudFront, and of caching. */
const WITHHELD =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-length|range|if-(match|none-match|modified-since|unmodified-since|range)|x-edge-.*|x-real-ip|x-forwarded-proto|via|x-origin-access-.*)$/;

/** Headers that describe a body. They are forwarded with it, whatever the policies say. */
const BODY_HEADERS = ['content-type', 'content-length', 'transfer-encoding', 'content-md5'];

const NOTHING = { query: select('none'), headers: select('none'), cookies: select('none') };

/**
 * Builds the request to an origin: the parts in the cache key, the additions of the origin request policy, the origin's
 * custom headers and, when an origin access control signs, its proof.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html
 */
export function originRequest({ distribution, behavior, request, extra = {} }: OriginInquiry): OriginRequest {
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

/** CloudFront's name in `Via`, to origins and viewers. */
export const VIA = '1.1 local.cloudfront.net (CloudFront)';

/** Hash of the body, which the viewer of a function URL sends, because CloudFront signs no body and Lambda wants it signed. */
const BODY_HASH = 'x-amz-content-sha256';

/** Adds the proof of an origin access control. `no-override` keeps a viewer's forwarded `Authorization` instead. */
function sign(
  headers: OutgoingHttpHeaders,
  distribution: Pick<Distribution, 'arn'>,
  { origin }: Behavior,
  request: ViewerRequest,
): void {
  const { accessControl } = origin;
  if (accessControl === undefined || accessControl.signing === 'never') return;
  if (
    accessControl.signing === 'no-override' &&
    request.headers.authorization !== undefined &&
    headers['authorization'] !== undefined
  ) {
    return;
  }
  delete headers['authorization'];
  const bodyHash = request.headers[BODY_HASH];
  if (accessControl.originType === 'lambda' && bodyHash !== undefined) headers[BODY_HASH] = bodyHash;
  headers[ORIGIN_ACCESS.principal] = 'cloudfront.amazonaws.com';
  headers[ORIGIN_ACCESS.source] = distribution.arn;
}
