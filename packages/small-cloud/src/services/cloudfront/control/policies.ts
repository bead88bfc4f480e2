import type { ResourceRequest } from '../../../contract';
import { Declared } from '../../kit/declared';
import { notModelled } from '../../kit/not-modelled';
import { readComment } from './comment';

/** The query strings, headers or cookies that a policy selects from a viewer's request. Header names are lower case. */
export interface Selection {
  readonly kind: 'none' | 'whitelist' | 'all' | 'allExcept';
  readonly names: ReadonlySet<string>;
  /** Headers among the names that CloudFront adds to the request. */
  readonly made: readonly MadeHeader[];
}

/** Headers about the viewer that the local edge adds. */
const MADE_HEADERS = [
  'cloudfront-viewer-country',
  'cloudfront-viewer-address',
  'cloudfront-is-desktop-viewer',
  'cloudfront-is-mobile-viewer',
  'cloudfront-is-smarttv-viewer',
  'cloudfront-is-tablet-viewer',
] as const;

/** A header about the viewer. */
export type MadeHeader = (typeof MADE_HEADERS)[number];

/** Lifetime of objects in the cache, in seconds, and the parts of a request that distinguish them. */
export interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  /** 0 disables caching, and the collapsing of simultaneous requests. */
  readonly maxTtl: number;
  readonly query: Selection;
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly gzip: boolean;
  readonly brotli: boolean;
}

/** The parts of a request that go to the origin in addition to the cache key. */
export interface OriginRequestPolicy {
  readonly query: Selection;
  readonly headers: Selection;
  readonly cookies: Selection;
}

/**
 * Reads an AWS::CloudFront::CachePolicy.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-cachepolicy.html
 */
export function declaredCachePolicy(request: ResourceRequest): CachePolicy {
  const declared = Declared.of(request);
  const config = declared.part('CachePolicyConfig').withoutEffect('Name');
  readComment(config);
  const key = config.part('ParametersInCacheKeyAndForwardedToOrigin');
  const policy: CachePolicy = {
    minTtl: config.number('MinTTL'),
    defaultTtl: config.number('DefaultTTL'),
    maxTtl: config.number('MaxTTL'),
    query: selection(key.part('QueryStringsConfig'), 'QueryString'),
    headers: selection(key.part('HeadersConfig'), 'Header'),
    cookies: selection(key.part('CookiesConfig'), 'Cookie'),
    gzip: key.flag('EnableAcceptEncodingGzip'),
    brotli: key.flag('EnableAcceptEncodingBrotli'),
  };
  declared.end();
  if (policy.headers.made.includes('cloudfront-viewer-address')) {
    throw new Error(
      `${key.path}.HeadersConfig: CloudFront-Viewer-Address was given; only an origin request policy takes it.`,
    );
  }
  if (!(policy.minTtl <= policy.defaultTtl && policy.defaultTtl <= policy.maxTtl)) {
    throw new Error(
      `${config.path}: MinTTL ${policy.minTtl}, DefaultTTL ${policy.defaultTtl} and MaxTTL ${policy.maxTtl} were given; MinTTL ≤ DefaultTTL ≤ MaxTTL must hold.`,
    );
  }
  requireCaching(policy, key.path);
  return policy;
}

/**
 * Refuses what is of no use where nothing is cached.
 *
 * @throws Error as CloudFront says it.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html
 */
function requireCaching({ maxTtl, query, headers, cookies, gzip, brotli }: CachePolicy, path: string): void {
  if (maxTtl > 0) return;
  const given = {
    EnableAcceptEncodingGzip: gzip,
    EnableAcceptEncodingBrotli: brotli,
    HeaderBehavior: headers.kind !== 'none',
    CookieBehavior: cookies.kind !== 'none',
    QueryStringBehavior: query.kind !== 'none',
  };
  const [first] = Object.entries(given).filter(([, isGiven]) => isGiven);
  if (first === undefined) return;
  throw new Error(
    `${path}: The parameter ${first[0]} is invalid for policy with caching disabled; MaxTTL must be more than 0.`,
  );
}

/**
 * Reads an AWS::CloudFront::OriginRequestPolicy.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originrequestpolicy.html
 */
export function declaredOriginRequestPolicy(request: ResourceRequest): OriginRequestPolicy {
  const declared = Declared.of(request);
  const config = declared.part('OriginRequestPolicyConfig').withoutEffect('Name');
  readComment(config);
  const policy: OriginRequestPolicy = {
    query: selection(config.part('QueryStringsConfig'), 'QueryString'),
    headers: selection(config.part('HeadersConfig'), 'Header'),
    cookies: selection(config.part('CookiesConfig'), 'Cookie'),
  };
  declared.end();
  const refused = NEVER_FORWARDED.find((name) => policy.headers.kind === 'whitelist' && policy.headers.names.has(name));
  if (refused !== undefined) throw new Error(`The parameter Headers contains ${refused} that is not allowed.`);
  return policy;
}

/** Headers that an origin request policy may not name: CloudFront writes them itself, or takes them by a cache policy. */
const NEVER_FORWARDED = ['x-amz-content-sha256', 'authorization', 'accept-encoding'];

/** Builds a selection by names; header names in any case. @throws UnsupportedError for other headers that CloudFront adds. */
export function select(kind: Selection['kind'], names: readonly string[] = [], headers = false): Selection {
  if (!headers) return { kind, names: new Set(names), made: [] };
  const lower = names.map((name) => name.toLowerCase());
  const made = MADE_HEADERS.filter((name) => lower.includes(name));
  const unknown = lower.find((name) => name.startsWith('cloudfront-') && !made.some((known) => known === name));
  if (unknown !== undefined) throw notModelled(`The header ${unknown}`, { known: MADE_HEADERS, advice: LEAVE_OUT });
  return { kind, names: new Set(lower), made: kind === 'allExcept' ? [] : made };
}

const LEAVE_OUT = 'Leave it out of the policy to run locally';

/** Behaviours of a policy, in the words of CloudFormation. The last two are for headers to an origin. */
const KINDS = {
  none: 'none',
  whitelist: 'whitelist',
  all: 'all',
  allExcept: 'allExcept',
  allViewer: 'all',
  allViewerAndWhitelistCloudFront: 'all',
} as const;

function selection(declared: Declared, subject: 'QueryString' | 'Header' | 'Cookie'): Selection {
  const known = ['none', 'whitelist', 'all', 'allExcept', 'allViewer', 'allViewerAndWhitelistCloudFront'] as const;
  const behavior = declared.oneOf(`${subject}Behavior`, known);
  return select(KINDS[behavior], declared.texts(`${subject}s`), subject === 'Header');
}
