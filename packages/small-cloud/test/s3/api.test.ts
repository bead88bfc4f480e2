import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { S3 } from '../../src/services/s3/s3';
import type { ApiServer } from './api-server';
import { openS3, type S3Field } from './s3-field';
import type { TestCloud } from './test-cloud';

const Bucket = 'media';
let cloud: TestCloud;
let s3: S3;
let server: ApiServer;
let client: S3Client;
let field: S3Field;

beforeEach(async () => {
  field = await openS3('Media', { BucketName: Bucket });
  ({ cloud, s3, server, client } = field);
});

afterEach(() => field.close());

const put = (Key: string, Body: string | Buffer | Readable, rest = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...rest }));

describe('the S3 API, through the real SDK', () => {
  test('keeps an object with its metadata', async () => {
    const sent = await put('a folder/clip ä+.txt', 'hello', {
      ContentType: 'text/plain',
      CacheControl: 'max-age=5',
      Metadata: { word: 'x' },
    });
    expect(sent.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'a folder/clip ä+.txt' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({
      ContentType: 'text/plain',
      CacheControl: 'max-age=5',
      Metadata: { word: 'x' },
      ETag: sent.ETag,
      ChecksumCRC32: sent.ChecksumCRC32,
    });
  });

  test('takes a stream, which the SDK sends in chunks with a checksum at the end', async () => {
    const body = Buffer.alloc(200_000, 'live');
    await put('stream.bin', Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]), {
      ContentLength: body.length,
    });
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'stream.bin' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
    expect(got.ContentEncoding).toBeUndefined();
  });

  test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)('verifies %s', async (ChecksumAlgorithm) => {
    const answer = await put('sum', 'x', { ChecksumAlgorithm });
    expect(answer[`Checksum${ChecksumAlgorithm}`]).toEqual(expect.any(String));
  });

  test('refuses a body that does not match its checksum', async () => {
    await expect(put('bad', 'hello', { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
    expect(s3.file(Bucket, 'bad')).toBeUndefined();
  });

  test('answers a range, a condition and a HEAD', async () => {
    const { ETag } = await put('digits', '0123456789');
    const range = await client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=2-4' }));
    expect([range.ContentRange, await range.Body?.transformToString()]).toEqual(['bytes 2-4/10', '234']);
    const tail = await client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=-3' }));
    expect(await tail.Body?.transformToString()).toBe('789');
    await expect(
      client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=10-' })),
    ).rejects.toMatchObject({
      name: 'InvalidRange',
    });
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'digits', IfNoneMatch: ETag }))).rejects.toMatchObject(
      {
        $metadata: { httpStatusCode: 304 },
      },
    );
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'digits' }));
    expect(head).toMatchObject({ ContentLength: 10, ETag, LastModified: expect.any(Date) });
  });

  test('overwrites an object, but not with If-None-Match', async () => {
    await put('key', 'one');
    await put('key', 'two');
    expect(readFileSync(s3.file(Bucket, 'key') ?? '', 'utf8')).toBe('two');
    await expect(put('key', 'three', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('lists in pages, below a prefix, folded at a delimiter', async () => {
    for (const key of ['b/2', 'a', 'b/1', 'b/c/1', 'b/c/2', 'c<&']) await put(key, key);
    const list = (input = {}) => client.send(new ListObjectsV2Command({ Bucket, ...input }));
    const keys = (answer: { Contents?: { Key?: string }[] }) => answer.Contents?.map(({ Key }) => Key);
    expect(keys(await list())).toEqual(['a', 'b/1', 'b/2', 'b/c/1', 'b/c/2', 'c<&']);
    const folded = await list({ Prefix: 'b/', Delimiter: '/' });
    expect([keys(folded), folded.CommonPrefixes]).toEqual([['b/1', 'b/2'], [{ Prefix: 'b/c/' }]]);
    const first = await list({ MaxKeys: 4 });
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 4 });
    const second = await list({ MaxKeys: 4, ContinuationToken: first.NextContinuationToken });
    expect([keys(second), second.IsTruncated]).toEqual([['b/c/2', 'c<&'], false]);
    expect(keys(await list({ StartAfter: 'b/c/2', EncodingType: 'url' }))).toEqual(['c%3C%26']);
  });

  test('lists every object as the one version of an unversioned bucket', async () => {
    await put('a', 'a');
    await put('b', 'b');
    const first = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1 }));
    expect(first.Versions).toMatchObject([{ Key: 'a', VersionId: 'null', IsLatest: true }]);
    const second = await client.send(new ListObjectVersionsCommand({ Bucket, KeyMarker: first.NextKeyMarker }));
    expect(second.Versions?.map(({ Key }) => Key)).toEqual(['b']);
  });

  test('deletes one object and many, missing ones too', async () => {
    for (const key of ['a', 'b', 'c&d']) await put(key, key);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'never' }));
    const Objects = [{ Key: 'b' }, { Key: 'c&d', VersionId: 'null' }, { Key: 'never' }];
    const answer = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(['b', 'c&d', 'never']);
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  test('knows its bucket and its Region', async () => {
    expect((await client.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('eu-west-1');
    const location = await client.send(new GetBucketLocationCommand({ Bucket }));
    expect(location.LocationConstraint).toBe('eu-west-1');
  });

  test('answers a missing bucket and a missing key in the words of S3', async () => {
    const get = (bucket: string) => client.send(new GetObjectCommand({ Bucket: bucket, Key: 'none' }));
    await expect(get(Bucket)).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
    });
    await expect(get('nobucket')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('refuses operations that are not modelled, by name', async () => {
    await put('a', 'a');
    await expect(client.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'NotImplemented' });
    const dated = { Bucket, Key: 'b', CopySource: `${Bucket}/a`, CopySourceIfModifiedSince: new Date(0) };
    await expect(client.send(new CopyObjectCommand(dated))).rejects.toThrow('x-amz-copy-source-if-modified-since');
    const checked = new DeleteObjectCommand({ Bucket, Key: 'a', IfMatch: '"x"' });
    await expect(client.send(checked)).rejects.toThrow('If-Match of DeleteObject');
    await expect(put('t', 't', { Tagging: 'a=b' })).rejects.toThrow('x-amz-tagging');
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId: '7' }))).rejects.toThrow('versionId');
  });
});

describe('a role', () => {
  test('may do what its policies allow, and is refused with the missing action', async () => {
    await put('a', 'a');
    server.roleArn = await cloud.role('Reader', ['s3:GetObject', `arn:aws:s3:::${Bucket}/*`]);
    const get = (Key: string) => client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await (await get('a')).Body?.transformToString()).toBe('a');
    await expect(put('b', 'b')).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
      message: `User: ${server.roleArn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::media/b" because no identity-based policy allows the s3:PutObject action`,
    });
    // Without s3:ListBucket, a missing key is not admitted.
    await expect(get('none')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('has each object of DeleteObjects judged on its own', async () => {
    for (const key of ['mine', 'yours']) await put(key, key);
    server.roleArn = await cloud.role('Cleaner', ['s3:DeleteObject', `arn:aws:s3:::${Bucket}/mine`]);
    const Objects = [{ Key: 'mine' }, { Key: 'yours' }];
    const answer = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(answer.Deleted).toMatchObject([{ Key: 'mine' }]);
    expect(answer.Errors).toMatchObject([{ Key: 'yours', Code: 'AccessDenied' }]);
    expect(s3.file(Bucket, 'yours')).toBeDefined();
  });
});
