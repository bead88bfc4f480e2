import { type ResourceRequest, UnsupportedError } from '../../../contract';
import { Declared } from '../../kit/declared';
import { readComment } from './comment';

/** Which query strings, headers or cookies of a viewer's request a policy speaks of. Header names are lower case. */
export interface Selection {
  readonly kind: 'none' | 'whitelist' | 'all' | 'allExcept';
  readonly names: ReadonlySet<string>;
}

/** How long objects stay in the cache, in seconds, and what tells two of them apart. */
export interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  /** 0 switches caching off, and with it the collapsing of simultaneous requests. */
  readonly maxTtl: number;
  readonly query: Selection;
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly gzip: boolean;
  readonly brotli: boolean;
}

/** What goes to the origin beside what is in the cache key. */
export interface OriginRequestPolicy {
  readonly query: Selection;
  readonly headers: Selection;
  readonly cookies: Selection;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-cachepolicy.html */
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
    throw new Error(`${config.path}: MinTTL ≤ DefaultTTL ≤ MaxTTL must hold.`);
  }
  return policy;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originrequestpolicy.html */
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

/** A selection by names; header names in any case. @throws UnsupportedError for a header that CloudFront would make up. */
export function select(kind: Selection['kind'], names: readonly string[] = [], headers = false): Selection {
  const made = headers ? names.find((name) => /^cloudfront-/i.test(name)) : undefined;
  if (made !== undefined) {
    throw new UnsupportedError(
      `The header ${made} tells where or on what a viewer is, which the local run does not know. Leave it out of the policy to run here.`,
    );
  }
  return { kind, names: new Set(headers ? names.map((name) => name.toLowerCase()) : names) };
}

function selection(declared: Declared, subject: 'QueryString' | 'Header' | 'Cookie'): Selection {
  const behavior = declared.oneOf(`${subject}Behavior`, ['none', 'whitelist', 'all', 'allExcept', 'allViewer']);
  const names = declared.texts(`${subject}s`);
  return select(behavior === 'allViewer' ? 'all' : behavior, names, subject === 'Header');
}
