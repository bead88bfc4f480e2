import type { Cloud, ObjectWriter, ResourceRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { PropertyReader } from '../kit/property-reader';

/** The service that writes logs on behalf of others. */
const PRINCIPAL = 'delivery.logs.amazonaws.com';

/** A logging configuration that exists. */
export interface LoggingConfiguration {
  readonly id: string;
  readonly arn: string;
  bucket: string;
}

/**
 * Reads the properties of an AWS::IVSChat::LoggingConfiguration. The local run models logs in a bucket.
 *
 * @throws UnsupportedError for a log group and a delivery stream.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ivschat-loggingconfiguration.html
 */
export function loggedBucket(request: ResourceRequest): string {
  const declared = PropertyReader.of(request).withoutEffect('Tags', 'Name');
  const destination = declared.part('DestinationConfiguration');
  const bucket = destination.part('S3').text('BucketName');
  declared.end();
  return bucket;
}

/** Beginning of the keys of the logs in a bucket. */
export function logPrefix({ accountId, region }: Pick<Cloud, 'accountId' | 'region'>): string {
  return `AWSLogs/${accountId}/IVSChatLogs/1.0/${region}/`;
}

/**
 * Refuses a bucket that does not exist, or whose policy does not let logs be delivered.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html
 */
export function checkBucket(cloud: Cloud, objects: Pick<ObjectWriter, 'target'>, bucket: string): void {
  const target = objects.target(bucket);
  if (target === undefined) {
    throw new AwsError('ValidationException', `The bucket ${bucket} does not exist.`, 400, {
      reason: 'FIELD_VALIDATION_FAILED',
    });
  }
  const { partition, region, accountId, access } = cloud;
  const context = {
    'aws:SourceAccount': accountId,
    'aws:SourceArn': `arn:${partition}:logs:${region}:${accountId}:delivery-source:chat`,
    's3:x-amz-acl': 'bucket-owner-full-control',
  };
  const { arn, policy } = target;
  const wanted = [
    { action: 's3:GetBucketAcl', resource: arn, context },
    { action: 's3:PutObject', resource: `${arn}/${logPrefix(cloud)}room`, context },
  ];
  const missing = wanted.find((request) => policy === undefined || !access.policyAllows(policy, PRINCIPAL, request));
  if (missing === undefined) return;
  const sentence = `The policy of the bucket ${bucket} does not allow ${missing.action} to ${PRINCIPAL}.`;
  throw new AwsError('AccessDeniedException', sentence, 403);
}
