import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { Acknowledgement } from '../inputs/input-kind';

/** Makes MediaLive keep a small image of the input, for its console and API, or none. */
export function thumbnailConfiguration(wanted: boolean): CfnChannel.ThumbnailConfigurationProperty {
  return { state: wanted ? 'AUTO' : 'DISABLED' };
}

/**
 * Returns the permission that thumbnails need: to write to a bucket of the service, whose name is not known beforehand.
 * The buckets of this account are excluded.
 */
export function thumbnailStatements(wanted: boolean): readonly PolicyStatement[] {
  if (!wanted) return [];
  return [
    new PolicyStatement({
      actions: ['s3:PutObject'],
      resources: ['*'],
      conditions: { StringNotEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
    }),
  ];
}

/** Acknowledges the wildcard in that statement. */
export function thumbnailAcknowledgements(wanted: boolean): readonly Acknowledgement[] {
  if (!wanted) return [];
  return [
    {
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'MediaLive puts thumbnails into a bucket of its own account and does not publish the name; the buckets of this account are excluded.',
    },
  ];
}
