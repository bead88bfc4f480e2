import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Behavior } from '../control/distribution';
import type { ViewerRequest } from '../messages';

/** Place from which a viewer asks. */
export interface ViewerPlace {
  /** ISO 3166-1 alpha-2: `DE`. */
  readonly country: string;
  /** IP address and port: `127.0.0.1:40312`. */
  readonly address: string;
}

/** Header by which a viewer of the local run says a country. It stands in for the database of addresses that CloudFront has. */
export const COUNTRY_HEADER = 'x-local-viewer-country';

/** Names of the headers that CloudFront adds. */
const ADDED = /^cloudfront-/;

/**
 * Finds the place of a viewer.
 *
 * @param country - country of viewers that say none.
 */
export function viewerPlace({ headers, socket }: IncomingMessage, country: string): ViewerPlace {
  const said = headers[COUNTRY_HEADER];
  const address = `${socket.remoteAddress ?? '127.0.0.1'}:${socket.remotePort ?? 0}`;
  return { country: typeof said === 'string' && /^[A-Z]{2}$/.test(said) ? said : country, address };
}

/** Removes the headers that CloudFront itself adds, and those of the local run, from what a viewer sent. */
export function withoutPlace(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const names = Object.keys(headers);
  if (!names.some((name) => name === COUNTRY_HEADER || ADDED.test(name))) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== COUNTRY_HEADER && !ADDED.test(name)));
}

/**
 * Adds the headers about the viewer that the policies of a behaviour name. Functions see them too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
export function withPlace(
  request: ViewerRequest,
  { cachePolicy, originRequestPolicy }: Pick<Behavior, 'cachePolicy' | 'originRequestPolicy'>,
  { country, address }: ViewerPlace,
): ViewerRequest {
  const names = [...cachePolicy.headers.made, ...(originRequestPolicy?.headers.made ?? [])];
  if (names.length === 0) return request;
  const values = {
    'cloudfront-viewer-country': country,
    'cloudfront-viewer-address': address,
    ...deviceHeaders(request.headers['user-agent'] ?? ''),
  };
  const headers = { ...request.headers };
  for (const name of names) headers[name] = values[name];
  return { ...request, headers };
}

/**
 * Tells the class of a device by the words of its browser. CloudFront knows thousands of devices; these words are those
 * that most of them have. A tablet counts as mobile as well.
 */
function deviceHeaders(userAgent: string) {
  const isTv = /smart-?tv|\btv\b|appletv|bravia|web0s|tizen.*tv/i.test(userAgent);
  const isTablet = /ipad|tablet|android(?!.*mobile)/i.test(userAgent) && !isTv;
  const isMobile = isTablet || (/mobi|iphone|ipod/i.test(userAgent) && !isTv);
  return {
    'cloudfront-is-desktop-viewer': String(!isTv && !isMobile),
    'cloudfront-is-mobile-viewer': String(isMobile),
    'cloudfront-is-smarttv-viewer': String(isTv),
    'cloudfront-is-tablet-viewer': String(isTablet),
  };
}
