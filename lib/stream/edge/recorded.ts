import { Aws } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  type IDistribution,
  OriginRequestPolicy,
  type ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { stackUniqueName } from '../names';
import type { EdgeGate } from './gate';
import { gated, withToken } from './gated';

/** Paths of recordings, and the folder of the bucket that viewers may read. */
const FOLDER = 'vod';

/**
 * Returns the behaviours of recordings. They take AWS's own cache policy: an account may have twenty of its own. It keeps
 * media for a day, and the catalogue for as long as its own header says.
 */
export function recordedBehaviors(
  scope: Construct,
  bucket: Bucket,
  { gate, players }: { readonly gate: EdgeGate | undefined; readonly players: ResponseHeadersPolicy },
): Record<string, BehaviorOptions> {
  const accessControl = new S3OriginAccessControl(scope, 'RecordingsAccessControl', {
    originAccessControlName: stackUniqueName('recordings'),
    description: `Reads the recordings of stack ${Aws.STACK_NAME}`,
  });
  const preflight = {
    // A bucket answers a preflight by its own rules.
    preflight: OriginRequestPolicy.CORS_S3_ORIGIN,
    preflightHeaders: ['Origin', 'Access-Control-Request-Headers', 'Access-Control-Request-Method'],
  };
  const behavior: BehaviorOptions = {
    // Without the permission that CDK would add for the whole bucket.
    origin: S3BucketOrigin.withBucketDefaults(bucket, {
      originId: 'recordings',
      originAccessControlId: accessControl.originAccessControlId,
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    responseHeadersPolicy: players,
    compress: true,
    ...gated(scope, preflight, gate, 'recordings'),
  };
  const clean = { [`/${FOLDER}/*`]: behavior };
  return gate === undefined ? clean : { ...withToken(clean, gate), ...clean };
}

/** Lets the distribution read the folder of viewers, and nothing else of the bucket. */
export function admit(bucket: Bucket, distribution: IDistribution): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects(`${FOLDER}/*`)],
      conditions: { StringEquals: { 'AWS:SourceArn': distribution.distributionArn } },
    }),
  );
}
