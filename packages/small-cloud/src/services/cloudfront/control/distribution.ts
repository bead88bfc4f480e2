import type { EdgeFunction } from '../functions/edge-function';
import type { CachePolicy, OriginRequestPolicy } from './policies';
import type { ResponseHeadersPolicy } from './response-headers-policy';

/** Where a behaviour gets its objects. Times in milliseconds. */
export interface Origin {
  readonly id: string;
  readonly domainName: string;
  /** In front of every path: empty, or beginning with a slash and not ending in one. */
  readonly path: string;
  /** Headers that every request to the origin carries, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** When the origin access control signs; undefined without one. */
  readonly signing: SigningBehavior | undefined;
  readonly attempts: number;
  readonly connectTimeout: number;
  readonly readTimeout: number;
}

export type SigningBehavior = 'always' | 'never' | 'no-override';

/** What happens to requests whose path fits a pattern. */
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

/** What CloudFront makes of one status of the origin. */
export interface ErrorRule {
  readonly minTtlSeconds: number;
  /** The path that is sent instead, and with which status. */
  readonly page: { readonly path: string; readonly status: number } | undefined;
}

/** A distribution, as its edge works by it. */
export interface Distribution {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  /** Beginning with a slash; undefined without one. */
  readonly rootObject: string | undefined;
  /** In the order in which they are tried; the last one, the default, fits every path. */
  readonly behaviors: readonly [...Behavior[], Behavior];
  readonly errors: ReadonlyMap<number, ErrorRule>;
}

/** The first behaviour whose pattern fits. */
export function behaviorOf({ behaviors }: Distribution, path: string): Behavior {
  for (const behavior of behaviors) if (behavior.matches(path)) return behavior;
  throw new Error(`No cache behaviour fits ${path}.`);
}
