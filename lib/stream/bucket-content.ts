import { type CfnElement, CustomResource, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Bundle } from './bundles';
import { StackFunction, serviceTimeout } from './stack-function';

/** Longest time of one invocation of the function. */
const TIMEOUT = Duration.minutes(10);

/** The content that a bucket of the stack should have. */
export interface BucketContentProps {
  readonly bucket: Bucket;
  /** Folder of the bundle whose files are placed. @default no files */
  readonly folder?: 'site' | 'test-clip';
  /** JSON string, tokens included, that is placed beside the files as `config.json`. */
  readonly config?: string;
  /** Distribution that must forget cached files when they change. */
  readonly distribution?: IDistribution;
  /** Keeps the bucket and its objects when the stack is deleted. @default false: the bucket is emptied first */
  readonly retained?: boolean;
}

/**
 * Keeps the content of the stack's buckets with a Lambda function. Its bundle contains the files. It places them, and
 * empties a bucket before CloudFormation deletes it.
 */
export class BucketContent extends Construct {
  private readonly placer: StackFunction;

  constructor(
    scope: Construct,
    id: string,
    private readonly bundle: Bundle,
  ) {
    super(scope, id);
    this.placer = new StackFunction(this, 'Placer', {
      description: 'Places files in the buckets of the stack and empties them when it is deleted',
      bundle,
      timeout: TIMEOUT,
    });
  }

  /**
   * Keeps the content of one bucket.
   *
   * @returns a resource that exists once the files are in the bucket.
   */
  keep(id: string, props: BucketContentProps): CustomResource {
    const { bucket, folder, config, distribution, retained = false } = props;
    const properties: Record<string, unknown> = { BucketName: bucket.bucketName, EmptyOnDelete: !retained };
    if (folder !== undefined) {
      properties['Folder'] = folder;
      properties['ContentHash'] = this.bundle.contentHashes[folder];
    }
    if (config !== undefined) properties['Config'] = config;
    if (distribution !== undefined) properties['DistributionId'] = distribution.distributionId;
    const access = this.access(id, props);
    const content = new CustomResource(this, id, {
      resourceType: 'Custom::BucketContent',
      serviceToken: this.placer.lambda.functionArn,
      serviceTimeout: serviceTimeout(TIMEOUT),
      properties,
    });
    content.node.addDependency(access, this.placer.bounded);
    return content;
  }

  /**
   * Permits the function to keep one bucket. The policy stands beside the resource that needs it: when a bucket leaves the
   * description, CloudFormation removes resource, policy and bucket in this order, so the bucket can still be emptied.
   */
  private access(id: string, { bucket, folder, config, distribution }: BucketContentProps): Policy {
    const actions = ['s3:DeleteObject'];
    // A function that only empties a bucket cannot write to it, so nobody can forge an access log with it.
    if (folder !== undefined || config !== undefined) actions.push('s3:PutObject');
    const policy = new Policy(this, `${id}Access`, {
      roles: [this.placer.role],
      statements: [
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
        new PolicyStatement({ actions, resources: [bucket.arnForObjects('*')] }),
      ],
    });
    if (distribution !== undefined) {
      policy.addStatements(
        new PolicyStatement({
          actions: ['cloudfront:CreateInvalidation'],
          resources: [distribution.distributionArn],
        }),
      );
    }
    const logicalId = Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnElement);
    Validations.of(policy).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`,
      reason:
        'The function keeps everything that this bucket of the stack holds, and must be able to remove what it did not place itself (logs, files of earlier versions): all its objects, in no other bucket.',
    });
    return policy;
  }
}
