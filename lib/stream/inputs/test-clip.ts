import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct, type IDependable } from 'constructs';
import type { BucketContent } from '../bucket-content';

const KEY = 'test-clip.mp4';

/** The stack's own source: a short clip in a private bucket. MediaLive loops it. */
export class TestClip extends Construct {
  /** URL in MediaLive's form: `s3ssl://bucket/key`. */
  readonly url: string;
  readonly arn: string;
  /** Exists once the clip is in its bucket. */
  readonly placed: IDependable;

  constructor(scope: Construct, id: string, bucket: Bucket, content: BucketContent) {
    super(scope, id);
    this.url = `s3ssl://${bucket.bucketName}/${KEY}`;
    this.arn = bucket.arnForObjects(KEY);
    this.placed = content.keep('TestClip', { bucket, folder: 'test-clip' });
  }
}
