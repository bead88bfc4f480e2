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

/** A size in bytes above a multivariant playlist of ten renditions and two pipelines, and below a segment. */
const PLAYLIST_BYTES = 8192;

/**
 * A bucket as the origin. MediaLive writes finished HLS into it, one folder for each channel, and removes segments that
 * leave its window. The edge reads it through origin access control. Nothing between encoder and edge packages, so there
 * is one format, HLS in MPEG-TS.
 *
 * Viewers load the multivariant playlist of pipeline 0. With two pipelines it also lists the files of pipeline 1, so that
 * players can switch. MediaLive removes a lost pipeline from the multivariant playlist and deletes its media playlists.
 *
 * With one pipeline a bucket answers 200 with the last playlist of an encoder that died, and this playlist stops changing.
 * The edge caches it for one second, and the player reports that the stream has ended.
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
      // The rule is for preflights, which S3 otherwise refuses with 403, whatever headers the edge adds. The edge decides
      // which pages may read.
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
          // Expires segments that a channel left behind when it was stopped or removed; S3 counts in days. Objects as small
          // as a multivariant playlist are excluded, because one that was written days ago may still be in use.
          expiration: Duration.days(1),
          objectSizeGreaterThan: PLAYLIST_BYTES,
        },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    // CDK writes a number where CloudFormation's schema requires a string.
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
    const { folder, manifest, rewind, harvest, ingest } = storedChannel(channel, {
      destination: 'bucket',
      url: `s3ssl://${this.bucket.bucketName}`,
      // Plain PUTs, as in AWS's own S3 solution: the only setting for S3 is an ACL, and this bucket has none.
      hlsCdnSettings: { hlsBasicPutSettings: PUT_AGAIN },
    });
    return {
      kind: 's3',
      resources: new Construct(this, channel.name),
      ingest: {
        ...ingest,
        ...this.permissions(folder),
        // The order is reversed on deletion: the encoder, then its files, then the bucket.
        ready: this.emptied,
      },
      manifests: [manifest],
      rewind,
      harvest: harvest && { ...harvest, media: { bucket: this.bucket, folder, kept: this.emptied } },
      // A bucket knows no moment of the viewer's choice.
      startOver: [],
      folders: [`/${folder}/`],
      metrics: {
        namespace: 'AWS/S3',
        names: ['BucketName', 'StorageType'],
        values: { BucketName: this.bucket.bucketName },
      },
      consoleUrl: `https://${Aws.REGION}.console.aws.amazon.com/s3/buckets/${this.bucket.bucketName}?region=${Aws.REGION}&prefix=${folder}/`,
    };
  }

  /** Does nothing: the distribution was admitted when it took {@link OriginEgress.origin}. */
  allow(_distribution: IDistribution): void {}

  private permissions(folder: string): Pick<OriginIngest, 'statements' | 'acknowledged'> {
    const bucketId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnElement);
    return {
      statements: [
        new PolicyStatement({
          // A segment may be sent in parts, and an upload that breaks off must be aborted.
          actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
          resources: [this.bucket.arnForObjects(`${folder}/*`)],
        }),
        // The whole bucket, which contains only media of this stack: a list without a prefix meets no condition on one.
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
