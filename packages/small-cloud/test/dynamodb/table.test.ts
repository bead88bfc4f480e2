import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EVENTS, SESSIONS, TestTables } from './test-table';

let tables: TestTables;

beforeEach(async () => {
  tables = await TestTables.open();
});

afterEach(() => tables.close());

describe('AWS::DynamoDB::Table', () => {
  test('is known by its name, and has an ARN', async () => {
    const made = await tables.create(SESSIONS);
    expect([made.ref, made.attribute('Arn')]).toEqual([
      'sessions',
      'arn:aws:dynamodb:eu-west-1:111122223333:table/sessions',
    ]);
    await made.delete();
    await expect(tables.client.send(new ScanCommand({ TableName: 'sessions' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('accepts what keeps data safe', async () => {
    await tables.create({
      ...EVENTS,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
      SSESpecification: { SSEEnabled: true },
      Tags: [{ Key: 'a', Value: 'b' }],
    });
  });

  test('is not deleted while it is protected', async () => {
    const made = await tables.create({ ...SESSIONS, DeletionProtectionEnabled: true });
    await expect(made.delete()).rejects.toThrow('currently protected against deletion');
    await made.update(SESSIONS);
    await made.delete();
  });

  test('changes its expiry in place, from one attribute to another by way of none', async () => {
    const made = await tables.create(SESSIONS);
    const other = { ...SESSIONS, TimeToLiveSpecification: { AttributeName: 'other', Enabled: true } };
    await expect(made.update(other)).rejects.toThrow('TimeToLive is active on a different AttributeName');
    await made.update({ ...SESSIONS, TimeToLiveSpecification: { Enabled: false } });
    await made.update(other);
  });

  test.each([
    [
      'a definition that no key uses',
      { AttributeDefinitions: [...SESSIONS.AttributeDefinitions, { AttributeName: 'x', AttributeType: 'S' }] },
      'does not exactly match',
    ],
    [
      'a key without a definition',
      { AttributeDefinitions: [{ AttributeName: 'x', AttributeType: 'S' }] },
      'Some index key attributes are not defined',
    ],
    [
      'a key that begins with RANGE',
      { KeySchema: [{ AttributeName: 'pk', KeyType: 'RANGE' }] },
      'The first KeySchemaElement is not a HASH key type',
    ],
    ['provisioned throughput', { BillingMode: 'PROVISIONED' }, 'BillingMode: PROVISIONED is not modelled'],
    ['an index', { GlobalSecondaryIndexes: [{}] }, 'Table.GlobalSecondaryIndexes is not modelled'],
    [
      'a key of its own',
      { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'k' } },
      'KMSMasterKeyId is not modelled',
    ],
    ['a name that is too short', { TableName: 'ab' }, '3 to 255'],
  ])('refuses %s', async (_, properties, sentence) => {
    await expect(tables.create({ ...SESSIONS, ...properties })).rejects.toThrow(sentence);
  });

  test('refuses a name that is taken', async () => {
    await tables.create(SESSIONS);
    await expect(tables.create(SESSIONS)).rejects.toThrow('Table already exists: sessions');
  });
});

describe('the API of DynamoDB', () => {
  test('refuses what it does not model by its name', async () => {
    const made = await tables.create(SESSIONS);
    const handler = tables.dynamoDb.api['dynamodb'];
    const ask = (operation: string, input: object) =>
      handler?.({
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
        body: Buffer.from(JSON.stringify({ TableName: made.ref, ...input })),
        roleArn: undefined,
      });
    await expect(ask('BatchGetItem', {})).rejects.toThrow('DynamoDB BatchGetItem is not modelled');
    await expect(ask('Scan', { IndexName: 'i' })).rejects.toThrow('Scan.IndexName is not modelled');
    await expect(ask('Scan', { ReturnConsumedCapacity: 'TOTAL' })).rejects.toThrow('ReturnConsumedCapacity: TOTAL');
  });

  test('takes the ARN of a table for its name', async () => {
    const made = await tables.create(SESSIONS);
    const read = new GetItemCommand({ TableName: made.attribute('Arn'), Key: { pk: { S: 'x' } } });
    expect((await tables.client.send(read)).Item).toBeUndefined();
  });
});
