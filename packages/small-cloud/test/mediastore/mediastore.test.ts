import { DescribeContainerCommand, MediaStoreClient } from '@aws-sdk/client-mediastore';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mediaStoreOf } from '../../../../lambda/container-content/container';
import { type MediaStore as Control, emptied } from '../../../../lambda/container-content/emptying';
import { ORIGIN_ACCESS } from '../../src/contract';
import { MediaStore } from '../../src/services/mediastore/mediastore';
import { ApiServer } from '../s3/api-server';
import { TestCloud } from '../s3/test-cloud';

const cloud = new TestCloud();
const former = { ...process.env };
let apiUrl = '';
const mediaStore = new MediaStore(cloud, () => apiUrl);
let server: ApiServer;
let client: MediaStoreClient;
let control: Control;
const work = () => ({ mediaStore: control, clock: { now: () => 0 }, deadline: 1 });

const Policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 'mediastore:GetObject',
      Resource: 'arn:aws:mediastore:eu-west-1:111122223333:container/live/*',
      Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' }, Bool: { 'aws:SecureTransport': 'true' } },
    },
  ],
});

beforeAll(async () => {
  const handler = mediaStore.api['mediastore'];
  if (handler === undefined) throw new Error('MediaStore has no handler');
  server = new ApiServer(handler);
  apiUrl = await server.start();
  await mediaStore.start();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: apiUrl,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  });
  client = new MediaStoreClient({ maxAttempts: 1 });
  control = mediaStoreOf(client);
});

afterAll(async () => {
  client.destroy();
  await server.stop();
  await mediaStore.stop();
  cloud.remove();
  process.env = former;
});

const create = (ContainerName = 'live') =>
  cloud.create(mediaStore, 'AWS::MediaStore::Container', 'Container', { ContainerName, Policy });

describe('a MediaStore container', () => {
  test('is read by the edge as its policy allows, and by no other caller', async () => {
    const container = await create();
    const { host } = new URL(container.attribute('Endpoint'));
    const url = `${mediaStore.bucket(host)?.url}live/main/index.m3u8`;
    expect((await fetch(url, { method: 'PUT', body: '#EXTM3U\n' })).status).toBe(200);
    const edge = {
      [ORIGIN_ACCESS.principal]: 'cloudfront.amazonaws.com',
      [ORIGIN_ACCESS.source]: 'arn:aws:cloudfront::111122223333:distribution/E1',
    };
    const read = (path: string, headers = {}) => fetch(`${cloud.names.resolve(host)}/${path}`, { headers });
    expect(await (await read('live/main/index.m3u8', edge)).text()).toBe('#EXTM3U\n');
    expect((await read('live/main/never.m3u8', edge)).status).toBe(404);
    expect((await read('live/main/index.m3u8')).status).toBe(403);
    await fetch(url, { method: 'DELETE' });
    await container.delete();
    expect(cloud.names.resolve(host)).toBeUndefined();
  });

  test('is deleted when it is empty, and not before; the function of the stack empties it', async () => {
    const container = await create();
    const { host } = new URL(container.attribute('Endpoint'));
    const paths = ['live/main/index.m3u8', 'live/main/a b+ä.ts', 'live/stage/1.ts', 'top.txt'];
    for (const path of paths) {
      const key = path.split('/').map(encodeURIComponent).join('/');
      await fetch(`${mediaStore.bucket(host)?.url}${key}`, { method: 'PUT', body: 'x' });
    }
    await expect(container.delete()).rejects.toMatchObject({ code: 'ContainerInUseException' });
    const endpoint = (await control.endpoint('live')) ?? '';
    expect(await control.list(endpoint, '')).toEqual({
      items: [
        { name: 'live', type: 'FOLDER' },
        { name: 'top.txt', type: 'OBJECT' },
      ],
    });
    expect(await emptied('live', work())).toBe('emptied');
    await container.delete();
    expect(await emptied('live', work())).toBe('gone');
  });

  test('is listed in pages, more than a thousand objects', async () => {
    const container = await create('many');
    const { host } = new URL(container.attribute('Endpoint'));
    const url = mediaStore.bucket(host)?.url;
    for (let index = 0; index < 1001; index += 1) await fetch(`${url}live/${index}.ts`, { method: 'PUT', body: 'x' });
    const endpoint = (await control.endpoint('many')) ?? '';
    const { items, next } = await control.list(endpoint, 'live');
    expect(items).toHaveLength(1000);
    expect((await control.list(endpoint, 'live', next)).items).toHaveLength(1);
    expect(await emptied('many', work())).toBe('emptied');
    await container.delete();
  }, 300_000);

  test('is described, and other calls are refused by name', async () => {
    const container = await create();
    const { Container } = await client.send(new DescribeContainerCommand({ ContainerName: 'live' }));
    expect(Container).toMatchObject({
      Name: 'live',
      ARN: 'arn:aws:mediastore:eu-west-1:111122223333:container/live',
      Status: 'ACTIVE',
    });
    await expect(client.send(new DescribeContainerCommand({ ContainerName: 'other' }))).rejects.toMatchObject({
      name: 'ContainerNotFoundException',
    });
    const headers = { 'x-amz-target': 'MediaStore_20170901.DeleteContainer' };
    const request = { method: 'POST', path: '/', query: new URLSearchParams(), headers, body: Buffer.alloc(0) };
    await expect(mediaStore.api['mediastore']?.({ ...request, roleArn: undefined })).rejects.toThrow(
      'MediaStore DeleteContainer is not modelled by the local run',
    );
    await container.delete();
  });

  test('lets a role do what its policies say and nothing else', async () => {
    const container = await create();
    const arn = 'arn:aws:mediastore:eu-west-1:111122223333:container/live';
    const { host } = new URL(container.attribute('Endpoint'));
    await fetch(`${mediaStore.bucket(host)?.url}live/1.ts`, { method: 'PUT', body: 'x' });
    const roleArn = await cloud.role('Emptier', ['mediastore:DeleteObject', `${arn}/*`]);
    const ask = (method: string, path: string) =>
      mediaStore.api['mediastore']?.({
        method,
        path: `/${host.split('.')[0]}/${path}`,
        query: new URLSearchParams(),
        headers: {},
        body: Buffer.alloc(0),
        roleArn,
      });
    expect((await ask('GET', 'live/1.ts'))?.status).toBe(403);
    expect((await ask('GET', ''))?.status).toBe(403);
    expect((await ask('DELETE', 'live/1.ts'))?.status).toBe(200);
    await container.delete();
  });
});
