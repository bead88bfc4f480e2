import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ChatSurroundings } from './surroundings';

type Book = Pick<ChatSurroundings, 'count' | 'keptOut' | 'keepOut'>;

/** Makes the book of those who are kept out, and of requests, in a DynamoDB table with the key `id`. */
export function dynamoBook(client: DynamoDBClient, table: string, now: () => number): Book {
  const keyOf = (channel: string, user: string) => ({ id: { S: `out#${channel}#${user}` } });
  return {
    async count(key, windowSeconds) {
      const window = Math.floor(now() / windowSeconds);
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { id: { S: `asked#${key}#${window}` } },
          UpdateExpression: 'ADD #times :one SET #expires = :expires',
          ExpressionAttributeNames: { '#times': 'times', '#expires': 'expires' },
          ExpressionAttributeValues: { ':one': { N: '1' }, ':expires': { N: String((window + 2) * windowSeconds) } },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.['times']?.N ?? 0);
    },
    async keptOut(channel, user) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(channel, user), ConsistentRead: true }),
      );
      const how = Item?.['how']?.S;
      // DynamoDB removes items hours after their time.
      if (Number(Item?.['expires']?.N ?? 0) <= now()) return undefined;
      return how === 'mute' || how === 'ban' ? how : undefined;
    },
    async keepOut(channel, user, until) {
      const key = keyOf(channel, user);
      if (until === undefined) {
        await client.send(new DeleteItemCommand({ TableName: table, Key: key }));
        return;
      }
      const Item = { ...key, how: { S: until.how }, expires: { N: String(until.time) } };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },
  };
}
