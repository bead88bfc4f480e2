import type { ICachePolicy, IResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';

/** Policies of the edge, for behaviours that others add to it: an account may have twenty of a kind. */
export interface EdgePolicies {
  /** Keeps manifests for as long as they stay current. */
  readonly manifests: ICachePolicy;
  /** Headers for players on other web origins. */
  readonly players: IResponseHeadersPolicy;
}
