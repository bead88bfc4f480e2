import type { ObjectShelf } from '../../contract';

/** Options of CloudFront. */
export interface CloudFrontOptions {
  /** Port of the first edge; 0 gives every edge any free one. */
  readonly port: number;
  /** Country of every viewer who says none, as ISO 3166-1 alpha-2. @default DE */
  readonly viewerCountry?: string | undefined;
  /** S3, which keeps the access logs. @default there are none */
  readonly shelf?: ObjectShelf | undefined;
}
