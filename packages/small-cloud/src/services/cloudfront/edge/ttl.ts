import type { IncomingHttpHeaders } from 'node:http';
import type { CachePolicy } from '../control/policies';

type Bounds = Pick<CachePolicy, 'minTtl' | 'defaultTtl' | 'maxTtl'>;

/** Time for which an object of the origin is served without asking again. */
export interface Lifetime {
  readonly seconds: number;
  /** True when it may be kept for longer, to be revalidated. */
  readonly store: boolean;
}

/**
 * Computes the lifetime of a successful response: `s-maxage`, else `max-age`, else `Expires`, within the policy's
 * minimum and maximum. Without any of them it is the policy's default. An origin that forbids caching gets the minimum.
 * `stale-while-revalidate` and `stale-if-error` have no effect. `Expires` counts from the origin's own `Date`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist
 */
export function lifetime(headers: IncomingHttpHeaders, policy: Bounds): Lifetime {
  if (policy.maxTtl === 0) return { seconds: 0, store: false };
  const control = directives(headers['cache-control']);
  const forbidden = control.has('private') || control.has('no-store');
  if (forbidden || control.has('no-cache') || headers.vary === '*') {
    return { seconds: policy.minTtl, store: policy.minTtl > 0 || !forbidden };
  }
  const asked = askedSeconds(control) ?? untilExpiry(headers);
  const seconds = asked === undefined ? policy.defaultTtl : Math.min(asked, policy.maxTtl);
  return { seconds: Math.max(policy.minTtl, seconds), store: true };
}

const ALWAYS_CACHED_ERRORS = new Set([404, 405, 414, 500, 501, 502, 503, 504]);
const CACHED_ERRORS_IF_ASKED = new Set([400, 403, 412, 415]);
/** Errors for which `no-store`, `no-cache` and `private` count. For the others CloudFront ignores them. */
const OBEDIENT_ERRORS = new Set([404, 410, 414, 501]);

/**
 * Computes how long an error of the origin is cached: the distribution's minimum, or longer when the origin asks for
 * it. Some errors are cached only when the origin asks, and some never when the origin forbids it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
export function errorLifetime(status: number, headers: IncomingHttpHeaders, minimumSeconds: number): Lifetime {
  const control = directives(headers['cache-control']);
  const forbidden = ['no-store', 'no-cache', 'private'].some((directive) => control.has(directive));
  if (forbidden && OBEDIENT_ERRORS.has(status)) return { seconds: 0, store: false };
  const asked = askedSeconds(control);
  const cached = ALWAYS_CACHED_ERRORS.has(status) || (CACHED_ERRORS_IF_ASKED.has(status) && asked !== undefined);
  const seconds = cached ? Math.max(minimumSeconds, asked ?? 0) : 0;
  return { seconds, store: seconds > 0 };
}

function directives(header: string | undefined): ReadonlyMap<string, string> {
  const list = (header ?? '').split(',').map((directive) => directive.trim().toLowerCase().split('='));
  return new Map(list.map(([name = '', value = '']) => [name, value.replaceAll('"', '')]));
}

function askedSeconds(control: ReadonlyMap<string, string>): number | undefined {
  const text = control.get('s-maxage') ?? control.get('max-age');
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function untilExpiry(headers: IncomingHttpHeaders): number | undefined {
  if (headers.expires === undefined) return undefined;
  const expires = Date.parse(headers.expires);
  const dated = Date.parse(headers.date ?? '');
  const sent = Number.isNaN(dated) ? Date.now() : dated;
  // An invalid `Expires`, such as 0, means already expired (RFC 9111 section 5.3).
  return Number.isNaN(expires) ? 0 : Math.max(0, Math.floor((expires - sent) / 1000));
}
