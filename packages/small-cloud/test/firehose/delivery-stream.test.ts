import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/contract';
import { evaluated, prefixes } from '../../src/services/firehose/prefix';
import { TestLake } from './test-lake';
import { destination, roleProperties } from './test-stream';

let lake: TestLake;

beforeEach(async () => {
  lake = await TestLake.open();
});

afterEach(() => lake.close());

const CONVERSION = destination('').DataFormatConversionConfiguration;

describe('a delivery stream', () => {
  test.each<[string, JsonObject, string]>([
    ['a small buffer', { BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 5 } }, 'SizeInMBs must be at least 64'],
    ['a long wait', { BufferingHints: { IntervalInSeconds: 901, SizeInMBs: 64 } }, 'from 0 to 900 is needed'],
    ['half a hint', { BufferingHints: { SizeInMBs: 64 } }, 'are needed together'],
    ['compression outside of Parquet', { CompressionFormat: 'GZIP' }, 'must be UNCOMPRESSED'],
    ['an expression without an error prefix', { ErrorOutputPrefix: '' }, 'ErrorOutputPrefix cannot be null or empty'],
    ['an error prefix without the type', { ErrorOutputPrefix: 'errors/' }, 'at least one instance of !{firehose:error'],
    ['the type in the prefix', { Prefix: 'a/!{firehose:error-output-type}/' }, 'Prefix cannot contain'],
    ['an unknown letter of a time', { Prefix: 'a/!{timestamp:YYYY}/' }, 'YYYY is not modelled'],
    ['logging without a group', { CloudWatchLoggingOptions: { Enabled: true } }, 'LogGroupName and LogStreamName'],
    ['a bucket that is none', { BucketARN: 'arn:aws:s3:::nowhere' }, 'The bucket nowhere does not exist'],
    ['no conversion', { DataFormatConversionConfiguration: { Enabled: false } }, 'is not modelled'],
    [
      'a conversion without a schema',
      { DataFormatConversionConfiguration: { ...CONVERSION, SchemaConfiguration: {} } },
      'SchemaConfiguration is needed',
    ],
    [
      'two formats of input',
      {
        DataFormatConversionConfiguration: {
          ...CONVERSION,
          InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {}, HiveJsonSerDe: {} } },
        },
      },
      'one of OpenXJsonSerDe and HiveJsonSerDe',
    ],
    ['dynamic partitioning', { DynamicPartitioningConfiguration: { Enabled: true } }, 'is not modelled'],
  ])('refuses %s', async (_, overrides, sentence) => {
    await expect(lake.stream(overrides)).rejects.toThrow(sentence);
  });

  test('refuses a role that Firehose cannot assume, and one that may not read the table', async () => {
    const strange = { ...roleProperties(), AssumeRolePolicyDocument: { Statement: [] } };
    await expect(lake.stream({}, strange)).rejects.toThrow('Firehose is unable to assume role');
    await lake.close();
    lake = await TestLake.open();
    await expect(lake.stream({}, roleProperties('glue:GetTableVersions'))).rejects.toThrow('glue:GetTableVersions');
  });

  test('adds the hour to a prefix without a time', () => {
    const { prefix, errors } = prefixes('raw/', '');
    const moment = { at: Date.parse('2026-11-29T03:10:00Z'), failure: 'format-conversion-failed' };
    expect(evaluated(prefix, moment)).toBe('raw/2026/11/29/03/');
    expect(evaluated(errors, moment)).toBe('raw/format-conversion-failed/2026/11/29/03/');
  });
});
