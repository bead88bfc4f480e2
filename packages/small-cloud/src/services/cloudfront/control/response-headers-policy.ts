import type { ResourceRequest } from '../../../contract';
import { Declared } from '../../kit/declared';
import { readComment } from './comment';

/** Response headers, lower-case names. */
export type ResponseHeaders = Record<string, string | readonly string[] | undefined>;

/** What a policy says to browsers of other origins. */
export interface CorsRules {
  /** `*`, an origin, or one with a wildcard in front of the domain (`https://*.example.com`). */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number | undefined;
  /** Whether the policy's headers win over those of the origin. */
  readonly override: boolean;
}

/** What CloudFront does to the headers of every response of a behaviour. */
export interface ResponseHeadersPolicy {
  readonly cors: CorsRules | undefined;
  /** Lower-case names, removed before anything is added. */
  readonly remove: readonly string[];
  readonly set: readonly { readonly name: string; readonly value: string; readonly override: boolean }[];
}

/** What of the viewer's request decides which CORS headers it gets. */
export interface CorsRequest {
  readonly method: string;
  readonly origin: string | undefined;
  /** `Access-Control-Request-Method`, which makes an OPTIONS request a preflight. */
  readonly requestedMethod: string | undefined;
}

/**
 * Changes `headers` as the policy says. It runs for every response, also for one from the cache, so a response cached
 * for a viewer without an `Origin` serves one with it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function applyResponseHeaders(
  policy: ResponseHeadersPolicy,
  headers: ResponseHeaders,
  request: CorsRequest,
): void {
  for (const name of policy.remove) headers[name] = undefined;
  // CloudFront puts a Server of its own in the place of a removed one; Node does the same for Date.
  if (policy.remove.includes('server')) headers['server'] = 'CloudFront';
  if (policy.cors !== undefined) applyCors(policy.cors, headers, request);
  for (const { name, value, override } of policy.set) put(headers, name, value, override);
}

/** Tells whether a request is a preflight, to whose answer the policy's headers are added; its status is the origin's. */
function isPreflight(request: CorsRequest): boolean {
  return request.method === 'OPTIONS' && request.origin !== undefined && request.requestedMethod !== undefined;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-responseheaderspolicy.html */
export function declaredResponseHeadersPolicy(request: ResourceRequest): ResponseHeadersPolicy {
  const declared = Declared.of(request);
  const config = declared.part('ResponseHeadersPolicyConfig').withoutEffect('Name');
  readComment(config);
  const cors = config.maybePart('CorsConfig');
  const timing = config.maybePart('ServerTimingHeadersConfig');
  if (timing?.withoutEffect('SamplingRate').flag('Enabled')) throw timing.unsupported('Enabled');
  const custom = config.maybePart('CustomHeadersConfig')?.list('Items') ?? [];
  const policy: ResponseHeadersPolicy = {
    cors: cors && corsRules(cors),
    remove: (config.maybePart('RemoveHeadersConfig')?.list('Items') ?? []).map((item) => removable(item)),
    set: [
      ...securityHeaders(config.maybePart('SecurityHeadersConfig')),
      ...custom.map((item) => ({
        name: item.text('Header').toLowerCase(),
        value: item.text('Value'),
        override: item.flag('Override'),
      })),
    ],
  };
  declared.end();
  return policy;
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

function corsRules(declared: Declared): CorsRules {
  const items = (key: string) => declared.maybePart(key)?.texts('Items') ?? [];
  const methods = items('AccessControlAllowMethods');
  return {
    origins: items('AccessControlAllowOrigins'),
    methods: methods.includes('ALL') ? ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] : methods,
    headers: items('AccessControlAllowHeaders'),
    exposed: items('AccessControlExposeHeaders'),
    credentials: declared.flag('AccessControlAllowCredentials'),
    maxAgeSeconds: declared.maybeNumber('AccessControlMaxAgeSec'),
    override: declared.flag('OriginOverride'),
  };
}

function securityHeaders(declared: Declared | undefined): ResponseHeadersPolicy['set'] {
  if (declared === undefined) return [];
  const header = (key: string, name: string, value: (part: Declared) => string) => {
    const part = declared.maybePart(key);
    return part === undefined ? [] : [{ name, value: value(part), override: part.flag('Override') }];
  };
  return [
    ...header('ContentSecurityPolicy', 'content-security-policy', (part) => part.text('ContentSecurityPolicy')),
    ...header('ContentTypeOptions', 'x-content-type-options', () => 'nosniff'),
    ...header('FrameOptions', 'x-frame-options', (part) => part.text('FrameOption')),
    ...header('ReferrerPolicy', 'referrer-policy', (part) => part.text('ReferrerPolicy')),
    ...header('StrictTransportSecurity', 'strict-transport-security', (part) =>
      [
        `max-age=${part.number('AccessControlMaxAgeSec')}`,
        ...(part.flag('IncludeSubdomains') ? ['includeSubDomains'] : []),
        ...(part.flag('Preload') ? ['preload'] : []),
      ].join('; '),
    ),
    ...header('XSSProtection', 'x-xss-protection', (part) => {
      const report = part.maybeText('ReportUri');
      const block = part.flag('ModeBlock') ? '; mode=block' : '';
      return part.flag('Protection') ? `1${block}${report === undefined ? '' : `; report=${report}`}` : '0';
    }),
  ];
}

/** Headers that CloudFront refuses to remove. */
const KEPT =
  /^(connection|content-encoding|content-length|expect|host|keep-alive|proxy-.*|trailer|transfer-encoding|upgrade|via|warning|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;

function removable(item: Declared): string {
  const name = item.text('Header').toLowerCase();
  if (KEPT.test(name)) throw new Error(`${item.path}.Header: CloudFront does not let ${name} be removed.`);
  return name;
}
