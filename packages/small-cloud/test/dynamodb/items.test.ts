import { DeleteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SESSIONS, TestTables } from './test-table';

const TableName = 'sessions';
const Key = { pk: { S: 'viewer' } };

let tables: TestTables;

beforeEach(async () => {
  tables = await TestTables.open();
  await tables.create(SESSIONS);
});

afterEach(() => tables.close());

async function get() {
  return (await tables.client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
}

describe('an item of DynamoDB', () => {
  test('is read as it was put, with every type', async () => {
    const Item = {
      ...Key,
      text: { S: 'ü' },
      number: { N: '1.50' },
      bytes: { B: new Uint8Array([1, 2, 255]) },
      yes: { BOOL: true },
      nothing: { NULL: true },
      facts: { M: { inner: { L: [{ N: '1' }, { S: 'a' }] } } },
      set: { SS: ['b', 'a'] },
    };
    await tables.client.send(new PutItemCommand({ TableName, Item }));
    expect(await get()).toEqual({ ...Item, number: { N: '1.5' }, set: { SS: ['a', 'b'] } });
  });

  test('is made on the condition that it does not exist, once', async () => {
    const put = new PutItemCommand({
      TableName,
      Item: { ...Key, version: { N: '1' } },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await tables.client.send(put);
    const refused = await tables.client.send(put).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { ...Key, version: { N: '1' } },
    });
  });

  test('is changed by one of two writers that read the same version', async () => {
    await tables.client.send(new PutItemCommand({ TableName, Item: { ...Key, version: { N: '1' } } }));
    const write = (device: string) =>
      tables.client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET #device = :device, version = version + :one',
          ConditionExpression: 'version = :seen',
          ExpressionAttributeNames: { '#device': 'device' },
          ExpressionAttributeValues: { ':device': { S: device }, ':one': { N: '1' }, ':seen': { N: '1' } },
          ReturnValues: 'ALL_NEW',
        }),
      );
    const results = await Promise.allSettled([write('tv'), write('phone')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await get()).toMatchObject({ version: { N: '2' } });
  });

  test('is gone after it was deleted, and shows what it was', async () => {
    await tables.client.send(new PutItemCommand({ TableName, Item: { ...Key, a: { N: '1' } } }));
    const deleted = await tables.client.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
    expect(deleted.Attributes).toEqual({ ...Key, a: { N: '1' } });
    expect(await get()).toBeUndefined();
    expect((await tables.client.send(new DeleteItemCommand({ TableName, Key }))).Attributes).toBeUndefined();
  });

  test('is read in part', async () => {
    await tables.client.send(new PutItemCommand({ TableName, Item: { ...Key, name: { S: 'x' }, b: { N: '1' } } }));
    const read = new GetItemCommand({
      TableName,
      Key,
      ProjectionExpression: '#n, c',
      ExpressionAttributeNames: { '#n': 'name' },
    });
    expect((await tables.client.send(read)).Item).toEqual({ name: { S: 'x' } });
  });

  test('is still read for an hour after it has expired', async () => {
    const now = Math.floor(Date.now() / 1000);
    await tables.client.send(new PutItemCommand({ TableName, Item: { ...Key, expires: { N: String(now - 10) } } }));
    expect(await get()).toBeDefined();
    tables.cloud.clock.now = () => (now + 3700) * 1000;
    expect(await get()).toBeUndefined();
  });

  test('stays when its expiry is no number, or more than five years ago', async () => {
    for (const expires of [{ S: '1' }, { N: '1' }]) {
      await tables.client.send(new PutItemCommand({ TableName, Item: { ...Key, expires } }));
      expect(await get()).toBeDefined();
    }
  });
});

