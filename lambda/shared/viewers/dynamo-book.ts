import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { Viewer } from './viewer';
import type { Page, ViewerBook } from './viewer-book';

const VIEWER = 'viewer#';
const LINK = 'link#';
const VOID = 'void';
/** Time for which the mark of a used link is kept beyond the link's own life, in seconds. */
const MARGIN = 3600;

/**
 * Makes the book in a DynamoDB table with the key `id`. A viewer is one item; its version is the condition of each
 * change.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
 */
export function dynamoBook(client: DynamoDBClient, table: string): ViewerBook {
  const get = async (id: string) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
    );
    return Item;
  };
  return {
    async read(id) {
      return pageOf(await get(VIEWER + id));
    },
    async write(id, { viewer, version }, expires) {
      const put: PutItemCommandInput = {
        TableName: table,
        Item: {
          id: { S: VIEWER + id },
          version: { N: String(version + 1) },
          viewer: { S: JSON.stringify(viewer) },
          expires: { N: String(expires) },
        },
        ConditionExpression: 'attribute_not_exists(id)',
      };
      if (version > 0) {
        put.ConditionExpression = '#version = :version';
        put.ExpressionAttributeNames = { '#version': 'version' };
        put.ExpressionAttributeValues = { ':version': { N: String(version) } };
      }
      return onCondition(() => client.send(new PutItemCommand(put)));
    },
    async useLink(jti, expires) {
      return onCondition(() =>
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: { id: { S: LINK + jti }, expires: { N: String(expires + MARGIN) } },
            ConditionExpression: 'attribute_not_exists(id)',
          }),
        ),
      );
    },
    async voidBefore() {
      return Number((await get(VOID))?.['time']?.N ?? 0);
    },
    async setVoidBefore(time) {
      await client.send(new PutItemCommand({ TableName: table, Item: { id: { S: VOID }, time: { N: String(time) } } }));
    },
    async all() {
      const found: { id: string; page: Page }[] = [];
      for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
        for (const item of Items) {
          const id = item['id']?.S ?? '';
          if (id.startsWith(VIEWER)) found.push({ id: id.slice(VIEWER.length), page: pageOf(item) });
        }
      }
      return found;
    },
  };
}

function pageOf(item: Readonly<Record<string, { readonly S?: string; readonly N?: string }>> | undefined): Page {
  const text = item?.['viewer']?.S;
  if (text === undefined) return { viewer: { name: '', sessions: [] }, version: 0 };
  return { viewer: JSON.parse(text) as Viewer, version: Number(item?.['version']?.N ?? 0) };
}

/** Makes a conditional write. @returns whether its condition held. */
async function onCondition(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
