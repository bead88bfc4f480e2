import { Aws, type CfnElement, type CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { type IDistribution, S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Bucket, type CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { LiveChannel } from '../../channel/live-channel';
import type { BucketContent } from '../bucket-content';
import { stackUniqueName } from '../names';
import { privateBucket } from '../private-bucket';
import { PUT_AGAIN } from './hls-output-group';
import type { Origin, OriginChannel, OriginEgress, OriginIngest } from './origin';
import { OWN_FOLDER_REASON, STORED_PATTERNS, storedChannel } from './stored-hls';

/** More than a multivariant playlist of ten renditions and two pipelines has, and less than a segment. */
const PLAYLIST_BYTES = 8192;

/**
 * A bucket as the origin: MediaLive writes finished HLS into it, a folder for each channel, and removes segments by
 * its own window; the edge reads it through origin access control. There is nothing between encoder and edge that
 * packages, so there is one format, HLS in MPEG-TS.
 *
 * Viewers load what pipeline 0 writes. With two pipelines it also lists what pipeline 1 writes, so players go on with the
 * other: MediaLive takes a pipeline that it knows to be lost out of the multivariant playlist, and deletes its media
 * playlists.
 *
 * With one pipeline a bucket answers 200 with the last playlist of an encoder that died. What tells is that the playlist
 * stands still: the edge keeps one no longer than a second, and the player says that the stream has ended.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/hls-destinations-s3.html
 * @see https://docs.aws.amazon.com/medialive/latest/ug/hls-redundant-manif-most-systems.html
 */
export class S3Origin extends Construct implements Origin {
  readonly egress: OriginEgress;
  private readonly bucket: Bucket;
  private readonly emptied: CustomResource;

  constructor(scope: Construct, id: string, content: BucketContent) {
    super(scope, id);
    this.bucket = privateBucket(this, 'Bucket', {
      // For preflights alone: without a rule S3 refuses them with 403, whatever headers the edge adds. Which pages may
      // read is for the edge to say.
      cors: [
        {
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD],
          allowedOrigins: ['*'],
          allowedHeaders: ['*'],
          maxAge: 600,
        },
      ],
      lifecycleRules: [
        {
          // S3 counts in days: segments that a channel has left behind when it was stopped or removed. Not what is as
          // small as a multivariant playlist, which may have been written days ago and is still in use.
          expiration: Duration.days(1),
          objectSizeGreaterThan: PLAYLIST_BYTES,
        },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    // CDK writes a number where CloudFormation's schema has a text.
    (this.bucket.node.defaultChild as CfnBucket).addPropertyOverride(
      'LifecycleConfiguration.Rules.0.ObjectSizeGreaterThan',
      String(PLAYLIST_BYTES),
    );
    this.emptied = content.keep('Media', { bucket: this.bucket });
    const originAccessControl = new S3OriginAccessControl(this, 'AccessControl', {
      originAccessControlName: stackUniqueName('media'),
      description: `Reads the media of stack ${Aws.STACK_NAME}`,
    });
    this.egress = {
      origin: ({ readTimeout: _, keepaliveTimeout: __, ...connection }) =>
        S3BucketOrigin.withOriginAccessControl(this.bucket, { ...connection, originAccessControl }),
      ...STORED_PATTERNS,
    };
  }

  addChannel(channel: LiveChannel): OriginChannel {
    const { folder, manifest, ingest } = storedChannel(channel, {
      destination: 'bucket',
      url: `s3ssl://${this.bucket.bucketName}`,
      // Plain PUTs, as AWS's own S3 solution does: the settings for S3 are an ACL, and this bucket has none.
      hlsCdnSettings: { hlsBasicPutSettings: PUT_AGAIN },
    });
    return {
      kind: 's3',
      resources: new Construct(this, channel.name),
      ingest: {
        ...ingest,
        ...this.permissions(folder),
        // The other way round on delete: the encoder goes, then what it wrote, then the bucket.
        ready: this.emptied,
      },
      manifests: [manifest],
      metrics: {
        namespace: 'AWS/S3',
        names: ['BucketName', 'StorageType'],
        values: { BucketName: this.bucket.bucketName },
      },
      consoleUrl: `https://${Aws.REGION}.console.aws.amazon.com/s3/buckets/${this.bucket.bucketName}?region=${Aws.REGION}&prefix=${folder}/`,
    };
  }

  /** Nothing more to do: the distribution was let in when it took {@link OriginEgress.origin}. */
  allow(_distribution: IDistribution): void {}

  private permissions(folder: string): Pick<OriginIngest, 'statements' | 'acknowledged'> {
    const bucketId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnElement);
    return {
      statements: [
        new PolicyStatement({
          // A segment may be sent in parts, and what is broken off of it must be given up.
          actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
          resources: [this.bucket.arnForObjects(`${folder}/*`)],
        }),
        // On the whole bucket, which holds the media of this stack alone: a list without a prefix meets no condition on one.
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
      ],
      acknowledged: [
        {
          id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${folder}/*]`,
          reason: OWN_FOLDER_REASON,
        },
      ],
    };
  }
}
