import { type CfnElement, CustomResource, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Bundle } from './bundles';
import { StackFunction, serviceTimeout } from './stack-function';

/** The most that one invocation of the function takes. */
const TIMEOUT = Duration.minutes(10);

/** What a bucket of the stack shall hold. */
export interface BucketContentProps {
  readonly bucket: Bucket;
  /** Which folder of the bundle is placed; left out, nothing is. */
  readonly folder?: 'site' | 'test-clip';
  /** A JSON text, tokens and all, that is placed beside the files as `config.json`. */
  readonly config?: string;
  /** The distribution that must forget what it cached of files that change. */
  readonly distribution?: IDistribution;
  /** Whether the bucket is kept, with all that it holds, when the stack is deleted. @default false: it is emptied first */
  readonly retained?: boolean;
}

/**
 * Keeps the content of the stack's buckets: a Lambda function that carries the files in its own bundle, places them,
 * and empties the bucket before CloudFormation deletes it.
 */
export class BucketContent extends Construct {
  private readonly function: StackFunction;

  constructor(
    scope: Construct,
    id: string,
    private readonly bundle: Bundle,
    failures: ITopic,
  ) {
    super(scope, id);
    this.function = new StackFunction(this, 'Placer', {
      description: 'Places files in the buckets of the stack and empties them when it is deleted',
      bundle,
      failures,
      timeout: TIMEOUT,
    });
  }

  /**
   * Keeps what one bucket holds. The result is ready once the files are there.
   *
   * What the function may do is a policy for each bucket, beside the resource that needs it: when a bucket leaves the
   * description, CloudFormation removes resource, policy and bucket in this order, so it can still be emptied.
   */
  keep(id: string, { bucket, folder, config, distribution, retained = false }: BucketContentProps): CustomResource {
    const policy = new Policy(this, `${id}Access`, {
      roles: this.function.function.role === undefined ? [] : [this.function.function.role],
      statements: [
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
        new PolicyStatement({
          // What only empties a bucket cannot write there: nobody forges an access log with it.
          actions: ['s3:DeleteObject', ...(folder === undefined && config === undefined ? [] : ['s3:PutObject'])],
          resources: [bucket.arnForObjects('*')],
        }),
        ...(distribution === undefined
          ? []
          : [
              new PolicyStatement({
                actions: ['cloudfront:CreateInvalidation'],
                resources: [distribution.distributionArn],
              }),
            ]),
      ],
    });
    const logicalId = Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnElement);
    Validations.of(policy).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`,
      reason:
        'The function keeps everything that this bucket of the stack holds, and must be able to remove what it did not place itself (logs, files of earlier versions): all its objects, in no other bucket.',
    });
    const content = new CustomResource(this, id, {
      resourceType: 'Custom::BucketContent',
      serviceToken: this.function.function.functionArn,
      serviceTimeout: serviceTimeout(TIMEOUT),
      properties: {
        BucketName: bucket.bucketName,
        EmptyOnDelete: !retained,
        ...(folder === undefined ? {} : { Folder: folder, ContentHash: this.bundle.contentHashes[folder] }),
        ...(config === undefined ? {} : { Config: config }),
        ...(distribution === undefined ? {} : { DistributionId: distribution.distributionId }),
      },
    });
    content.node.addDependency(policy, this.function.bounded);
    return content;
  }
}
