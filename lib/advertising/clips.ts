import { Aws } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  type IDistribution,
  OriginRequestPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { stackUniqueName } from '../stream/names';
import { CLIPS_FOLDER } from './paths';

/** Returns the behaviour of the clips. It takes AWS's own cache policy: an account may have twenty of its own. */
export function clipBehaviors(scope: Construct, bucket: Bucket): Readonly<Record<string, BehaviorOptions>> {
  const accessControl = new S3OriginAccessControl(scope, 'ClipsAccessControl', {
    originAccessControlName: stackUniqueName('ad-clips'),
    description: `Reads the ads of stack ${Aws.STACK_NAME}`,
  });
  return {
    [`/${CLIPS_FOLDER}/*`]: {
      // Without the permission that CDK would add for the whole bucket.
      origin: S3BucketOrigin.withBucketDefaults(bucket, {
        originId: 'ad-clips',
        originAccessControlId: accessControl.originAccessControlId,
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      originRequestPolicy: OriginRequestPolicy.CORS_S3_ORIGIN,
      compress: true,
    },
  };
}

/** Lets the distribution read the clips, and nothing else of the bucket. */
export function admitClips(bucket: Bucket, distribution: IDistribution): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects(`${CLIPS_FOLDER}/*`)],
      conditions: { StringEquals: { 'AWS:SourceArn': distribution.distributionArn } },
    }),
  );
}
