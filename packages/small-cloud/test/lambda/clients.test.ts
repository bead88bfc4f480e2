import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Properties, Service } from '../../src/contract';
import { DynamoDb } from '../../src/services/dynamodb/dynamodb';
import { SecretsManager } from '../../src/services/secretsmanager/secretsmanager';
import { SESSIONS } from '../dynamodb/test-table';
import { LambdaBench } from './lambda-bench';

/** A function that reads its key from a secret, and counts its calls in a table. */
const SOURCE = `
  const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
  const { GetSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');
  const [table, secrets] = [new DynamoDBClient({}), new SecretsManagerClient({})];
  exports.handler = async ({ viewer }) => {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: 'keys' }));
    const { Attributes } = await table.send(new UpdateItemCommand({
      TableName: 'sessions',
      Key: { pk: { S: viewer } },
      UpdateExpression: 'ADD visits :one',
      ConditionExpression: 'attribute_not_exists(visits) OR visits < :most',
      ExpressionAttributeValues: { ':one': { N: '1' }, ':most': { N: '2' } },
      ReturnValues: 'UPDATED_NEW',
    })).catch((error) => ({ Attributes: error.name }));
    return { SecretString, Attributes };
  };`;

let bench: LambdaBench;
let stores: readonly Service[];

beforeAll(async () => {
  bench = new LambdaBench({
    services: (cloud) => {
      stores = [new DynamoDb(cloud), new SecretsManager(cloud)];
      return stores;
    },
  });
  await bench.api.start();
});

afterAll(() => bench.close());

async function make(type: string, properties: Properties): Promise<void> {
  const provider = stores.map(({ resources }) => resources[type]).find((found) => found !== undefined);
  await provider?.create({ stackName: 'Live', stackId: 'stack-id', logicalId: 'Store', type, properties });
}

describe('a function with the SDK', () => {
  test('reaches DynamoDB and Secrets Manager of the cloud with the keys of its role', async () => {
    await make('AWS::DynamoDB::Table', SESSIONS);
    await make('AWS::SecretsManager::Secret', { Name: 'keys', SecretString: 'abc' });
    const arn = await bench.create({ Code: { ZipFile: SOURCE }, Timeout: 60 });
    const results = [];
    for (const _ of [1, 2, 3]) results.push(await bench.lambda.invoke(arn, { viewer: 'v' }));
    expect(results).toEqual([
      { payload: { SecretString: 'abc', Attributes: { visits: { N: '1' } } } },
      { payload: { SecretString: 'abc', Attributes: { visits: { N: '2' } } } },
      { payload: { SecretString: 'abc', Attributes: 'ConditionalCheckFailedException' } },
    ]);
    expect(bench.told).not.toContain('abc');
  });
});
