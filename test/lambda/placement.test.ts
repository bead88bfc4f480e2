import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiServer, S3, TestCloud } from 'small-cloud/testing';
import { emptyBucket, place } from '../../lambda/bucket-content/placement';
import { bucketOf } from '../../lambda/bucket-content/s3-bucket';

const bucket = 'site';
const cloud = new TestCloud();
const s3 = new S3(cloud);
const folder = mkdtempSync(join(tmpdir(), 'placement-'));
const former = { ...process.env };
let server: ApiServer;
let client: S3Client;

beforeAll(async () => {
  const handler = s3.api['s3'];
  if (handler === undefined) throw new Error('S3 has no handler');
  server = new ApiServer(handler);
  await cloud.create(s3, 'AWS::S3::Bucket', 'Site', { BucketName: bucket });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await server.start(),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  });
  client = new S3Client({});
});

afterAll(async () => {
  client.destroy();
  await server.stop();
  await s3.stop();
  cloud.remove();
  rmSync(folder, { recursive: true, force: true });
  process.env = former;
});

beforeEach(async () => {
  await emptyBucket(site());
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, 'icons'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<p>1</p>');
  writeFileSync(join(folder, 'chunk-ABCD1234.js'), 'code');
  writeFileSync(join(folder, 'icons', 'live.svg'), '<svg/>');
});

const site = () => bucketOf(client, bucket);

async function keys(): Promise<readonly (string | undefined)[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key }) => Key);
}

describe('the content of a bucket', () => {
  test('is the files of the folder, those below it too, and the configuration', async () => {
    const changed = await place(site(), { folder, config: '{"title":"live"}' });
    expect(await keys()).toEqual(['chunk-ABCD1234.js', 'config.json', 'icons/live.svg', 'index.html']);
    expect([...changed].sort()).toEqual(await keys());
  });

  test('has the type that browsers need, and is cached for as long as it cannot change', async () => {
    await place(site(), { folder, config: '{}' });
    const head = async (Key: string) => {
      const { ContentType, CacheControl } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return { ContentType, CacheControl };
    };
    expect(await head('index.html')).toEqual({
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'public, max-age=60',
    });
    expect(await head('config.json')).toEqual({ ContentType: 'application/json', CacheControl: 'public, max-age=60' });
    expect(await head('chunk-ABCD1234.js')).toEqual({
      ContentType: 'text/javascript; charset=utf-8',
      CacheControl: 'public, max-age=31536000, immutable',
    });
  });

  test('is changed only where it differs, and what is no longer wanted is removed', async () => {
    await place(site(), { folder, config: '{}' });
    writeFileSync(join(folder, 'index.html'), '<p>2</p>');
    rmSync(join(folder, 'chunk-ABCD1234.js'));
    writeFileSync(join(folder, 'chunk-EFGH5678.js'), 'other code');
    expect([...(await place(site(), { folder, config: '{}' }))].sort()).toEqual([
      'chunk-ABCD1234.js',
      'chunk-EFGH5678.js',
      'index.html',
    ]);
    expect(await keys()).toEqual(['chunk-EFGH5678.js', 'config.json', 'icons/live.svg', 'index.html']);
  });

  test('is nothing once it was emptied, again and again, even of a bucket that is gone', async () => {
    await place(site(), { folder, config: '{}' });
    await emptyBucket(site());
    await emptyBucket(site());
    await emptyBucket(bucketOf(client, 'never-made'));
    expect(await keys()).toEqual([]);
  });
});
