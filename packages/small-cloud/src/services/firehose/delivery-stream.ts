import type { ResourceRequest } from '../../contract';
import { AwsError } from '../kit/aws-error';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';
import { type Conversion, conversion } from './conversion';
import { prefixes } from './prefix';

/** An AWS::KinesisFirehose::DeliveryStream as its template declares it. */
export interface DeliveryStreamSettings {
  /** The declared name, or a generated one. */
  readonly name: string;
  readonly bucket: string;
  readonly roleArn: string;
  readonly prefix: string;
  readonly errorPrefix: string;
  /** 0 to 900: the longest time that a record waits. */
  readonly seconds: number;
  /** 64 to 128. */
  readonly megabytes: number;
  /** Ending of the names of objects: `.parquet`. */
  readonly ending: string;
  readonly conversion: Conversion;
  /** The log group for errors of delivery; undefined when there is none. */
  readonly logGroup: string | undefined;
}

const NAME = /^[a-zA-Z0-9_.-]{1,64}$/;

/**
 * Reads the properties of an AWS::KinesisFirehose::DeliveryStream. The local run models direct puts that are converted to
 * Parquet in S3. Other sources, destinations and formats are refused, and so are transformations and backups.
 *
 * @param generated - the name of one that was made without a name.
 * @throws AwsError InvalidArgumentException for what Firehose refuses.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisfirehose-deliverystream.html
 */
export function deliveryStreamSettings(request: ResourceRequest, generated?: string): DeliveryStreamSettings {
  const declared = PropertyReader.of(request).withoutEffect('Tags');
  const name = declared.maybeText('DeliveryStreamName') ?? generated ?? physicalName(request, 64);
  if (!NAME.test(name)) {
    throw refused(`${declared.at('DeliveryStreamName')}: ${name} was given; 1 to 64 of a-z A-Z 0-9 _ . - are needed`);
  }
  declared.oneOf('DeliveryStreamType', ['DirectPut'], 'DirectPut');
  // The local run encrypts nothing.
  const encryption = declared.section('DeliveryStreamEncryptionConfigurationInput');
  if (encryption.oneOf('KeyType', ['AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK'], 'AWS_OWNED_CMK') !== 'AWS_OWNED_CMK') {
    encryption.text('KeyARN');
  }
  const destination = declared.part('ExtendedS3DestinationConfiguration');
  refuseUnmodelled(destination);
  const { prefix, errors } = prefixes(
    destination.maybeText('Prefix') ?? '',
    destination.maybeText('ErrorOutputPrefix') ?? '',
  );
  const settings = {
    name,
    bucket: bucketName(destination),
    roleArn: destination.text('RoleARN'),
    prefix,
    errorPrefix: errors,
    ending: fileEnding(destination),
    conversion: conversion(destination),
    ...buffering(destination.maybePart('BufferingHints')),
    logGroup: logGroup(destination.maybePart('CloudWatchLoggingOptions')),
  };
  refuseCompression(destination);
  declared.end();
  return settings;
}

function refuseUnmodelled(destination: PropertyReader): void {
  for (const key of ['DynamicPartitioningConfiguration', 'ProcessingConfiguration']) {
    const part = destination.section(key);
    if (part.flag('Enabled')) throw part.unsupported('Enabled');
    part.withoutEffect(...part.keys());
  }
  destination.oneOf('S3BackupMode', ['Disabled'], 'Disabled');
  destination.oneOf('CustomTimeZone', ['UTC'], 'UTC');
  destination.section('EncryptionConfiguration').oneOf('NoEncryptionConfig', ['NoEncryption'], 'NoEncryption');
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/enable-record-format-conversion.html */
function refuseCompression(destination: PropertyReader): void {
  const given = destination.maybeText('CompressionFormat') ?? 'UNCOMPRESSED';
  if (given === 'UNCOMPRESSED') return;
  const rule =
    'CompressionFormat must be UNCOMPRESSED when data format conversion is enabled; Parquet compresses itself';
  throw refused(`${destination.at('CompressionFormat')}: ${given} was given; ${rule}`);
}

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html */
function buffering(hints: PropertyReader | undefined): Pick<DeliveryStreamSettings, 'seconds' | 'megabytes'> {
  // The defaults of a stream that converts.
  if (hints === undefined) return { seconds: 300, megabytes: 128 };
  if (hints.holds('IntervalInSeconds') !== hints.holds('SizeInMBs')) {
    throw refused(`${hints.path}: IntervalInSeconds and SizeInMBs are needed together`);
  }
  const seconds = hints.number('IntervalInSeconds');
  if (!(Number.isInteger(seconds) && seconds >= 0 && seconds <= 900)) {
    throw refused(`${hints.at('IntervalInSeconds')}: ${seconds} was given; a whole number from 0 to 900 is needed`);
  }
  const megabytes = hints.number('SizeInMBs');
  if (!Number.isInteger(megabytes) || megabytes > 128) {
    throw refused(`${hints.at('SizeInMBs')}: ${megabytes} was given; a whole number up to 128 is needed`);
  }
  if (megabytes < 64) {
    throw refused('BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.');
  }
  return { seconds, megabytes };
}

function bucketName(destination: PropertyReader): string {
  const arn = destination.text('BucketARN');
  const name = /^arn:[^:]+:s3:::([^/]+)$/.exec(arn)?.[1];
  if (name !== undefined) return name;
  throw refused(`${destination.at('BucketARN')}: ${arn} was given; the ARN of a bucket is needed`);
}

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html */
function fileEnding(destination: PropertyReader): string {
  const given = destination.maybeText('FileExtension') ?? '.parquet';
  if (/^\.[0-9a-z!\-_.*'()]+$/.test(given) && given.length <= 128) return given;
  throw refused(`${destination.at('FileExtension')}: ${given} was given; a dot and lower-case letters are needed`);
}

function logGroup(options: PropertyReader | undefined): string | undefined {
  if (!options?.flag('Enabled')) {
    options?.withoutEffect('LogGroupName', 'LogStreamName');
    return undefined;
  }
  const [group, stream] = [options.maybeText('LogGroupName'), options.maybeText('LogStreamName')];
  if (group !== undefined && stream !== undefined) return group;
  throw refused(`${options.path}: LogGroupName and LogStreamName are needed when logging is enabled`);
}

function refused(sentence: string): AwsError {
  return new AwsError('InvalidArgumentException', sentence);
}
