import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ORIGIN_ACCESS, type Properties, UnsupportedError } from '../../src/contract';
import { S3 } from '../../src/services/s3/s3';
import { askAsEdge, type EdgeRequest } from './as-edge';
import { TestCloud } from './test-cloud';

let cloud: TestCloud;
let s3: S3;

beforeEach(() => {
  cloud = new TestCloud();
  s3 = new S3(cloud);
});

afterEach(async () => {
  await s3.stop();
  cloud.remove();
});

const bucket = (properties: Properties = {}) => cloud.create(s3, 'AWS::S3::Bucket', 'SiteBucket', properties);

async function put(name: string, key: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  const request = {
    method: 'PUT',
    path: `/${name}/${key}`,
    query: new URLSearchParams(),
    headers,
    body: Buffer.from(body),
  };
  const answer = await s3.api['s3']?.({ ...request, roleArn: undefined });
  expect(answer?.status).toBe(200);
}

describe('a bucket', () => {
  test('of an ordinary private CDK template is taken as it is', async () => {
    const made = await bucket({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LifecycleConfiguration: { Rules: [] },
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: 'logs' },
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(made.ref).toMatch(/^live-sitebucket-[0-9a-f]{12}$/);
    expect(made.attribute('Arn')).toBe(`arn:aws:s3:::${made.ref}`);
    expect(made.attribute('DomainName')).toBe(`${made.ref}.s3.amazonaws.com`);
    expect(made.attribute('RegionalDomainName')).toBe(`${made.ref}.s3.eu-west-1.amazonaws.com`);
    expect(cloud.names.resolve(made.attribute('RegionalDomainName'))).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
  });

  test('keeps an object in a file with the extension of its key', async () => {
    const made = await bucket();
    await put(made.ref, 'a/clip.mp4', 'x');
    expect(s3.file(made.ref, 'a/clip.mp4')).toMatch(/\.mp4$/);
    expect(s3.file(made.ref, 'none')).toBeUndefined();
  });

  test('is deleted when it is empty, and only then', async () => {
    const made = await bucket({ BucketName: 'site' });
    await put('site', 'a', 'x');
    await expect(made.delete()).rejects.toThrow('The bucket you tried to delete is not empty');
    const file = s3.file('site', 'a') ?? '';
    const request = {
      path: '/site/a',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.alloc(0),
      roleArn: undefined,
    };
    await s3.api['s3']?.({ method: 'DELETE', ...request });
    expect(existsSync(file)).toBe(false);
    await made.delete();
    expect(cloud.names.resolve(made.attribute('RegionalDomainName'))).toBeUndefined();
  });

  test.each<[string, Properties, string]>([
    [
      'encryption in two layers',
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } }],
        },
      },
      'SSEAlgorithm',
    ],
    ['a website', { WebsiteConfiguration: {} }, 'SiteBucket.WebsiteConfiguration'],
  ])('refuses %s', async (_, properties, sentence) => {
    await expect(bucket(properties)).rejects.toThrow(UnsupportedError);
    await expect(bucket(properties)).rejects.toThrow(sentence);
  });

  test('refuses a name that is taken, and one that is not valid', async () => {
    await bucket({ BucketName: 'site' });
    await expect(bucket({ BucketName: 'site' })).rejects.toThrow('you already own it');
    await expect(bucket({ BucketName: '../site' })).rejects.toThrow('not valid');
  });
});

