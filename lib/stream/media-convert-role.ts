import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** The properties of {@link mediaConvertRole}. */
export interface MediaConvertRoleProps {
  /** Purpose of the role, as the console shows it. */
  readonly description: string;
  readonly bucket: Bucket;
  /** Keys that jobs read, with `*`. */
  readonly reads: string;
  /** Keys that jobs write, with `*`. */
  readonly writes: string;
}

/**
 * Makes a role with which MediaConvert reads and writes in one bucket.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/iam-role.html
 */
export function mediaConvertRole(
  scope: Construct,
  id: string,
  { description, bucket, reads, writes }: MediaConvertRoleProps,
): Role {
  return new Role(scope, id, {
    description,
    assumedBy: new ServicePrincipal('mediaconvert.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: {
      work: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
          new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(reads)] }),
          new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(writes)] }),
        ],
      }),
    },
  });
}
