import { type ResourceRequest, UnsupportedError } from '../../../contract';
import { Declared } from '../../kit/declared';
import { readComment } from './comment';

/** The query strings, headers or cookies that a policy selects from a viewer's request. Header names are lower case. */
export interface Selection {
  readonly kind: 'none' | 'whitelist' | 'all' | 'allExcept';
  readonly names: ReadonlySet<string>;
}

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
  if (!(policy.minTtl <= policy.defaultTtl && policy.defaultTtl <= policy.maxTtl)) {
    throw new Error(
      `${config.path}: MinTTL ${policy.minTtl}, DefaultTTL ${policy.defaultTtl} and MaxTTL ${policy.maxTtl} were given; MinTTL ≤ DefaultTTL ≤ MaxTTL must hold.`,
    );
  }
  return policy;
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
  return policy;
}

/** Builds a selection by names; header names in any case. @throws UnsupportedError for headers that CloudFront adds. */
export function select(kind: Selection['kind'], names: readonly string[] = [], headers = false): Selection {
  const made = headers ? names.find((name) => /^cloudfront-/i.test(name)) : undefined;
  if (made !== undefined) {
    throw new UnsupportedError(
      `The header ${made} describes the viewer's place or device, which the local run does not know. Leave it out of the policy to run locally.`,
    );
  }
  return { kind, names: new Set(headers ? names.map((name) => name.toLowerCase()) : names) };
}

function selection(declared: Declared, subject: 'QueryString' | 'Header' | 'Cookie'): Selection {
  const behavior = declared.oneOf(`${subject}Behavior`, ['none', 'whitelist', 'all', 'allExcept', 'allViewer']);
  const names = declared.texts(`${subject}s`);
  return select(behavior === 'allViewer' ? 'all' : behavior, names, subject === 'Header');
}
