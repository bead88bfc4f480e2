import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { Properties, Service } from '../../src/contract';
import { DynamoDb } from '../../src/services/dynamodb/dynamodb';
import { SecretsManager } from '../../src/services/secretsmanager/secretsmanager';
import { SESSIONS } from '../dynamodb/test-table';
import { LambdaBench } from './lambda-bench';

/** A function that reads its key from a secret, and counts its calls in a table. */
const SOURCE = `
  import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
  import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
  const [table, secrets] = [new DynamoDBClient({}), new SecretsManagerClient({})];
  export const handler = async ({ viewer }) => {
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

describe('a bundled function', () => {
  test('reaches DynamoDB and Secrets Manager of the cloud with the keys of its role', async () => {
    await make('AWS::DynamoDB::Table', SESSIONS);
    await make('AWS::SecretsManager::Secret', { Name: 'keys', SecretString: 'abc' });
    const stdin = { contents: SOURCE, resolveDir: __dirname, loader: 'ts' } as const;
    const built = await build({ stdin, bundle: true, minify: true, platform: 'node', format: 'cjs', write: false });
    const Code = bench.asset('clients', { 'index.js': built.outputFiles[0]?.text ?? '' });
    const arn = await bench.create({ Code, Timeout: 60 });
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