describe('what the edge reads of a bucket', () => {
  const edge = 'arn:aws:cloudfront::111122223333:distribution/E1';
  const asEdge = (arn = edge) => ({
    [ORIGIN_ACCESS.principal]: 'cloudfront.amazonaws.com',
    [ORIGIN_ACCESS.source]: arn,
  });
  const statement = (Action: string, Resource: string) => ({
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action,
    Resource,
    Condition: { StringEquals: { 'AWS:SourceArn': edge } },
  });

  async function site(...statements: Properties[]) {
    return siteWith({}, ...statements);
  }

  async function siteWith(properties: Properties, ...statements: Properties[]) {
    const made = await bucket({ BucketName: 'site', ...properties });
    const policy = await cloud.create(s3, 'AWS::S3::BucketPolicy', 'Policy', {
      Bucket: made.ref,
      PolicyDocument: { Statement: statements },
    });
    await put('site', 'index.html', '0123456789', { 'content-type': 'text/html', 'cache-control': 'max-age=60' });
    const host = made.attribute('RegionalDomainName');
    const base = cloud.names.resolve(host);
    const get = (key: string, asked: EdgeRequest = {}) => askAsEdge(`${base}/${key}`, host, asked);
    return { policy, get };
  }
  const read = statement('s3:GetObject', 'arn:aws:s3:::site/*');

  test('is the object, when the policy names the distribution', async () => {
    const { get } = await site(read);
    const answer = await get('index.html', { headers: asEdge() });
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789']);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.headers.get('cache-control')).toBe('max-age=60');
    const part = await get('index.html', { headers: { ...asEdge(), range: 'bytes=8-' } });
    expect([part.status, await part.text()]).toEqual([206, '89']);
    const head = await get('index.html', { method: 'HEAD', headers: asEdge() });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
    const unchanged = await get('index.html', {
      headers: { ...asEdge(), 'if-none-match': head.headers.get('etag') ?? '' },
    });
    expect(unchanged.status).toBe(304);
  });

  test('is denied to everybody else', async () => {
    const { get, policy } = await site(read);
    expect((await get('index.html')).status).toBe(403);
    expect((await get('index.html', { headers: asEdge(`${edge}2`) })).status).toBe(403);
    const answer = await get('index.html', {
      headers: { ...asEdge(), [ORIGIN_ACCESS.principal]: 'lambda.amazonaws.com' },
    });
    expect(await answer.text()).toContain('<Code>AccessDenied</Code><Message>Access Denied</Message>');
    expect((await get('index.html', { headers: asEdge() })).status).toBe(200);
    await policy.delete();
    expect((await get('index.html', { headers: asEdge() })).status).toBe(403);
  });

  describe('of a page of another origin', () => {
    const page = { origin: 'https://tv.example', 'access-control-request-method': 'GET' };
    const cors = (rule: Properties) => ({ CorsConfiguration: { CorsRules: [rule] } });
    const ask = (get: Awaited<ReturnType<typeof siteWith>>['get'], headers: Record<string, string>) =>
      get('index.html', { method: 'OPTIONS', headers: { ...asEdge(), ...headers } });

    test('is refused where the bucket has no rules', async () => {
      const answer = await ask((await site(read)).get, page);
      expect([answer.status, await answer.text()]).toEqual([
        403,
        expect.stringContaining('CORS is not enabled for this bucket'),
      ]);
    });

    test('is answered when it fits a rule, and refused otherwise', async () => {
      const rule = {
        AllowedOrigins: ['https://*.example'],
        AllowedMethods: ['GET'],
        AllowedHeaders: ['cmcd-*'],
        MaxAge: 9,
      };
      const { get } = await siteWith(cors(rule), read);
      const answer = await ask(get, { ...page, 'access-control-request-headers': 'CMCD-Request, cmcd-object' });
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': 'https://tv.example',
        'access-control-allow-methods': 'GET',
        'access-control-allow-headers': 'cmcd-request, cmcd-object',
        'access-control-max-age': '9',
      });
      const others: readonly (readonly [headers: Record<string, string>, status: number])[] = [
        [{ ...page, origin: 'https://other.test' }, 403],
        [{ ...page, 'access-control-request-method': 'PUT' }, 403],
        [{ ...page, 'access-control-request-headers': 'authorization' }, 403],
        [{ origin: page.origin }, 400],
        [{ 'access-control-request-method': 'GET' }, 400],
      ];
      for (const [headers, status] of others) expect((await ask(get, headers)).status).toBe(status);
    });

    test('carries the headers of its rule', async () => {
      const { get } = await siteWith(cors({ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }), read);
      const answer = await get('index.html', { headers: { ...asEdge(), origin: page.origin } });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    });
  });

  test('does not admit that a key is missing, unless the policy lets the edge list', async () => {
    const { get } = await site(read);
    expect((await get('none', { headers: asEdge() })).status).toBe(403);
  });

  test('admits to an edge that may list that a key is missing', async () => {
    const { get } = await site(read, statement('s3:ListBucket', 'arn:aws:s3:::site'));
    const answer = await get('none', { headers: asEdge() });
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('NoSuchKey')]);
  });
});
