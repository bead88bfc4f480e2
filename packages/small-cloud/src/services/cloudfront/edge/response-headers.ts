import type { CorsRules, ResponseHeadersPolicy } from '../control/response-headers-policy';
import type { ResponseHeaders } from '../messages';

/** The parts of a viewer's request on which its CORS headers depend. */
export interface CorsRequest {
  readonly method: string;
  readonly origin: string | undefined;
  /** `Access-Control-Request-Method`, which makes an OPTIONS request a preflight. */
  readonly requestedMethod: string | undefined;
}

/**
 * Changes `headers` by a policy. This happens for every response, also for one from the cache: a response that was
 * cached for a viewer without an `Origin` serves one with it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function applyResponseHeaders(
  policy: ResponseHeadersPolicy,
  headers: ResponseHeaders,
  request: CorsRequest,
): void {
  for (const name of policy.remove) headers[name] = undefined;
  // CloudFront replaces a removed Server with its own. Node does the same for Date.
  if (policy.remove.includes('server')) headers['server'] = 'CloudFront';
  if (policy.cors !== undefined) applyCors(policy.cors, headers, request);
  for (const { name, value, override } of policy.set) put(headers, name, value, override);
}

function applyCors(rules: CorsRules, headers: ResponseHeaders, request: CorsRequest): void {
  if (request.origin === undefined) return;
  const allowed = allowedOrigin(rules.origins, request.origin);
  if (allowed === undefined) {
    if (rules.override) headers['access-control-allow-origin'] = undefined;
    return;
  }
  const add = (name: string, value: string) => put(headers, name, value, rules.override);
  add('access-control-allow-origin', allowed);
  if (allowed !== '*') headers['vary'] = [headers['vary'], 'Origin'].flat().filter(Boolean).join(', ');
  if (rules.credentials) add('access-control-allow-credentials', 'true');
  if (rules.exposed.length > 0) add('access-control-expose-headers', rules.exposed.join(', '));
  if (!isPreflight(request)) return;
  if (rules.methods.length > 0) add('access-control-allow-methods', rules.methods.join(', '));
  if (rules.headers.length > 0) add('access-control-allow-headers', rules.headers.join(', '));
  if (rules.maxAgeSeconds !== undefined) add('access-control-max-age', String(rules.maxAgeSeconds));
}

/** Returns true for a preflight. The policy adds headers to its answer; the status comes from the origin. */
function isPreflight(request: CorsRequest): boolean {
  return request.method === 'OPTIONS' && request.origin !== undefined && request.requestedMethod !== undefined;
}

function allowedOrigin(allowed: readonly string[], origin: string): string | undefined {
  if (allowed.includes('*')) return '*';
  const matches = allowed.some((pattern) => {
    const star = pattern.indexOf('*');
    if (star === -1) return origin === pattern || origin.replace(/^https?:\/\//, '') === pattern;
    const [scheme, domain] = [pattern.slice(0, star), pattern.slice(star + 1)];
    return origin.startsWith(scheme) && origin.endsWith(domain) && origin.length > scheme.length + domain.length;
  });
  return matches ? origin : undefined;
}

function put(headers: ResponseHeaders, name: string, value: string, override: boolean): void {
  if (override || headers[name] === undefined) headers[name] = value;
}
