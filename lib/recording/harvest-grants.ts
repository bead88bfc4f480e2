import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A finding of cdk-nag that does not apply, with the reason. */
export interface Acknowledged {
  readonly id: string;
  readonly reason: string;
}

/** The permissions of a function of the recording, as far as they depend on the origin. */
export interface HarvestGrants {
  readonly statements: readonly PolicyStatement[];
  readonly acknowledged: readonly Acknowledged[];
  /** Variables of its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Keys that MediaConvert reads: copies that were made for it, or the segments that viewers play. */
export type ConvertedKeys = 'conversion/*' | 'vod/*/media/*';

/** The way in which the media of an origin is copied. */
export interface Harvests {
  readonly recorder: HarvestGrants;
  readonly catalogue: HarvestGrants;
  /** Keys of the bucket that MediaConvert reads. */
  readonly converted: ConvertedKeys;
  /** Pattern of the event that tells how a copy ended; undefined where the recorder tells the catalogue itself. */
  readonly ended: object | undefined;
}
