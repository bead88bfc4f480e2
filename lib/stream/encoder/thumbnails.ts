import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { Acknowledgement } from '../inputs/input-kind';

/** Whether MediaLive keeps a small picture of what comes in, for its console and API. */
export function thumbnailConfiguration(wanted: boolean): CfnChannel.ThumbnailConfigurationProperty {
  return { state: wanted ? 'AUTO' : 'DISABLED' };
}

/**
 * What the channel's role must be allowed for that: to write to a bucket of the service, which has no name to know
 * beforehand. The buckets of this account are left out.
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

/** Why that statement has a wildcard. */
export function thumbnailAcknowledgements(wanted: boolean): readonly Acknowledgement[] {
  if (!wanted) return [];
  return [
    {
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'MediaLive puts thumbnails into a bucket of its own account, whose name it does not tell; the buckets of this account are left out.',
    },
  ];
}
