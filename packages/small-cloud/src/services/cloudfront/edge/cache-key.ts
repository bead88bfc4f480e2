import type { IncomingHttpHeaders } from 'node:http';
import type { CachePolicy, Selection } from '../control/policies';
import type { ViewerRequest } from '../messages';

/** Encodings in the cache key and in the request to the origin. */
export type Encodings = 'br,gzip' | 'gzip' | 'br' | undefined;

/** Returns path and query string, as far as the policy distinguishes objects by them. Invalidations match this. */
export function cacheUri(request: ViewerRequest, policy: CachePolicy): string {
  const query = selectedQuery(request.query, policy.query);
  return query === '' ? request.path : `${request.path}?${query}`;
}

/**
 * Computes the cache key. Requests with the same key share one cached object.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 */
export function cacheKey(request: ViewerRequest, policy: CachePolicy, uri: string): string {
  let key = `${uri}\n${encodings(request.headers['accept-encoding'], policy) ?? ''}`;
  for (const [name, value] of Object.entries(selectedHeaders(request.headers, policy.headers))) {
    key += `\n${name}:${value}`;
  }
  const cookies = selectedCookies(request.headers.cookie, policy.cookies);
  return cookies === undefined ? key : `${key}\ncookie:${cookies}`;
}

/** Filters query parameters by selections. Order and encoding stay as received. */
export function selectedQuery(query: string, ...selections: readonly Selection[]): string {
  if (query === '' || selections.every(({ kind }) => kind === 'none')) return '';
  if (selections.some(({ kind }) => kind === 'all')) return query;
  const wanted = (parameter: string) => {
    const name = decoded(parameter.split('=', 1)[0] ?? '');
    return selections.some((selection) => takes(selection, name));
  };
  return query.split('&').filter(wanted).join('&');
}

/** Filters cookies by selections, into one `Cookie` header; undefined for none. */
export function selectedCookies(header: string | undefined, ...selections: readonly Selection[]): string | undefined {
  if (header === undefined || selections.every(({ kind }) => kind === 'none')) return undefined;
  const cookies = header.split(';').map((cookie) => cookie.trim());
  const taken = cookies.filter((cookie) =>
    selections.some((selection) => takes(selection, cookie.split('=', 1)[0] ?? '')),
  );
  return taken.length === 0 ? undefined : taken.join('; ');
}

/** Filters headers by selections. Cookies and encodings are left out, because they have rules of their own. */
export function selectedHeaders(
  headers: IncomingHttpHeaders,
  ...selections: readonly Selection[]
): Record<string, string> {
  const taken: Record<string, string> = {};
  if (selections.every(({ kind }) => kind === 'none')) return taken;
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'cookie' || name === 'accept-encoding') continue;
    if (selections.some((selection) => takes(selection, name))) taken[name] = value.toString();
  }
  return taken;
}

/**
 * Reduces a viewer's `Accept-Encoding` to the encodings that the policy enables.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html#cache-policy-compressed-objects
 */
export function encodings(
  header: string | string[] | undefined,
  policy: Pick<CachePolicy, 'gzip' | 'brotli'>,
): Encodings {
  if (typeof header !== 'string' || !(policy.gzip || policy.brotli)) return undefined;
  const brotli = policy.brotli && accepts(header, 'br');
  const gzip = policy.gzip && accepts(header, 'gzip');
  if (brotli) return gzip ? 'br,gzip' : 'br';
  return gzip ? 'gzip' : undefined;
}

function accepts(header: string, encoding: string): boolean {
  if (!header.includes(encoding)) return false;
  return header.split(',').some((entry) => {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

function takes({ kind, names }: Selection, name: string): boolean {
  switch (kind) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'whitelist':
      return names.has(name);
    case 'allExcept':
      return !names.has(name);
  }
}

function decoded(name: string): string {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