describe('an update', () => {
  const update = async (UpdateExpression: string, values: object = {}, ReturnValues = 'ALL_NEW') => {
    const ExpressionAttributeValues = Object.keys(values).length === 0 ? undefined : values;
    const input = { TableName, Key, UpdateExpression, ExpressionAttributeValues, ReturnValues };
    return (await tables.client.send(new UpdateItemCommand(Object(input)))).Attributes;
  };

  beforeEach(async () => {
    const Item = {
      ...Key,
      count: { N: '1' },
      tags: { SS: ['a', 'b'] },
      steps: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] },
      facts: { M: { a: { N: '1' } } },
    };
    await tables.client.send(new PutItemCommand({ TableName, Item }));
  });

  test('makes an item that does not exist', async () => {
    await tables.client.send(new DeleteItemCommand({ TableName, Key }));
    expect(await update('SET a = if_not_exists(a, :zero)', { ':zero': { N: '0' } })).toEqual({ ...Key, a: { N: '0' } });
  });

  test.each<[string, object, object]>([
    ['SET x = :v REMOVE tags', { ':v': { S: 'y' } }, { x: { S: 'y' } }],
    [
      'ADD tags :v, visits :one',
      { ':v': { SS: ['c', 'a'] }, ':one': { N: '1' } },
      { tags: { SS: ['a', 'b', 'c'] }, visits: { N: '1' } },
    ],
    ['DELETE tags :v', { ':v': { SS: ['b', 'z'] } }, { tags: { SS: ['a'] } }],
    ['REMOVE steps[0], steps[2]', {}, { steps: { L: [{ N: '1' }] } }],
    ['SET steps[9] = :v', { ':v': { N: '9' } }, { steps: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '9' }] } }],
    ['SET facts.b = :v', { ':v': { N: '2' } }, { facts: { M: { a: { N: '1' }, b: { N: '2' } } } }],
    [
      'set steps = list_append(steps, :v)',
      { ':v': { L: [{ S: 'z' }] } },
      { steps: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { S: 'z' }] } },
    ],
  ])('of %s', async (expression, values, expected) => {
    expect(await update(expression, values)).toMatchObject(expected);
  });

  test('answers with the attributes that it changed', async () => {
    const values = { ':v': { N: '5' } };
    expect(await update('SET x = :v REMOVE tags', values, 'UPDATED_NEW')).toEqual({ x: { N: '5' } });
    expect(await update('SET x = :v', { ':v': { N: '6' } }, 'UPDATED_OLD')).toEqual({ x: { N: '5' } });
  });

  test.each<[string, object, string]>([
    ['SET pk = :v', { ':v': { S: 'x' } }, 'Cannot update attribute pk. This attribute is part of the key'],
    ['SET name = :v', { ':v': { S: 'x' } }, 'Attribute name is a reserved keyword; reserved keyword: name'],
    ['SET x = y', {}, 'The provided expression refers to an attribute that does not exist in the item'],
    [
      'SET x = :w',
      { ':v': { S: 'x' } },
      'An expression attribute value used in expression is not defined; attribute value: :w',
    ],
    ['SET x = :v', { ':v': { S: 'x' }, ':w': { S: 'x' } }, 'unused in expressions: keys: {:w}'],
    ['SET x = :v, x.y = :v', { ':v': { S: 'x' } }, 'Two document paths overlap'],
    ['SET x = :v SET y = :v', { ':v': { S: 'x' } }, 'The "SET" section can only be used once'],
    [
      'SET nobody.a = :v',
      { ':v': { S: 'x' } },
      'The document path provided in the update expression is invalid for update',
    ],
    ['ADD steps :v', { ':v': { N: '1' } }, 'An operand in the update expression has an incorrect data type'],
    ['SET x = facts + :v', { ':v': { N: '1' } }, 'Incorrect operand type for operator or function'],
    ['SET x : :v', { ':v': { N: '1' } }, 'Syntax error; token: ":"'],
  ])('refuses %s', async (expression, values, sentence) => {
    await expect(update(expression, values)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(sentence),
    });
  });
});

describe('DynamoDB', () => {
  test.each<[string, object, string]>([
    ['without its key', { a: { S: 'x' } }, 'Missing the key pk in the item'],
    ['with a key of another type', { pk: { N: '1' } }, 'Type mismatch for key pk expected: S actual: N'],
    ['with an empty key', { pk: { S: '' } }, 'cannot contain an empty string value. Key: pk'],
    [
      'of more than 400 KB',
      { ...Key, a: { S: 'x'.repeat(400 * 1024) } },
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'with a number that is none',
      { ...Key, a: { N: 'one' } },
      'The parameter cannot be converted to a numeric value: one',
    ],
    ['with an empty set', { ...Key, a: { SS: [] } }, 'An string set  may not be empty'],
    ['with a set that repeats a value', { ...Key, a: { NS: ['1', '1.0'] } }, 'contains duplicates'],
    ['with too many digits', { ...Key, a: { N: '1'.repeat(39) } }, 'more than 38 significant digits'],
  ])('refuses an item %s', async (_, Item, sentence) => {
    await expect(tables.client.send(new PutItemCommand(Object({ TableName, Item })))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(sentence),
    });
  });

  test('refuses a key that is not the key of the table, and a table that does not exist', async () => {
    const read = (name: string, key: object) =>
      tables.client.send(new GetItemCommand(Object({ TableName: name, Key: key })));
    await expect(read(TableName, { id: { S: 'x' } })).rejects.toThrow(
      'The provided key element does not match the schema',
    );
    await expect(read('nobody', Key)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('judges each action on the ARN of the table', async () => {
    const table = `arn:aws:dynamodb:eu-west-1:111122223333:table/${TableName}`;
    tables.server.roleArn = await tables.cloud.role('Reader', ['dynamodb:GetItem', table]);
    expect(await get()).toBeUndefined();
    await expect(tables.client.send(new PutItemCommand({ TableName, Item: Key }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`is not authorized to perform: dynamodb:PutItem on resource: ${table}`),
    });
  });
});
