import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/contract';
import { Glue } from '../../src/services/glue/glue';
import { DATABASE, TABLE } from '../firehose/test-stream';
import { TestCloud } from '../s3/test-cloud';

let cloud: TestCloud;
let glue: Glue;

beforeEach(async () => {
  cloud = new TestCloud();
  glue = new Glue(cloud);
  await cloud.create(glue, 'AWS::Glue::Database', 'Audience', DATABASE);
});

afterEach(() => cloud.remove());

function table(input: JsonObject, outer: JsonObject = {}) {
  const properties = { ...TABLE, ...outer, TableInput: { ...TABLE.TableInput, ...input } };
  return cloud.create(glue, 'AWS::Glue::Table', 'Events', properties);
}

const { StorageDescriptor } = TABLE.TableInput;

describe('a table of the catalogue', () => {
  test('is found by its database and name, and gone with its database', async () => {
    const made = await table({});
    expect(made.ref).toBe('events');
    expect(glue.table('audience', 'EVENTS')).toMatchObject({ location: 's3://lake/events/', columns: { length: 3 } });
    await expect(table({})).rejects.toThrow('Table already exists.');
    await made.delete();
    expect(glue.table('audience', 'events')).toBeUndefined();
  });

  test.each<[string, JsonObject, string]>([
    ['a name with capitals', { Name: 'Events' }, 'Glue stores names in lower case'],
    ['two columns of one name', { PartitionKeys: [{ Name: 'ts', Type: 'string' }] }, 'duplicate columns: ts'],
    ['a type that Athena has not', { PartitionKeys: [{ Name: 'day', Type: 'varchar2' }] }, 'is not modelled'],
    [
      'a place that is no folder',
      { StorageDescriptor: { ...StorageDescriptor, Location: 's3://lake/x' } },
      'last slash',
    ],
    ['no columns', { StorageDescriptor: { ...StorageDescriptor, Columns: [] } }, 'none given'],
    [
      'a format that does not fit its SerDe',
      { StorageDescriptor: { ...StorageDescriptor, InputFormat: 'org.apache.hadoop.mapred.TextInputFormat' } },
      'is not modelled',
    ],
    ['a view', { TableType: 'VIRTUAL_VIEW' }, 'is not modelled'],
  ])('refuses %s', async (_, input, sentence) => {
    await expect(table(input)).rejects.toThrow(sentence);
  });

  test('refuses a database that is not there, and another account', async () => {
    await expect(table({}, { DatabaseName: 'nobody' })).rejects.toThrow('Database nobody not found.');
    await expect(table({}, { CatalogId: '444455556666' })).rejects.toThrow('is not modelled');
  });
});
