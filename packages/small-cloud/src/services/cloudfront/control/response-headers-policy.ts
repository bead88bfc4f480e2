import type { ResourceRequest } from '../../../contract';
import { Declared } from '../../kit/declared';
import { readComment } from './comment';

/** CORS headers for requests from other origins. */
export interface CorsRules {
  /** `*`, an origin, or one with a wildcard before the domain (`https://*.example.com`). */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number | undefined;
  /** True when the policy's headers replace those of the origin. */
  readonly override: boolean;
}

/** Changes to the headers of every response of a behaviour. */
export interface ResponseHeadersPolicy {
  readonly cors: CorsRules | undefined;
  /** Lower-case names, removed before any header is added. */
  readonly remove: readonly string[];
  readonly set: readonly { readonly name: string; readonly value: string; readonly override: boolean }[];
}

const ALL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** Headers that CloudFront refuses to remove. */
const KEPT =
  /^(connection|content-encoding|content-length|expect|host|keep-alive|proxy-.*|trailer|transfer-encoding|upgrade|via|warning|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;

/**
 * Reads an AWS::CloudFront::ResponseHeadersPolicy.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-responseheaderspolicy.html
 */
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

function corsRules(declared: Declared): CorsRules {
  const items = (key: string) => declared.maybePart(key)?.texts('Items') ?? [];
  const methods = items('AccessControlAllowMethods');
  return {
    origins: items('AccessControlAllowOrigins'),
    methods: methods.includes('ALL') ? ALL_METHODS : methods,
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
    ...header('StrictTransportSecurity', 'strict-transport-security', transportSecurity),
    ...header('XSSProtection', 'x-xss-protection', xssProtection),
  ];
}

function transportSecurity(part: Declared): string {
  const directives = [`max-age=${part.number('AccessControlMaxAgeSec')}`];
  if (part.flag('IncludeSubdomains')) directives.push('includeSubDomains');
  if (part.flag('Preload')) directives.push('preload');
  return directives.join('; ');
}

function xssProtection(part: Declared): string {
  const report = part.maybeText('ReportUri');
  const block = part.flag('ModeBlock') ? '; mode=block' : '';
  return part.flag('Protection') ? `1${block}${report === undefined ? '' : `; report=${report}`}` : '0';
}

function removable(item: Declared): string {
  const name = item.text('Header').toLowerCase();
  if (KEPT.test(name)) {
    throw new Error(`${item.path}.Header: ${name} was given; CloudFront does not allow its removal`);
  }
  return name;
}
