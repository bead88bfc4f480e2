import type { CloudEvent, Properties } from '../../../contract';
import { AwsError } from '../../kit/aws-error';

/** A harvest job of v1. Times are of ISO 8601. */
export interface V1Job {
  readonly id: string;
  readonly arn: string;
  readonly originEndpointId: string;
  readonly channelId: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly createdAt: string;
  readonly bucket: string;
  readonly key: string;
  readonly roleArn: string;
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Reason of a failure. Only the event tells it. */
  message: string | undefined;
}

/** Describes a job as the API does. */
export function v1JobShape(job: V1Job): Properties {
  const { bucket, key, roleArn, message: _, ...rest } = job;
  return { ...rest, s3Destination: { bucketName: bucket, manifestKey: key, roleArn } };
}

/**
 * Builds the event that tells how a job ended.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/cloudwatch-events-example.html
 */
export function v1JobEvent({
  id,
  arn,
  status,
  originEndpointId,
  startTime,
  endTime,
  createdAt,
  bucket,
  key,
  roleArn,
  message,
}: V1Job): CloudEvent {
  const s3 = { bucket_name: bucket, manifest_key: key, role_arn: roleArn };
  const times = { start_time: startTime, end_time: endTime, created_at: createdAt };
  const job = { id, arn, status, origin_endpoint_id: originEndpointId, ...times, s3_destination: s3 };
  return {
    source: 'aws.mediapackage',
    detailType: 'MediaPackage HarvestJob Notification',
    resources: [arn],
    detail: message === undefined ? { harvest_job: job } : { harvest_job: job, message },
  };
}

/** Makes the refusal of an impossible request. */
export function refused(sentence: string): AwsError {
  return new AwsError('UnprocessableEntityException', sentence, 422);
}
