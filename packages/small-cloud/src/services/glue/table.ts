import type { CatalogColumn, CatalogTable, Cloud, ResourceRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { notModelled } from '../kit/not-modelled';
import { PropertyReader } from '../kit/property-reader';
import { catalogName, ownCatalog } from './database';

/** Formats that the local run reads: classes of the SerDe, with the only input and output formats of each. */
const FORMATS: Readonly<Record<string, { readonly input: string; readonly output: string }>> = {
  'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe': {
    input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  },
  'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe': {
    input: 'org.apache.hadoop.mapred.TextInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  },
};

/** Types of columns that the local run reads. @see https://docs.aws.amazon.com/athena/latest/ug/data-types.html */
const TYPES = ['string', 'boolean', 'tinyint', 'smallint', 'int', 'bigint', 'float', 'double', 'date', 'timestamp'];

/**
 * Reads the properties of an AWS::Glue::Table.
 *
 * @throws AwsError InvalidInputException for what Glue or Athena refuses; UnsupportedError for what is not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-table.html
 */
export function declaredTable(request: ResourceRequest, { accountId }: Pick<Cloud, 'accountId'>): CatalogTable {
  const declared = PropertyReader.of(request);
  ownCatalog(declared, accountId);
  const database = catalogName(declared.text('DatabaseName'), declared.at('DatabaseName'));
  const outer = declared.maybeText('Name');
  const input = declared.part('TableInput').withoutEffect('Description', 'Owner', 'Retention');
  const name = catalogName(outer ?? input.text('Name'), input.at('Name'));
  input.oneOf('TableType', ['EXTERNAL_TABLE']);
  input.onlyEmpty('TargetTable', 'ViewOriginalText', 'ViewExpandedText');
  const storage = storageOf(input.part('StorageDescriptor'));
  const partitionKeys = input.list('PartitionKeys').map(column);
  const parameters = input.map('Parameters');
  declared.onlyEmpty('OpenTableFormatInput');
  declared.end();
  refuseTwins([...storage.columns, ...partitionKeys], input.path);
  return { database, name, partitionKeys, parameters, ...storage };
}

function storageOf(declared: PropertyReader): Pick<CatalogTable, 'columns' | 'location' | 'serde' | 'serdeParameters'> {
  // Athena looks into every folder, and ignores the counts of buckets, the sort order and the flag of compression.
  declared.withoutEffect('Compressed', 'NumberOfBuckets', 'StoredAsSubDirectories', 'Parameters');
  declared.onlyEmpty('BucketColumns', 'SortColumns', 'SkewedInfo', 'SchemaReference');
  const columns = declared.list('Columns').map(column);
  if (columns.length === 0) throw invalid(`${declared.at('Columns')}: none given; one is needed`);
  const location = declared.text('Location');
  if (!/^s3:\/\/[^/]+\/(.*\/)?$/.test(location)) {
    throw invalid(
      `${declared.at('Location')}: ${location} was given; s3://BUCKET/FOLDER/ is needed, with its last slash`,
    );
  }
  const info = declared.part('SerdeInfo').withoutEffect('Name');
  const serde = info.text('SerializationLibrary');
  const format = Object.hasOwn(FORMATS, serde) ? FORMATS[serde] : undefined;
  if (format === undefined) {
    throw notModelled(info.at('SerializationLibrary'), { given: serde, known: Object.keys(FORMATS) });
  }
  declared.oneOf('InputFormat', [format.input]);
  declared.oneOf('OutputFormat', [format.output]);
  return { columns, location, serde, serdeParameters: info.map('Parameters') };
}

function column(declared: PropertyReader): CatalogColumn {
  declared.withoutEffect('Comment');
  const name = columnName(declared);
  return { name, type: declared.oneOf('Type', TYPES) };
}

/** Names of columns may hold a hyphen and a parenthesis, as those of access logs do, if a query quotes them. */
function columnName(declared: PropertyReader): string {
  const name = declared.text('Name');
  if (/^[a-z0-9_()-]{1,255}$/.test(name)) return name;
  throw invalid(`${declared.at('Name')}: ${name} was given; 1 to 255 of a-z, 0-9, _ and - are needed`);
}

/**
 * Refuses two columns of one name, which Glue stores and Athena cannot read.
 *
 * @see https://repost.aws/knowledge-center/athena-hive-invalid-metadata-duplicate
 */
function refuseTwins(columns: readonly CatalogColumn[], path: string): void {
  const names = columns.map(({ name }) => name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin === undefined) return;
  const sentence = `HIVE_INVALID_METADATA: Table descriptor contains duplicate columns: ${twin}`;
  throw invalid(`${path}: ${sentence}`);
}

function invalid(sentence: string): AwsError {
  return new AwsError('InvalidInputException', sentence);
}
