import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EVENTS, SESSIONS, TestTables } from './test-table';

let tables: TestTables;

beforeAll(async () => {
  tables = await TestTables.open();
  await tables.create(EVENTS);
  await tables.create(SESSIONS);
  for (const channel of ['main', 'other']) {
    for (const moment of [30, 4, 100]) {
      const Item = {
        channel: { S: channel },
        moment: { N: String(moment) },
        kind: { S: moment > 10 ? 'late' : 'early' },
      };
      await tables.client.send(new PutItemCommand({ TableName: 'events', Item }));
    }
  }
});

afterAll(() => tables.close());

describe('a scan', () => {
  test('finds every item once, page by page', async () => {
    const found: string[] = [];
    let ExclusiveStartKey: Record<string, never> | undefined;
    let pages = 0;
    do {
      const page: { Items?: object[]; LastEvaluatedKey?: object } = await tables.client.send(
        new ScanCommand(Object({ TableName: 'events', Limit: 4, ExclusiveStartKey })),
      );
      found.push(...(page.Items ?? []).map((item) => `${Object(item).channel.S} ${Object(item).moment.N}`));
      ExclusiveStartKey = Object(page).LastEvaluatedKey;
      pages += 1;
    } while (ExclusiveStartKey !== undefined);
    expect(pages).toBe(2);
    expect(found.sort()).toEqual(['main 100', 'main 30', 'main 4', 'other 100', 'other 30', 'other 4']);
  });

  test.each<[string, object, number]>([
    ['kind = :late', { ':late': { S: 'late' } }, 4],
    ['NOT kind = :late AND channel = :main', { ':late': { S: 'late' }, ':main': { S: 'main' } }, 1],
    ['kind <> :late OR moment IN (:a, :b)', { ':late': { S: 'late' }, ':a': { N: '30' }, ':b': { N: '31' } }, 4],
    [
      '(moment < :a or moment > :b) and begins_with(channel, :m)',
      { ':a': { N: '5' }, ':b': { N: '99' }, ':m': { S: 'ma' } },
      2,
    ],
    ['moment BETWEEN :a AND :b', { ':a': { N: '4' }, ':b': { N: '30' } }, 4],
    ['contains(kind, :part) and size(kind) = :five', { ':part': { S: 'arl' }, ':five': { N: '5' } }, 2],
    ['attribute_type(moment, :n) AND attribute_exists(kind)', { ':n': { S: 'N' } }, 6],
    ['attribute_not_exists(kind)', {}, 0],
    ['nobody = :late', { ':late': { S: 'late' } }, 0],
    ['nobody <> :late', { ':late': { S: 'late' } }, 6],
    ['kind < :one', { ':one': { N: '1' } }, 0],
  ])('with the filter %s', async (FilterExpression, values, count) => {
    const ExpressionAttributeValues = Object.keys(values).length === 0 ? undefined : values;
    const input = { TableName: 'events', FilterExpression, ExpressionAttributeValues };
    const answer = await tables.client.send(new ScanCommand(Object(input)));
    expect([answer.Count, answer.ScannedCount]).toEqual([count, 6]);
    expect(answer.LastEvaluatedKey).toBeUndefined();
  });

  test.each<[string, string]>([
    ['kind = ', 'Syntax error; token: "<EOF>"'],
    ['kind = :late extra', 'Syntax error; token: "extra"'],
    ['status = :late', 'reserved keyword: status'],
    ['#x = :late', 'attribute name: #x'],
    ['', 'The expression can not be empty;'],
  ])('refuses the filter "%s"', async (FilterExpression, sentence) => {
    const input = { TableName: 'events', FilterExpression, ExpressionAttributeValues: { ':late': { S: 'late' } } };
    await expect(tables.client.send(new ScanCommand(input))).rejects.toThrow(sentence);
  });
});

describe('a query', () => {
  const query = async (more: object) => {
    const input = {
      TableName: 'events',
      KeyConditionExpression: 'channel = :c',
      ExpressionAttributeValues: { ':c': { S: 'main' } },
      ...more,
    };
    const answer = await tables.client.send(new QueryCommand(input));
    return { times: (answer.Items ?? []).map((item) => Number(item['moment']?.N)), last: answer.LastEvaluatedKey };
  };

  test('finds the items of one key, in the order of their numbers', async () => {
    expect(await query({})).toEqual({ times: [4, 30, 100], last: undefined });
    expect((await query({ ScanIndexForward: false })).times).toEqual([100, 30, 4]);
  });

  test('goes on behind the last key', async () => {
    const { times, last } = await query({ Limit: 2 });
    expect(times).toEqual([4, 30]);
    expect((await query({ ExclusiveStartKey: last })).times).toEqual([100]);
  });

  test('takes a range', async () => {
    const values = { ':c': { S: 'main' }, ':a': { N: '5' } };
    const range = { KeyConditionExpression: 'channel = :c AND moment >= :a', ExpressionAttributeValues: values };
    expect((await query(range)).times).toEqual([30, 100]);
  });

  test.each([
    ['moment > :c', {}, 'Query condition missed key schema element: channel'],
    ['channel = :c AND kind = :c', {}, 'Query key condition not supported'],
    ['channel = :c', { FilterExpression: 'moment > :c' }, 'Primary key attribute: moment'],
  ])('refuses %s', async (KeyConditionExpression, more, sentence) => {
    await expect(query({ KeyConditionExpression, ...more })).rejects.toThrow(sentence);
  });
});

describe('a transaction', () => {
  const put = (pk: string, ConditionExpression?: string) => ({
    Put: { TableName: 'sessions', Item: { pk: { S: pk } }, ConditionExpression },
  });
  const exists = async (pk: string) =>
    (await tables.client.send(new GetItemCommand({ TableName: 'sessions', Key: { pk: { S: pk } } }))).Item !==
    undefined;

  test('writes all or nothing, and says which condition failed', async () => {
    await tables.client.send(new TransactWriteItemsCommand({ TransactItems: [put('a'), put('b')] }));
    expect([await exists('a'), await exists('b')]).toEqual([true, true]);
    const TransactItems = [put('c'), put('a', 'attribute_not_exists(pk)')];
    const refused = await tables.client.send(new TransactWriteItemsCommand({ TransactItems })).catch((error) => error);
    expect(refused).toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    expect(await exists('c')).toBe(false);
  });

  test('changes nothing when it is repeated with its token', async () => {
    const add = (value: string) => ({
      ClientRequestToken: 'token',
      TransactItems: [
        {
          Update: {
            TableName: 'sessions',
            Key: { pk: { S: 'counter' } },
            UpdateExpression: 'ADD visits :v',
            ExpressionAttributeValues: { ':v': { N: value } },
          },
        },
      ],
    });
    for (const value of ['1', '1']) await tables.client.send(new TransactWriteItemsCommand(add(value)));
    const read = new GetItemCommand({ TableName: 'sessions', Key: { pk: { S: 'counter' } } });
    expect((await tables.client.send(read)).Item?.['visits']).toEqual({ N: '1' });
    await expect(tables.client.send(new TransactWriteItemsCommand(add('2')))).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
  });

  test('refuses two writes of one item', async () => {
    const TransactItems = [put('d'), put('d')];
    await expect(tables.client.send(new TransactWriteItemsCommand({ TransactItems }))).rejects.toThrow('one item');
  });
});
