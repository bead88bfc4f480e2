import type { PolicyDocument, ResourceRequest } from '../../contract';
import { declaredPolicy } from '../kit/policy/declared-policy';
import { PropertyReader } from '../kit/property-reader';

/**
 * Reads the properties of an AWS::S3::BucketPolicy.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html
 */
export function declaredBucketPolicy(request: ResourceRequest): {
  readonly bucket: string;
  readonly document: PolicyDocument;
} {
  const declared = PropertyReader.of(request);
  const bucket = declared.text('Bucket');
  const document = declaredPolicy(declared, 'PolicyDocument');
  declared.end();
  return { bucket, document };
}
