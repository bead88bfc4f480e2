import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnLoggingConfiguration } from 'aws-cdk-lib/aws-ivschat';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketContent } from '../stream/bucket-content';
import { privateBucket } from '../stream/private-bucket';

/** The properties of the log of a chat. */
export interface ChatLogsProps {
  readonly keepDays: number;
  /** Empties the bucket before it is deleted. */
  readonly content: BucketContent;
  /** Name of the channel. */
  readonly channel: string;
}

/**
 * The log of one chat: a bucket that goes with the stack, whose objects expire. What viewers wrote is personal data.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-logging.html
 */
export class ChatLogs extends Construct {
  readonly bucket: Bucket;
  readonly configuration: CfnLoggingConfiguration;

  constructor(scope: Construct, id: string, { keepDays, content, channel }: ChatLogsProps) {
    super(scope, id);
    this.bucket = privateBucket(this, 'Bucket', {
      lifecycleRules: [{ expiration: Duration.days(keepDays), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    this.admitDelivery();
    const emptied = content.keep(`ChatLogs-${channel}`, { bucket: this.bucket, retained: false });
    this.configuration = new CfnLoggingConfiguration(this, 'Configuration', {
      destinationConfiguration: { s3: { bucketName: this.bucket.bucketName } },
    });
    // Logs are delivered into the bucket until the configuration is deleted.
    this.configuration.node.addDependency(emptied, this.bucket);
  }

  /**
   * Lets logs of this account be delivered. Without it, IVS would change the policy with the rights of whoever deploys.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html
   */
  private admitDelivery(): void {
    const principals = [new ServicePrincipal('delivery.logs.amazonaws.com')];
    const ours = { 'aws:SourceAccount': Aws.ACCOUNT_ID };
    const source = { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:*` };
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AWSLogDeliveryAclCheck',
        principals,
        actions: ['s3:GetBucketAcl'],
        resources: [this.bucket.bucketArn],
        conditions: { StringEquals: ours, ArnLike: source },
      }),
    );
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AWSLogDeliveryWrite',
        principals,
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
        // AWS's example asks for an ACL as well. This bucket knows none: everything in it belongs to the account.
        conditions: { StringEquals: ours, ArnLike: source },
      }),
    );
  }
}
