import type { AccessRequest, Catalog, CatalogTable, Cloud } from '../../contract';
import { notAuthorized } from '../kit/authorized';
import { QueryError } from './query/query-error';

/** The caller of a query, as IAM judges it. */
export interface Caller {
  readonly access: Cloud['access'];
  readonly partition: string;
  /** Undefined for the operator, who may do everything. */
  readonly roleArn: string | undefined;
}

/** Returns true if the caller may do something. */
export function may({ access, roleArn }: Caller, request: AccessRequest): boolean {
  return roleArn === undefined || access.roleAllows(roleArn, request);
}

/**
 * Finds a table for a caller, who needs glue:GetDatabase and glue:GetTable on the catalog and what is in it.
 *
 * @throws QueryError for a missing permission, or a missing table.
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 */
export function tableFor(caller: Caller, catalog: Catalog, [database, name]: readonly [string, string]): CatalogTable {
  if (database === '') throw new QueryError('MISSING_CATALOG_NAME: a database must be given when the session has none');
  const needed = [
    ...catalog.arns(database).map((resource) => ({ action: 'glue:GetDatabase', resource })),
    ...catalog.arns(database, name).map((resource) => ({ action: 'glue:GetTable', resource })),
  ];
  for (const request of needed) {
    if (!may(caller, request)) throw new QueryError(notAuthorized(caller.roleArn ?? '', request));
  }
  if (!catalog.hasDatabase(database)) throw new QueryError(`SCHEMA_NOT_FOUND: Schema '${database}' does not exist`);
  const table = catalog.table(database, name);
  if (table === undefined) {
    throw new QueryError(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${database}.${name}' does not exist`);
  }
  checkData(caller, table.location);
  return table;
}

/** @see https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html */
function checkData(caller: Caller, location: string): void {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
  const arn = `arn:${caller.partition}:s3:::${bucket}`;
  const needed: readonly AccessRequest[] = [
    { action: 's3:GetBucketLocation', resource: arn },
    { action: 's3:ListBucket', resource: arn, context: { 's3:prefix': prefix } },
    { action: 's3:GetObject', resource: `${arn}/${prefix}object` },
  ];
  const denied = needed.find((request) => !may(caller, request));
  if (denied !== undefined) {
    throw new QueryError(
      `PERMISSION_DENIED: Permission denied on S3 path: ${location}; ${denied.action} is not allowed`,
    );
  }
}
