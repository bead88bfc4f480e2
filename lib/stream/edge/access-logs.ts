import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { privateBucket } from '../private-bucket';

/**
 * Returns the bucket of CloudFront's access logs. CloudFront's standard logging writes with an ACL, so the bucket must
 * allow ACLs. The owner of the bucket owns every object all the same.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
export function accessLogsBucket(scope: Construct, id: string, keep: 'delete-with-stack' | 'retain'): Bucket {
  return privateBucket(scope, id, {
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    removalPolicy: keep === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    lifecycleRules: [{ expiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
}
