import { Aws, Fn } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Column, EVENT_COLUMNS, REQUEST_COLUMNS } from './columns';

/** Folder of the reports in their bucket. */
export const EVENTS_FOLDER = 'events';
/** Folder of the access logs in their bucket, as the edge writes them. */
const LOGS_FOLDER = 'edge';
/** Days of reports that a query looks for at most, beside the time that they are kept. */
const SPARE_DAYS = 2;

/** The properties of the tables. */
export interface TablesProps {
  readonly events: IBucket;
  /** Bucket of the access logs. @default there is no table of requests */
  readonly logs: IBucket | undefined;
  readonly keepDays: number;
}

/**
 * The catalogue of the lake: a database with the table `events`, and with access logs the table `requests`.
 *
 * Partition projection finds the days by their names, so that neither a crawler nor a partition is needed.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
export class Tables extends Construct {
  readonly database: string;
  readonly events: CfnTable;

  constructor(scope: Construct, id: string, { events, logs, keepDays }: TablesProps) {
    super(scope, id);
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: {
        name: databaseName(),
        description: `Audience of stack ${Aws.STACK_NAME}`,
        // IAM decides who reads the tables, even where Lake Formation governs new databases of the account.
        createTableDefaultPermissions: [
          { principal: { dataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' }, permissions: ['ALL'] },
        ],
      },
    });
    this.database = database.ref;
    const location = `s3://${events.bucketName}/${EVENTS_FOLDER}/`;
    this.events = this.table('Events', {
      name: 'events',
      description: 'Reports of players, one row for each event',
      parameters: {
        classification: 'parquet',
        'projection.enabled': 'true',
        'projection.day.type': 'date',
        'projection.day.format': 'yyyy-MM-dd',
        'projection.day.range': `NOW-${keepDays + SPARE_DAYS}DAYS,NOW+1DAYS`,
        'projection.day.interval': '1',
        'projection.day.interval.unit': 'DAYS',
        'storage.location.template': `${location}day=\${day}/`,
      },
      partitionKeys: [{ name: 'day', type: 'string', comment: 'Day of arrival in UTC' }],
      storageDescriptor: {
        columns: columns(EVENT_COLUMNS),
        location,
        inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    });
    if (logs !== undefined) this.requests(logs);
  }

  /** Adds the table over the access logs. They lie in one folder, so every query reads all of the 30 days. */
  private requests(logs: IBucket): void {
    this.table('Requests', {
      name: 'requests',
      description: 'Requests of viewers at the edge, from the access logs of CloudFront',
      parameters: { classification: 'csv', 'skip.header.line.count': '2' },
      storageDescriptor: {
        columns: columns(REQUEST_COLUMNS),
        location: `s3://${logs.bucketName}/${LOGS_FOLDER}/`,
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        serdeInfo: {
          serializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
          parameters: { 'field.delim': '\t', 'serialization.format': '\t' },
        },
      },
    });
  }

  private table(id: string, input: CfnTable.TableInputProperty): CfnTable {
    return new CfnTable(this, id, {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: this.database,
      tableInput: { tableType: 'EXTERNAL_TABLE', ...input },
    });
  }
}

/** Makes a name of small letters, digits and underscores that no other stack of the account has. */
function databaseName(): string {
  return Fn.join('_', ['audience', Fn.join('_', Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))))]);
}

function columns(all: readonly Column[]): CfnTable.ColumnProperty[] {
  return all.map(([name, type]) => ({ name, type }));
}
