import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { packagerHarvests } from './packager-harvests';
import { harvestOf, type RecordingChannel } from './recorded';
import { V1Harvests } from './v1-harvests';

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

/** The way in which the media of an origin is copied. */
export interface Harvests {
  readonly recorder: HarvestGrants;
  readonly catalogue: HarvestGrants;
  /** Pattern of the event that tells how a copy ended. */
  readonly ended: object;
}

/**
 * Returns the way in which the media of some channels is copied. All channels of a stack have one origin.
 *
 * @throws Error without a channel.
 */
export function harvestsOf(scope: Construct, channels: readonly RecordingChannel[], bucket: Bucket): Harvests {
  const [first] = channels;
  if (first === undefined) throw new Error('a recording needs a channel');
  const { kind } = harvestOf(first);
  return kind === 'media-package'
    ? packagerHarvests(scope, channels)
    : new V1Harvests(scope, 'Harvests', { channels, bucket });
}
