import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ORIGIN_ACCESS } from '../../src/contract';
import { Buckets } from '../../src/services/kit/objects/buckets';
import type { S3 } from '../../src/services/s3/s3';
import { writeCondition } from '../../src/services/s3/write-condition';
import type { ApiServer } from './api-server';
import { askAsEdge } from './as-edge';
import { openS3, type S3Field } from './s3-field';
import type { TestCloud } from './test-cloud';

const Bucket = 'recordings';
const DISTRIBUTION = 'arn:aws:cloudfront::111122223333:distribution/E1';
const Key = 'vod/catalogue.json';
let cloud: TestCloud;
let s3: S3;
let server: ApiServer;
let client: S3Client;
let field: S3Field;

beforeEach(async () => {
  field = await openS3('Recordings', { BucketName: Bucket });
  ({ cloud, s3, server, client } = field);
});

afterEach(() => field.close());

const put = (body: string, rest = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: body, ...rest }));
const text = async (key = Key) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
  return Body?.transformToString();
};
const copy = (rest = {}) =>
  client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}`, ...rest }));

describe('a write with a condition', () => {
  test('replaces the object that the caller has read, and no other', async () => {
    const { ETag } = await put('one');
    await put('two', { IfMatch: ETag });
    expect(await text()).toBe('two');
    await expect(put('three', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await text()).toBe('two');
  });

  test('finds no object to replace', async () => {
    await expect(put('one', { IfMatch: '"x"' })).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('is won by one of several at the same time, and no write is lost', async () => {
    const { ETag } = await put('{"n":0}');
    const writes = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => put(`{"n":${n}}`, { IfMatch: ETag })));
    const won = writes.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(await text()).toBe(`{"n":${writes.findIndex(({ status }) => status === 'fulfilled') + 1}}`);
    const created = await Promise.allSettled([1, 2, 3].map(() => put('new', { Key: 'fresh', IfNoneMatch: '*' })));
    expect(created.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('conflicts with a deletion that happens meanwhile', async () => {
    const buckets = new Buckets(join(cloud.folder, 'own'), 'aws');
    const bucket = await buckets.create(Bucket);
    const { etag } = await buckets.put(bucket, Key, Buffer.from('one'), { headers: {}, checksum: undefined });
    const condition = writeCondition({ headers: { 'if-match': etag } }, bucket, Key);
    await buckets.remove(bucket, Key);
    const late = buckets.put(bucket, Key, Buffer.from('two'), { headers: {}, checksum: undefined, condition });
    await expect(late).rejects.toMatchObject({ code: 'ConditionalRequestConflict', status: 409 });
    expect(readdirSync(join(cloud.folder, 'own', Bucket))).toEqual([]);
  });

  test('holds for an upload in parts as well', async () => {
    await put('one');
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'two' }));
    const Parts = [{ PartNumber: 1, ETag: part.ETag }];
    const complete = { Bucket, Key, UploadId, MultipartUpload: { Parts } };
    await expect(
      client.send(new CompleteMultipartUploadCommand({ ...complete, IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await client.send(new CompleteMultipartUploadCommand(complete));
    expect(await text()).toBe('two');
  });

  test('on the entity tag needs the right to read the object', async () => {
    const { ETag } = await put('one');
    server.roleArn = await cloud.role('Writer', ['s3:PutObject', `arn:aws:s3:::${Bucket}/*`]);
    await put('two');
    await expect(put('three', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:GetObject'),
    });
  });
});

describe('a copy', () => {
  test('has the body and the headers of its source, or headers of its own', async () => {
    const { ETag } = await put('one', { ContentType: 'application/json', CacheControl: 'max-age=5' });
    const answer = await copy();
    expect(answer.CopyObjectResult).toMatchObject({ ETag, LastModified: expect.any(Date) });
    expect(await text('copy')).toBe('one');
    const head = () => client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }));
    expect(await head()).toMatchObject({ ContentType: 'application/json', CacheControl: 'max-age=5' });
    await copy({ MetadataDirective: 'REPLACE', ContentType: 'image/jpeg' });
    expect(await head()).toMatchObject({ ContentType: 'image/jpeg' });
    expect((await head()).CacheControl).toBeUndefined();
  });

  test('reads a source whose key needs encoding', async () => {
    await put('one', { Key: 'a folder/ä+.txt' });
    await copy({ CopySource: encodeURIComponent(`${Bucket}/a folder/ä+.txt`) });
    expect(await text('copy')).toBe('one');
  });

  test('is refused without a source, onto itself, or when its condition does not hold', async () => {
    await expect(copy()).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('one');
    await expect(copy({ Key })).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(copy({ CopySourceIfMatch: '"x"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(copy({ CopySource: 'elsewhere/a' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await copy();
    await expect(copy({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('needs the right to read its source', async () => {
    await put('one');
    server.roleArn = await cloud.role('Writer', ['s3:PutObject', `arn:aws:s3:::${Bucket}/*`]);
    await expect(copy()).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('a policy of the bucket', () => {
  test('denies a role what its own policies allow', async () => {
    await put('one');
    await cloud.create(s3, 'AWS::S3::BucketPolicy', 'Policy', {
      Bucket,
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/vod/*` },
        ],
      },
    });
    server.roleArn = await cloud.role('Writer', ['s3:*', '*']);
    expect(await text()).toBe('one');
    await expect(put('two')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    });
  });

  test('lets the edge read an object with the headers that it was written with', async () => {
    await cloud.create(s3, 'AWS::S3::BucketPolicy', 'Policy', {
      Bucket,
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: `arn:aws:s3:::${Bucket}/vod/*`,
            Condition: { StringEquals: { 'AWS:SourceArn': DISTRIBUTION } },
          },
        ],
      },
    });
    await put('one', { ContentType: 'application/json', CacheControl: 'max-age=5' });
    await put('secret', { Key: 'runs/main/1.json' });
    const name = `${Bucket}.s3.eu-west-1.amazonaws.com`;
    const headers = { [ORIGIN_ACCESS.principal]: 'cloudfront.amazonaws.com', [ORIGIN_ACCESS.source]: DISTRIBUTION };
    const ask = (key: string) => askAsEdge(`${cloud.names.resolve(name)}/${key}`, name, { headers });
    const answer = await ask(Key);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('cache-control')).toBe('max-age=5');
    expect((await ask('runs/main/1.json')).status).toBe(403);
  });
});
