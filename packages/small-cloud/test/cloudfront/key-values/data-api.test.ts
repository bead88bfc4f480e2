import '@aws-sdk/signature-v4a';
import { Agent } from 'node:http';
import {
  CloudFrontKeyValueStoreClient,
  DeleteKeyCommand,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  ListKeysCommand,
  PutKeyCommand,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../../../src/api-server';
import { Credentials, type Keys } from '../../../src/wire/credentials';
import { sent, signer } from '../../wire/wire';
import { TestEdge } from '../test-edge';

let edge: TestEdge;
let server: ApiServer;
let credentials: Credentials;
let KvsARN: string;
let client: CloudFrontKeyValueStoreClient;

beforeEach(async () => {
  edge = new TestEdge((_, response) => void response.end());
  credentials = new Credentials();
  server = new ApiServer(edge.cloud, {
    services: [edge.service],
    credentials,
    responses: { receive: () => ({ status: 200 }) },
  });
  await server.start();
  const store = await edge.create('KeyValueStore', { Name: 'tokens' });
  KvsARN = store.attribute('Arn');
  client = clientWith(credentials.operator);
});

afterEach(async () => {
  client.destroy();
  await server.stop();
  await edge.stop();
});

/** Makes a client as a function has it: `localhost` in the endpoint, and a resolver that leads names below it to loopback. */
function clientWith(keys: Keys): CloudFrontKeyValueStoreClient {
  const httpAgent = new Agent({
    lookup: (_host, { all }, found) =>
      all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4),
  });
  const { sessionToken } = keys;
  return new CloudFrontKeyValueStoreClient({
    endpoint: server.url.replace('127.0.0.1', 'localhost'),
    region: 'us-east-1',
    credentials: sessionToken === undefined ? keys : { ...keys, sessionToken },
    requestHandler: { httpAgent },
    maxAttempts: 1,
  });
}

async function etag(): Promise<string> {
  const { ETag = '' } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
  return ETag;
}

const put = async (Key: string, Value: string) =>
  client.send(new PutKeyCommand({ KvsARN, Key, Value, IfMatch: await etag() }));

describe('the API of key value stores, with the client of AWS', () => {
  test('describes a store', async () => {
    await put('k', 'väl');
    const described = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
    expect(described).toMatchObject({ KvsARN, ItemCount: 1, TotalSizeInBytes: 5, Status: 'READY' });
    expect(described.Created).toBeInstanceOf(Date);
    expect(described.ETag).toBeTruthy();
  });

  test('puts, gets and deletes a key, and makes another version of the store each time', async () => {
    const before = await etag();
    const { ETag } = await put('r/a b', '1');
    expect(ETag).not.toBe(before);
    expect(await client.send(new GetKeyCommand({ KvsARN, Key: 'r/a b' }))).toMatchObject({ Key: 'r/a b', Value: '1' });
    const gone = await client.send(new DeleteKeyCommand({ KvsARN, Key: 'r/a b', IfMatch: ETag }));
    expect(gone).toMatchObject({ ItemCount: 0, TotalSizeInBytes: 0 });
    await expect(client.send(new GetKeyCommand({ KvsARN, Key: 'r/a b' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('refuses a change of an older version', async () => {
    const IfMatch = await etag();
    await put('a', '1');
    await expect(client.send(new PutKeyCommand({ KvsARN, Key: 'b', Value: '2', IfMatch }))).rejects.toMatchObject({
      name: 'ConflictException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('applies an update all or nothing', async () => {
    await put('old', '1');
    const update = async (Puts: { Key: string; Value: string }[], Deletes: { Key: string }[] = []) =>
      client.send(new UpdateKeysCommand({ KvsARN, IfMatch: await etag(), Puts, Deletes }));
    const first = await update([{ Key: 'a', Value: '1' }], [{ Key: 'old' }]);
    expect(first.ItemCount).toBe(1);
    const broken = update([{ Key: 'b', Value: '1' }], [{ Key: 'none' }]);
    await expect(broken).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await client.send(new ListKeysCommand({ KvsARN }))).Items).toEqual([{ Key: 'a', Value: '1' }]);
  });

  test('lists ten keys at a time, or as many as the caller says', async () => {
    const Puts = Array.from({ length: 12 }, (_, index) => ({ Key: `k${String(index).padStart(2, '0')}`, Value: '' }));
    await client.send(new UpdateKeysCommand({ KvsARN, IfMatch: await etag(), Puts }));
    const first = await client.send(new ListKeysCommand({ KvsARN }));
    expect(first.Items).toHaveLength(10);
    const second = await client.send(new ListKeysCommand({ KvsARN, NextToken: first.NextToken }));
    expect([second.Items?.map(({ Key }) => Key), second.NextToken]).toEqual([['k10', 'k11'], undefined]);
    expect((await client.send(new ListKeysCommand({ KvsARN, MaxResults: 50 }))).Items).toHaveLength(12);
    await expect(client.send(new ListKeysCommand({ KvsARN, MaxResults: 51 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test.each([
    ['a key of 513 bytes', [{ Key: 'k'.repeat(513), Value: '' }], 'ValidationException'],
    ['a value of 1,025 bytes', [{ Key: 'k', Value: 'ä'.repeat(513) }], 'ValidationException'],
    ['51 keys', Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })), 'ValidationException'],
    ['a key twice', [1, 2].map(() => ({ Key: 'k', Value: '' })), 'ValidationException'],
  ])('refuses %s', async (_, Puts, name) => {
    const update = client.send(new UpdateKeysCommand({ KvsARN, IfMatch: await etag(), Puts }));
    await expect(update).rejects.toMatchObject({ name });
  });

  test('lets a role do what its policies allow on the ARN of the store', async () => {
    const role = await edge.cloud.role('Reader', ['cloudfront-keyvaluestore:DescribeKeyValueStore', KvsARN]);
    const reader = clientWith(credentials.issue(role));
    const { ETag: IfMatch } = await reader.send(new DescribeKeyValueStoreCommand({ KvsARN }));
    await expect(reader.send(new PutKeyCommand({ KvsARN, Key: 'a', Value: '1', IfMatch }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('cloudfront-keyvaluestore:PutKey'),
    });
    reader.destroy();
  });

  test('refuses other keys, and a signature of version 4', async () => {
    const forged = clientWith({ ...credentials.operator, secretAccessKey: 'guessed' });
    await expect(forged.send(new DescribeKeyValueStoreCommand({ KvsARN }))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    forged.destroy();
    const path = `/key-value-stores/${encodeURIComponent(KvsARN)}`;
    const request = { method: 'GET', path, service: 'cloudfront-keyvaluestore' };
    const answer = await sent(server.url, await signer(server.url, credentials.operator)(request));
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([403, 'IncompleteSignatureException']);
  });

  test('says that a store does not exist, or an operation is not modelled', async () => {
    const none = `${KvsARN.slice(0, -1)}x`;
    await expect(client.send(new DescribeKeyValueStoreCommand({ KvsARN: none }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
