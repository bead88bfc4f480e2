import type { Catalog, Cloud } from '../../contract';
import { AwsError } from '../kit/aws-error';
import type { DeliveryStreamSettings } from './delivery-stream';
import { evaluated } from './prefix';

/** The service that the roles of a stream trust. */
const PRINCIPAL = 'firehose.amazonaws.com';

const ON_BUCKET = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];
const ON_OBJECTS = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'];
const ON_TABLE = ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'];

/** Parts of the run that judge a stream's roles. */
export interface JudgingMeans {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'clock'>;
  readonly catalog: Pick<Catalog, 'arns' | 'table'>;
}

/**
 * Refuses a stream whose roles do not trust Firehose, or whose table cannot be read.
 *
 * @throws AwsError InvalidArgumentException.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-glue
 */
export function checkRoles(settings: DeliveryStreamSettings, means: JudgingMeans): void {
  const { roleArn, conversion } = settings;
  for (const role of new Set([roleArn, conversion.roleArn])) {
    if (means.cloud.access.roleTrusts(role, PRINCIPAL)) continue;
    throw refused(`Firehose is unable to assume role ${role}. Please check the role provided.`);
  }
  const denied = missingOnTable(settings, means);
  if (denied.length > 0) {
    throw refused(
      `Access was denied when calling Glue. Please ensure that the role specified in the data format conversion configuration has the necessary permissions: ${denied.join(', ')}.`,
    );
  }
  const { database, table } = conversion;
  if (means.catalog.table(database, table) === undefined) {
    throw refused(`The table ${table} of the database ${database} was not found in Glue; Firehose needs it.`);
  }
}

/** Lists the actions of a delivery that the roles of a stream do not allow. */
export function missingPermissions(settings: DeliveryStreamSettings, means: JudgingMeans): readonly string[] {
  const { partition, access, clock } = means.cloud;
  const bucket = `arn:${partition}:s3:::${settings.bucket}`;
  const moment = { at: clock.now(), failure: 'format-conversion-failed' };
  const objects = [settings.prefix, settings.errorPrefix].map(
    (prefix) => `${bucket}/${evaluated(prefix, moment)}object`,
  );
  const asked = [
    ...ON_BUCKET.map((action) => ({ action, resource: bucket })),
    ...ON_OBJECTS.flatMap((action) => objects.map((resource) => ({ action, resource }))),
  ];
  const denied = asked.filter((request) => !access.roleAllows(settings.roleArn, request)).map(({ action }) => action);
  return [...new Set([...denied, ...missingOnTable(settings, means)])];
}

function missingOnTable({ conversion }: DeliveryStreamSettings, { cloud, catalog }: JudgingMeans): readonly string[] {
  const resources = catalog.arns(conversion.database, conversion.table);
  return ON_TABLE.filter((action) =>
    resources.some((resource) => !cloud.access.roleAllows(conversion.roleArn, { action, resource })),
  );
}

function refused(sentence: string): AwsError {
  return new AwsError('InvalidArgumentException', sentence);
}
