import { randomUUID } from 'node:crypto';
import type { Properties } from '../../../contract';
import { AwsError } from '../../kit/aws-error';

/** The states of a job of v2. */
export type HarvestStatus = 'QUEUED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** Names of the manifests of a job, by kind. */
export interface HarvestedManifests {
  readonly hls: readonly string[];
  readonly lowLatencyHls: readonly string[];
  readonly dash: readonly string[];
}

/** A request to harvest, as its caller made it. Times are seconds since 1970. */
export interface HarvestRequest {
  readonly group: string;
  readonly channel: string;
  readonly endpoint: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly manifests: HarvestedManifests;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly bucket: string;
  /** Folder in the bucket. */
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A harvest job. */
export interface HarvestJob {
  readonly request: HarvestRequest;
  readonly arn: string;
  readonly createdSeconds: number;
  modifiedSeconds: number;
  etag: string;
  status: HarvestStatus;
  errorMessage: string | undefined;
}

/** Returns a new ETag; every change of a job has another. */
export function newEtag(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16);
}

/** Describes a job as the API does: times are seconds since 1970. */
export function jobShape(job: HarvestJob): Properties {
  const { request, arn, createdSeconds, modifiedSeconds, etag, status, errorMessage } = job;
  const { group, channel, endpoint, name, description, tags } = request;
  return {
    ChannelGroupName: group,
    ChannelName: channel,
    OriginEndpointName: endpoint,
    HarvestJobName: name,
    Arn: arn,
    Description: description ?? '',
    Status: status,
    CreatedAt: createdSeconds,
    ModifiedAt: modifiedSeconds,
    ETag: etag,
    ErrorMessage: errorMessage ?? null,
    Destination: { S3Destination: { BucketName: request.bucket, DestinationPath: request.path } },
    ScheduleConfiguration: { StartTime: request.startSeconds, EndTime: request.endSeconds },
    HarvestedManifests: {
      HlsManifests: named(request.manifests.hls),
      LowLatencyHlsManifests: named(request.manifests.lowLatencyHls),
      DashManifests: named(request.manifests.dash),
    },
    Tags: tags,
  };
}

/**
 * Builds the detail of the event that tells how a job ended.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/monitoring-eventbridge-events.html
 */
export function jobEvent({ request, arn, status, errorMessage }: HarvestJob): Properties {
  const { group, channel, endpoint, name, manifests } = request;
  const list = (names: readonly string[]) => names.map((manifestName) => ({ manifestName }));
  return {
    harvestJob: {
      harvestJobName: name,
      arn,
      status,
      channelGroupName: group,
      channelName: channel,
      originEndpointName: endpoint,
      scheduleConfiguration: { startTime: iso(request.startSeconds), endTime: iso(request.endSeconds) },
      destination: { s3Destination: { bucketName: request.bucket, destinationPath: request.path } },
      harvestedManifests: {
        hlsManifests: list(manifests.hls),
        dashManifests: list(manifests.dash),
        lowLatencyHlsManifests: list(manifests.lowLatencyHls),
      },
      message: errorMessage ?? '',
    },
  };
}

/** Makes the refusal of an invalid request, with its type as the API names it. */
export function invalid(type: string, sentence: string): AwsError {
  return new AwsError('ValidationException', sentence, 400, { ValidationExceptionType: type, Message: sentence });
}

/** Makes the refusal of a request that another one contradicts. */
export function conflict(type: string, sentence: string): AwsError {
  return new AwsError('ConflictException', sentence, 409, { ConflictExceptionType: type, Message: sentence });
}

/** Makes the refusal of a request about something that does not exist. */
export function notFound(type: string, sentence: string): AwsError {
  const members = { ResourceTypeNotFound: type, Message: sentence };
  return new AwsError('ResourceNotFoundException', sentence, 404, members);
}

function named(names: readonly string[]) {
  return names.map((ManifestName) => ({ ManifestName }));
}

function iso(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}
