import type { ApiRequest, Cloud } from '../../../contract';
import { authorized } from '../../kit/authorized';
import { AwsError } from '../../kit/aws-error';
import type { PropertyReader } from '../../kit/property-reader';
import type { Table } from '../table/table';

/** Parts of DynamoDB that its API shows and changes. */
export interface DynamoDbSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId' | 'clock'>;
  /** By name. */
  readonly tables: ReadonlyMap<string, Table>;
}

const ACCESS_DENIED = { code: 'AccessDeniedException', status: 400 } as const;

const REPORTS = ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'];

/**
 * Finds the table of a call, by its name or its ARN. Authorizes first, so that a caller without permission cannot learn
 * whether it exists.
 *
 * @throws AwsError AccessDeniedException, ResourceNotFoundException.
 */
export function tableOf(
  { cloud, tables }: DynamoDbSubject,
  input: PropertyReader,
  { roleArn }: Pick<ApiRequest, 'roleArn'>,
  action: string,
): Table {
  const name = input.text('TableName').replace(/^arn:[^/]*\//, '');
  authorized(cloud.access, roleArn, { action, resource: tableArn(cloud, name) }, ACCESS_DENIED);
  const table = tables.get(name);
  if (table === undefined) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  return table;
}

/** The ARN of a table with this name, whether it exists or not. */
export function tableArn(
  { partition, region, accountId }: Omit<DynamoDbSubject['cloud'], 'access' | 'clock'>,
  name: string,
): string {
  return `arn:${partition}:dynamodb:${region}:${accountId}:table/${name}`;
}

/** Accepts reports that are not asked for. @throws UnsupportedError for one that is. */
export function refuseReports(input: PropertyReader): void {
  for (const member of REPORTS) if (input.holds(member)) input.oneOf(member, ['NONE']);
}
