import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { arnText } from '../stream/arn-text';
import { bucketWildcards } from './grants';
import type { Harvests } from './harvest-grants';
import { harvestOf, type RecordingChannel } from './recorded';

/**
 * Returns the way in which the media of a bucket is copied: the recorder does it itself, minute by minute, and lets the
 * catalogue look when a recording is written.
 */
export function storedHarvests(scope: Construct, channels: readonly RecordingChannel[], bucket: Bucket): Harvests {
  const media = channels.map((one) => harvestOf(one).media).filter((one) => one !== undefined);
  const [first] = media;
  if (first === undefined) throw new Error('a recorded channel has no bucket');
  return {
    recorder: {
      statements: [
        new PolicyStatement({
          actions: ['s3:GetObject'],
          resources: media.map(({ bucket: from, folder }) => from.arnForObjects(`${folder}/*`)),
        }),
        // Without it, S3 answers 403 for a segment that MediaLive has removed.
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [first.bucket.bucketArn] }),
        new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [bucket.arnForObjects('vod/*')] }),
      ],
      acknowledged: [
        ...media.map(({ bucket: from, folder }) => ({
          id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arnText(scope, from.bucketArn)}/${folder}/*]`,
          reason: 'MediaLive names segments after their time, so the recorder cannot know them beforehand.',
        })),
        ...bucketWildcards(scope, bucket, ['vod/*']),
      ],
      environment: { MEDIA_BUCKET: first.bucket.bucketName },
    },
    catalogue: { statements: [], acknowledged: [], environment: {} },
    converted: 'vod/*/media/*',
    ended: undefined,
  };
}
