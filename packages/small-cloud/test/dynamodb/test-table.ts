import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Properties } from '../../src/contract';
import { DynamoDb } from '../../src/services/dynamodb/dynamodb';
import { ApiServer } from '../s3/api-server';
import { TestCloud } from '../s3/test-cloud';

export const SESSIONS = {
  TableName: 'sessions',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
} as const;

export const EVENTS = {
  TableName: 'events',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'channel', KeyType: 'HASH' },
    { AttributeName: 'moment', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'channel', AttributeType: 'S' },
    { AttributeName: 'moment', AttributeType: 'N' },
  ],
} as const;

/** A DynamoDB of one cloud, with the SDK's real client. {@link TestTables.close} ends it. */
export class TestTables {
  readonly dynamoDb: DynamoDb;
  private constructor(
    readonly cloud: TestCloud,
    readonly server: ApiServer,
    readonly client: DynamoDBClient,
    dynamoDb: DynamoDb,
  ) {
    this.dynamoDb = dynamoDb;
  }

  static async open(): Promise<TestTables> {
    const cloud = new TestCloud();
    const dynamoDb = new DynamoDb(cloud);
    const handler = dynamoDb.api['dynamodb'];
    if (handler === undefined) throw new Error('no API');
    const server = new ApiServer(handler);
    const client = new DynamoDBClient({
      region: 'eu-west-1',
      endpoint: await server.start(),
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    return new TestTables(cloud, server, client, dynamoDb);
  }

  create(properties: Properties) {
    return this.cloud.create(this.dynamoDb, 'AWS::DynamoDB::Table', 'Table', properties);
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.server.stop();
    this.cloud.remove();
  }
}
