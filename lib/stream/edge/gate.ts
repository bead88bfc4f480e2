import type { BehaviorOptions, IFunctionRef } from 'aws-cdk-lib/aws-cloudfront';

/** A check of viewers at the edge, as the edge knows it. */
export interface EdgeGate {
  /** Function that answers or passes on every request for media. */
  readonly viewerRequest: IFunctionRef;
  /** Beginning of paths with a token, before the path of the media: `/s/*`. */
  readonly tokenPattern: string;
  /** Headers of CloudFront that the function reads. They are no part of the cache key. */
  readonly headers: readonly string[];
  /** Behaviours of the API that hands out tokens, by their path patterns. */
  readonly api: Readonly<Record<string, BehaviorOptions>>;
}
