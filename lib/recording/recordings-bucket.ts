import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Bucket, HttpMethods, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { LiveStream } from '../channel/live-stream';
import { originOf } from '../channel/origin';
import { longestRecordingSeconds, recordingOf } from '../channel/recording';
import { privateBucket } from '../stream/private-bucket';
import { isRecorded } from './recorded';

/** Days after which a copy for MediaConvert is removed, read or not. */
const CONVERSION_DAYS = 2;
/** Days for which the recorder remembers a run; MediaPackage keeps media for 14, and records of harvests for 15. */
const MEMORY_DAYS = 30;

/**
 * Returns the bucket of everything recorded; undefined where nothing is. Each channel's recordings expire after its own
 * time. MediaPackage v2 writes to it for this account alone; v1 does by a role.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/live-to-vod.html
 */
export function recordingsBucket(
  scope: Construct,
  id: string,
  { channels, recordings, origin }: Pick<LiveStream, 'channels' | 'recordings' | 'origin'>,
): Bucket | undefined {
  const { kind } = originOf({ origin });
  const recorded = channels.filter(isRecorded);
  if (recorded.length === 0) return undefined;
  const bucket = privateBucket(scope, id, {
    removalPolicy: recordings === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    // The rule is for preflights, which S3 otherwise refuses. The edge decides which pages may read.
    cors: [
      {
        allowedMethods: [HttpMethods.GET, HttpMethods.HEAD],
        allowedOrigins: ['*'],
        allowedHeaders: ['*'],
        maxAge: 600,
      },
    ],
    lifecycleRules: [
      ...recorded.map((channel): LifecycleRule => {
        const keepDays = recordingOf(channel)?.keepDays ?? 0;
        // Segments that are copied during the show are older than the recording.
        const early = kind === 's3' ? Math.ceil(longestRecordingSeconds(channel) / 86_400) : 0;
        return { prefix: `vod/${channel.name}/`, expiration: Duration.days(keepDays + early) };
      }),
      { prefix: 'conversion/', expiration: Duration.days(CONVERSION_DAYS) },
      { prefix: 'runs/', expiration: Duration.days(MEMORY_DAYS) },
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  if (kind !== 'media-package') return bucket;
  bucket.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('mediapackagev2.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('vod/*'), bucket.arnForObjects('conversion/*')],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return bucket;
}
