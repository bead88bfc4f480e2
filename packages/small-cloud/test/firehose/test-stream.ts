import type { JsonObject } from '../../src/contract';

/** Columns of a small table of events. */
export const COLUMNS = [
  { Name: 'ts', Type: 'bigint' },
  { Name: 'sid', Type: 'string' },
  { Name: 'stalls', Type: 'int' },
];

/** The database of the table. */
export const DATABASE = { CatalogId: '111122223333', DatabaseInput: { Name: 'audience' } };

/** A table of events in Parquet, whose days Athena projects. */
export const TABLE = {
  CatalogId: '111122223333',
  DatabaseName: 'audience',
  TableInput: {
    Name: 'events',
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: [{ Name: 'day', Type: 'string' }],
    Parameters: {
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': 'NOW-90DAYS,NOW+1DAY',
      'projection.day.interval': '1',
      'projection.day.interval.unit': 'DAYS',
      'storage.location.template': `s3://lake/events/day=\${day}/`,
    },
    StorageDescriptor: {
      Columns: COLUMNS,
      Location: 's3://lake/events/',
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    },
  },
} satisfies JsonObject;

/** The destination of a stream that writes the table's days. */
export function destination(roleArn: string) {
  return {
    BucketARN: 'arn:aws:s3:::lake',
    RoleARN: roleArn,
    Prefix: 'events/day=!{timestamp:yyyy-MM-dd}/',
    ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/',
    BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 64 },
    DataFormatConversionConfiguration: {
      Enabled: true,
      InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
      OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
      SchemaConfiguration: { DatabaseName: 'audience', TableName: 'events', RoleARN: roleArn },
    },
  };
}

/** A role that may do what a stream needs, without the actions that are left out. */
export function roleProperties(...withheld: readonly string[]): JsonObject {
  const allowed = [
    ...['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
    ...['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
    ...['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
  ].filter((action) => !withheld.includes(action));
  return {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'firehose.amazonaws.com' } }],
    },
    Policies: [
      { PolicyName: 'lake', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }] } },
    ],
  };
}
