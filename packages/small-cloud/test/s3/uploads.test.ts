import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { S3 } from '../../src/services/s3/s3';
import type { ApiServer } from './api-server';
import { openS3, type S3Field } from './s3-field';
import type { TestCloud } from './test-cloud';

const Bucket = 'media';
const Key = 'a folder/big.bin';
let cloud: TestCloud;
let s3: S3;
let server: ApiServer;
let client: S3Client;
let field: S3Field;

beforeEach(async () => {
  field = await openS3('Media', {
    BucketName: Bucket,
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:key' } },
      ],
    },
  });
  ({ cloud, s3, server, client } = field);
});

afterEach(() => field.close());

const begin = async () => {
  const ContentType = 'video/mp4';
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType }));
  return UploadId;
};
const part = async (UploadId: string | undefined, PartNumber: number, Body: Buffer) => {
  const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
};
const complete = (UploadId: string | undefined, Parts: { PartNumber: number; ETag: string | undefined }[]) =>
  client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));

const BIG = Buffer.alloc(5 * 1024 * 1024, 'live');

describe('an upload in parts', () => {
  test('is one object when it is complete, and none before', async () => {
    const UploadId = await begin();
    const second = await part(UploadId, 2, Buffer.from('end'));
    const first = await part(UploadId, 1, BIG);
    expect(s3.file(Bucket, Key)).toBeUndefined();
    const { ETag } = await complete(UploadId, [first, second]);
    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect([got.ContentType, got.ETag, got.ContentLength]).toEqual(['video/mp4', ETag, BIG.length + 3]);
    expect(
      Buffer.from((await got.Body?.transformToByteArray()) ?? [])
        .subarray(-3)
        .toString(),
    ).toBe('end');
    await expect(complete(UploadId, [first, second])).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(readdirSync(join(cloud.folder, 's3-uploads'))).toEqual([]);
  });

  test('keeps its parts as files, and the last one of a number', async () => {
    const UploadId = await begin();
    const first = await part(UploadId, 1, BIG);
    await part(UploadId, 2, Buffer.from('first try'));
    const second = await part(UploadId, 2, Buffer.from('end'));
    const [folder = ''] = readdirSync(join(cloud.folder, 's3-uploads'));
    const files = readdirSync(join(cloud.folder, 's3-uploads', folder));
    expect(files.map((name) => name.split('-')[0]).sort()).toEqual(['1', '2', '2']);
    await complete(UploadId, [first, second]);
    expect(readFileSync(s3.file(Bucket, Key) ?? '')).toEqual(Buffer.concat([BIG, Buffer.from('end')]));
  });

  test('is gone when it is aborted', async () => {
    const UploadId = await begin();
    await part(UploadId, 1, BIG);
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect(readdirSync(join(cloud.folder, 's3-uploads'))).toEqual([]);
    await expect(part(UploadId, 1, BIG)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  test('refuses parts that are missing, out of order, or too small', async () => {
    const UploadId = await begin();
    const [small, last] = [await part(UploadId, 1, Buffer.from('a')), await part(UploadId, 2, Buffer.from('b'))];
    await expect(complete(UploadId, [small, last])).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete(UploadId, [last, small])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete(UploadId, [{ PartNumber: 3, ETag: 'x' }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(part(UploadId, 10_001, BIG)).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(client.send(new ListPartsCommand({ Bucket, Key, UploadId }))).rejects.toMatchObject({
      name: 'NotImplemented',
    });
  });

  test('needs s3:PutObject of a role', async () => {
    server.roleArn = await cloud.role('Reader', ['s3:GetObject', '*']);
    await expect(begin()).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('a bucket with a key of KMS', () => {
  test('says so, and keeps its objects as they are', async () => {
    const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:key' } },
    ]);
    server.roleArn = await cloud.role('Reader', ['s3:GetEncryptionConfiguration', `arn:aws:s3:::${Bucket}`]);
    await client.send(new GetBucketEncryptionCommand({ Bucket }));
    server.roleArn = await cloud.role('Other', ['s3:GetObject', '*']);
    await expect(client.send(new GetBucketEncryptionCommand({ Bucket }))).rejects.toThrow(
      's3:GetEncryptionConfiguration',
    );
  });
});
