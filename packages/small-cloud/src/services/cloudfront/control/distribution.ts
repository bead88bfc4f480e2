import type { EdgeFunction } from '../functions/edge-function';
import type { AccessLogging } from './access-logs';
import type { GeoRestriction } from './geo-restriction';
import type { CachePolicy, OriginRequestPolicy } from './policies';
import type { ResponseHeadersPolicy } from './response-headers-policy';

/** How long CloudFront caches an error when the distribution does not say, in seconds. */
export const DEFAULT_ERROR_SECONDS = 10;

/** Origin of a behaviour's objects. Times are milliseconds. */
export interface Origin {
  readonly id: string;
  readonly domainName: string;
  /** Prefix of every path: empty, or with a slash at its beginning and none at its end. */
  readonly path: string;
  /** Headers of every request to the origin, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly accessControl: AccessControl | undefined;
  readonly attempts: number;
  readonly connectTimeout: number;
  readonly readTimeout: number;
}

/** An origin access control. */
export interface AccessControl {
  readonly originType: 's3' | 'mediapackagev2' | 'mediastore' | 'lambda';
  /** Requests that it signs. `no-override` keeps a viewer's `Authorization`. */
  readonly signing: 'always' | 'never' | 'no-override';
}

/** A cache behaviour: the treatment of requests whose path matches a pattern. */
export interface Behavior {
  readonly pattern: string;
  readonly matches: (path: string) => boolean;
  readonly origin: Origin;
  readonly allowedMethods: ReadonlySet<string>;
  readonly cachedMethods: ReadonlySet<string>;
  readonly cachePolicy: CachePolicy;
  readonly originRequestPolicy: OriginRequestPolicy | undefined;
  readonly responseHeaders: ResponseHeadersPolicy | undefined;
  readonly compress: boolean;
  readonly viewerRequest: EdgeFunction | undefined;
  readonly viewerResponse: EdgeFunction | undefined;
}

/** How long one error status of the origin is cached, and the page that replaces it. */
export interface ErrorRule {
  readonly minTtlSeconds: number;
  /** Path and status of the replacement; undefined for the origin's own answer. */
  readonly page: { readonly path: string; readonly status: number } | undefined;
}

/** A distribution, as its edge uses it. */
export interface Distribution {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  /** Domain names of its own. */
  readonly aliases: readonly string[];
  /** Path of the root object, with a slash at its beginning; undefined without one. */
  readonly rootObject: string | undefined;
  /** Behaviours in the order in which they are tried; the last one, the default, matches every path. */
  readonly behaviors: readonly [...Behavior[], Behavior];
  readonly errors: ReadonlyMap<number, ErrorRule>;
  /** Countries whose viewers get 403, or get anything else; undefined where all are served. */
  readonly geo: GeoRestriction | undefined;
  /** Where access logs go; undefined where there are none. */
  readonly logging?: AccessLogging | undefined;
  /** Sentences about settings that have no effect in the local run. */
  readonly withoutEffect: readonly string[];
}

/** The parts of a distribution that its configuration says. */
export type DistributionParts = Omit<Distribution, 'id' | 'arn' | 'domainName'>;

/** Finds the first behaviour with a matching pattern. */
export function behaviorOf({ behaviors }: Distribution, path: string): Behavior {
  for (const behavior of behaviors) if (behavior.matches(path)) return behavior;
  throw new Error(`No cache behaviour matches ${path}.`);
}
