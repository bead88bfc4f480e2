import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { KEPT_SECONDS, type Poll } from './poll';
import type { PollBook, Vote } from './surroundings';

/**
 * Number of counters of a poll. One item takes 1,000 write units in a second, of which a transaction needs two, and two
 * transactions of one item collide.
 */
const COUNTERS = 64;
/** Most tries of a vote whose counter is in the hands of another, or for which the table is too busy. */
const TRIES = 6;
/** Least and longest pause before another try, in milliseconds. */
const PAUSE = [20, 200] as const;
/** Reasons that may pass. A new table takes 4,000 write units in a second, and grows from there. */
const PASSING: ReadonlySet<string | undefined> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/**
 * Makes the book in a DynamoDB table with the key `id`. A vote is one transaction: an item for the viewer, which must not
 * be there yet, and one more in a counter. The SDK repeats it with the token of the first try, so that it counts once.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
export function dynamoBook(client: DynamoDBClient, table: string): PollBook {
  const key = (id: string) => ({ TableName: table, Key: { id: { S: id } } });
  const get = async (id: string) => (await client.send(new GetItemCommand({ ...key(id), ConsistentRead: true }))).Item;
  return {
    async open(poll) {
      const put = async (id: string, name: string, value: string) => {
        const Item = { id: { S: id }, [name]: { S: value }, expires: expiry(poll) };
        await client.send(new PutItemCommand({ TableName: table, Item }));
      };
      await put(`poll#${poll.id}`, 'poll', JSON.stringify(poll));
      await put(`latest#${poll.channel}`, 'poll', poll.id);
    },
    async withdraw({ id, channel }) {
      for (const one of [`poll#${id}`, `latest#${channel}`]) await client.send(new DeleteItemCommand(key(one)));
    },
    async poll(id) {
      const text = (await get(`poll#${id}`))?.['poll']?.S;
      return text === undefined ? undefined : (JSON.parse(text) as Poll);
    },
    latest: async (channel) => (await get(`latest#${channel}`))?.['poll']?.S,
    vote: (vote) => counted(client, table, vote),
    async counts({ id, options }) {
      const counters = await Promise.all(Array.from({ length: COUNTERS }, (_, index) => get(`count#${id}#${index}`)));
      return options.map((_, option) => counters.reduce((sum, one) => sum + Number(one?.[`o${option}`]?.N ?? 0), 0));
    },
    async from(poll, address) {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          ...key(`from#${poll.id}#${address}`),
          ...oneMore('times', poll),
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.['times']?.N ?? 0);
    },
  };
}

async function counted(client: DynamoDBClient, table: string, { poll, user, option }: Vote): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    const counter = `count#${poll.id}#${randomInt(COUNTERS)}`;
    const vote = { id: { S: `vote#${poll.id}#${user}` }, expires: expiry(poll) };
    try {
      await client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: table, Item: vote, ConditionExpression: 'attribute_not_exists(id)' } },
            { Update: { TableName: table, Key: { id: { S: counter } }, ...oneMore(`o${option}`, poll) } },
          ],
        }),
      );
      return true;
    } catch (error) {
      const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
      if (reasons[0]?.Code === 'ConditionalCheckFailed') return false;
      if (!reasons.some(({ Code }) => PASSING.has(Code)) || tries === TRIES) throw error;
      await pause(randomInt(...PAUSE));
    }
  }
}

function expiry({ closesAt }: Poll) {
  return { N: String(Math.ceil(closesAt) + KEPT_SECONDS) };
}

function oneMore(attribute: string, poll: Poll) {
  return {
    UpdateExpression: 'ADD #one :one SET #expires = :expires',
    ExpressionAttributeNames: { '#one': attribute, '#expires': 'expires' },
    ExpressionAttributeValues: { ':one': { N: '1' }, ':expires': expiry(poll) },
  };
}
