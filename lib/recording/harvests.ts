import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Harvests } from './harvest-grants';
import { packagerHarvests } from './packager-harvests';
import { harvestOf, type RecordingChannel } from './recorded';
import { storedHarvests } from './stored-harvests';
import { V1Harvests } from './v1-harvests';

/**
 * Returns the way in which the media of some channels is copied. All channels of a stack have one origin.
 *
 * @throws Error without a channel.
 */
export function harvestsOf(scope: Construct, channels: readonly RecordingChannel[], bucket: Bucket): Harvests {
  const [first] = channels;
  if (first === undefined) throw new Error('a recording needs a channel');
  const { kind } = harvestOf(first);
  if (kind === 's3') return storedHarvests(scope, channels, bucket);
  return kind === 'media-package'
    ? packagerHarvests(scope, channels)
    : new V1Harvests(scope, 'Harvests', { channels, bucket });
}
