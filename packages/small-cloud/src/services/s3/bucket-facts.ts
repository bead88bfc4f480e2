import { xmlDocument } from '../../wire/xml';
import type { Bucket } from '../kit/objects/buckets';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * The answer to GetBucketEncryption.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html
 */
export function encryptionConfiguration({ encryption: { algorithm, keyId } }: Bucket): string {
  return xmlDocument('ServerSideEncryptionConfiguration', NAMESPACE, {
    Rule: {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: keyId },
      BucketKeyEnabled: false,
    },
  });
}

/**
 * The answer to GetBucketLocation. S3 answers us-east-1 with an empty element.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
export function locationConstraint(region: string): string {
  return xmlDocument('LocationConstraint', NAMESPACE, region === 'us-east-1' ? '' : region);
}
