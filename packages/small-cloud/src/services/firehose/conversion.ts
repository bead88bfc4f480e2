import { AwsError } from '../kit/aws-error';
import { notModelled } from '../kit/not-modelled';
import type { PropertyReader } from '../kit/property-reader';

/** Conversion of JSON to Parquet, with the table that gives the columns. */
export interface Conversion {
  readonly database: string;
  readonly table: string;
  /** The role that reads the table. */
  readonly roleArn: string;
  /** True for OpenX's SerDe, which folds the keys of an object to lower case. */
  readonly foldsKeys: boolean;
}

/**
 * Reads the DataFormatConversionConfiguration of a destination.
 *
 * @throws AwsError InvalidArgumentException when a part is missing; UnsupportedError for other formats, and for a
 * destination that converts nothing.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_DataFormatConversionConfiguration.html
 */
export function conversion(destination: PropertyReader): Conversion {
  const declared = destination.section('DataFormatConversionConfiguration');
  const enabled = declared.holds('Enabled') ? declared.flag('Enabled') : declared.keys().length > 0;
  if (!enabled) {
    const advice = 'The local run models streams that convert JSON to Parquet';
    throw notModelled(declared.at('Enabled'), { given: false, known: [true], advice });
  }
  for (const key of ['InputFormatConfiguration', 'OutputFormatConfiguration', 'SchemaConfiguration']) {
    if (!declared.has(key)) throw refused(`${declared.at(key)} is needed when data format conversion is enabled`);
  }
  parquet(declared.part('OutputFormatConfiguration').part('Serializer'));
  const foldsKeys = deserializer(declared.part('InputFormatConfiguration').part('Deserializer'));
  const schema = declared.part('SchemaConfiguration').withoutEffect('CatalogId', 'Region');
  schema.oneOf('VersionId', ['LATEST'], 'LATEST');
  return {
    database: schema.text('DatabaseName'),
    table: schema.text('TableName'),
    roleArn: schema.text('RoleARN'),
    foldsKeys,
  };
}

/** @returns true for a SerDe that folds keys to lower case. */
function deserializer(declared: PropertyReader): boolean {
  const isOpenX = declared.holds('OpenXJsonSerDe');
  if (isOpenX === declared.holds('HiveJsonSerDe')) {
    throw refused(`${declared.path}: one of OpenXJsonSerDe and HiveJsonSerDe is needed`);
  }
  if (!isOpenX) {
    declared.section('HiveJsonSerDe').onlyEmpty('TimestampFormats');
    return true;
  }
  const openX = declared.section('OpenXJsonSerDe').onlyEmpty('ColumnToJsonKeyMappings');
  openX.onlyEmpty('ConvertDotsInJsonKeysToUnderscores');
  return openX.holds('CaseInsensitive') ? openX.flag('CaseInsensitive') : true;
}

function parquet(declared: PropertyReader): void {
  const given = ['OrcSerDe', 'ParquetSerDe'].filter((name) => declared.holds(name));
  if (given.length !== 1) throw refused(`${declared.path}: one of OrcSerDe and ParquetSerDe is needed`);
  if (given[0] === 'OrcSerDe') throw declared.unsupported('OrcSerDe');
  const serde = declared.section('ParquetSerDe').withoutEffect('BlockSizeBytes', 'PageSizeBytes');
  serde.oneOf('Compression', ['SNAPPY'], 'SNAPPY');
  // They choose an encoding that every reader understands.
  serde.withoutEffect('EnableDictionaryCompression', 'MaxPaddingBytes', 'WriterVersion');
}

function refused(sentence: string): AwsError {
  return new AwsError('InvalidArgumentException', sentence);
}
