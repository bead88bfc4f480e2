import type { Cloud, ObjectWriter } from '../../../contract';
import type { PublishedEndpoint } from '../control/endpoint-policies';
import { type HarvestRequest, invalid } from './harvest-job';

/** The service that reads the endpoint and writes to the bucket. */
const PRINCIPAL = 'mediapackagev2.amazonaws.com';
const READS = ['mediapackagev2:HarvestObject', 'mediapackagev2:GetObject'] as const;

/** Returns the key of an object of a job: a file in the folder of its destination. */
export function harvestKey(path: string, file: string): string {
  const folder = path.replace(/^\/+|\/+$/g, '');
  return folder === '' ? file : `${folder}/${file}`;
}

/**
 * Checks that MediaPackage may read the endpoint and write to the bucket.
 *
 * @throws AwsError ValidationException that names the policy.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/endpoint-auth.html
 */
export function checkPermissions(
  { access }: Pick<Cloud, 'access'>,
  objects: ObjectWriter,
  { endpoint, policy }: PublishedEndpoint,
  { bucket, path }: Pick<HarvestRequest, 'bucket' | 'path'>,
): void {
  const denied = READS.find(
    (action) => !policy || !access.policyAllows(policy, PRINCIPAL, { action, resource: endpoint.arn }),
  );
  if (denied !== undefined) {
    throw invalid(
      'HARVEST_JOB_CUSTOMER_ENDPOINT_READ_ACCESS_DENIED',
      `the policy of ${endpoint.arn} does not let ${PRINCIPAL} perform ${denied}`,
    );
  }
  if (!objects.target(bucket)) {
    throw invalid('HARVEST_JOB_S3_DESTINATION_MISSING_OR_INCOMPLETE', `there is no bucket '${bucket}'`);
  }
  if (!mayWrite({ access }, objects, bucket, harvestKey(path, 'index.m3u8'))) {
    throw invalid(
      'HARVEST_JOB_UNABLE_TO_WRITE_TO_S3_DESTINATION',
      `the policy of bucket '${bucket}' does not let ${PRINCIPAL} perform s3:PutObject on '${harvestKey(path, '*')}'`,
    );
  }
}

/** Tells if the policy of a bucket lets MediaPackage write an object. */
export function mayWrite(
  { access }: Pick<Cloud, 'access'>,
  objects: ObjectWriter,
  bucket: string,
  key: string,
): boolean {
  const target = objects.target(bucket);
  const request = { action: 's3:PutObject', resource: `${target?.arn}/${key}` };
  return target?.policy !== undefined && access.policyAllows(target.policy, PRINCIPAL, request);
}
