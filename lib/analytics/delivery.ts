import { Aws, type CfnElement, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup, LogStream, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EVENTS_FOLDER, type Tables } from './tables';

/** Folder of records that Firehose could not convert. */
export const ERRORS_FOLDER = 'errors';
/** Longest time that reports wait before they are written, in seconds. Longer makes fewer and larger files. */
const BUFFER_SECONDS = 300;
/** Size of what waits at most, in MB before it is converted. Conversion needs at least 64. */
const BUFFER_MEGABYTES = 64;

/** The properties of the delivery. */
export interface DeliveryProps {
  readonly bucket: Bucket;
  readonly tables: Tables;
}

/**
 * The delivery of reports into the lake: Firehose gathers them, converts them to Parquet by the columns of the table, and
 * writes them into the folder of the day. The day is that of the arrival of the oldest report of a file, in UTC.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html
 */
export class Delivery extends Construct {
  readonly stream: CfnDeliveryStream;

  constructor(scope: Construct, id: string, { bucket, tables }: DeliveryProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const logStream = new LogStream(this, 'LogStream', { logGroup, removalPolicy: RemovalPolicy.DESTROY });
    const role = this.role(bucket, tables, logGroup);
    this.stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${EVENTS_FOLDER}/day=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${ERRORS_FOLDER}/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/`,
        bufferingHints: { intervalInSeconds: BUFFER_SECONDS, sizeInMBs: BUFFER_MEGABYTES },
        // Parquet is compressed within the file.
        compressionFormat: 'UNCOMPRESSED',
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.logGroupName,
          logStreamName: logStream.logStreamName,
        },
        dataFormatConversionConfiguration: {
          enabled: true,
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: { caseInsensitive: true } } },
          outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
          schemaConfiguration: {
            catalogId: Aws.ACCOUNT_ID,
            databaseName: tables.database,
            tableName: tables.events.ref,
            region: Aws.REGION,
            roleArn: role.roleArn,
            versionId: 'LATEST',
          },
        },
      },
    });
  }

  /**
   * Makes the role of the stream.
   *
   * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3
   */
  private role(bucket: Bucket, tables: Tables, logGroup: LogGroup): Role {
    const stack = Stack.of(this);
    const glue = (resource: string, resourceName?: string) =>
      stack.formatArn({ service: 'glue', resource, resourceName });
    const files = [`${EVENTS_FOLDER}/*`, `${ERRORS_FOLDER}/*`];
    const role = new Role(this, 'Role', {
      description: `Writes reports of the audience of stack ${Aws.STACK_NAME} into their bucket`,
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        deliver: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
              resources: [bucket.bucketArn],
            }),
            new PolicyStatement({
              actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
              resources: files.map((pattern) => bucket.arnForObjects(pattern)),
            }),
            new PolicyStatement({
              actions: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
              resources: [
                glue('catalog'),
                glue('database', tables.database),
                glue('table', `${tables.database}/${tables.events.ref}`),
              ],
            }),
            new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
          ],
        }),
      },
    });
    const bucketId = stack.getLogicalId(bucket.node.defaultChild as CfnElement);
    const reason = 'The names of the files are Firehose’s own. They are in these folders of a bucket of the stack.';
    Validations.of(role).acknowledge(
      ...files.map((pattern) => ({
        id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${pattern}]`,
        reason,
      })),
    );
    return role;
  }
}
