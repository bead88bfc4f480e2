import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ORIGIN_ACCESS } from '../../src/contract';
import { S3 } from '../../src/services/s3/s3';
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

async function put(bucket: string, key: string): Promise<void> {
  const path = `/${bucket}/${key}`;
  const request = { method: 'PUT', path, query: new URLSearchParams(), headers: {}, body: Buffer.from('x') };
  await s3.api['s3']?.({ ...request, roleArn: undefined });
}

describe('updating a bucket', () => {
  test('keeps its objects', async () => {
    const bucket = await cloud.create(s3, 'AWS::S3::Bucket', 'Site', {});
    await put(bucket.ref, 'index.html');
    await bucket.update({ VersioningConfiguration: { Status: 'Enabled' }, Tags: [] });
    expect(s3.file(bucket.ref, 'index.html')).toBeDefined();
  });

  test('refuses in an update the properties that it refuses in a creation', async () => {
    const bucket = await cloud.create(s3, 'AWS::S3::Bucket', 'Site', {});
    await expect(bucket.update({ WebsiteConfiguration: {} })).rejects.toThrow('Site.WebsiteConfiguration');
  });

  test('gives a replacement another name', async () => {
    const one = await cloud.create(s3, 'AWS::S3::Bucket', 'Site', {});
    const other = await cloud.create(s3, 'AWS::S3::Bucket', 'Site', {});
    expect(one.ref).not.toBe(other.ref);
    expect(s3.resources['AWS::S3::Bucket']?.replacedBy).toEqual(['BucketName']);
  });
});

describe('updating the policy of a bucket', () => {
  test('lets another distribution in, and the old one no more', async () => {
    const bucket = await cloud.create(s3, 'AWS::S3::Bucket', 'Site', {});
    await put(bucket.ref, 'index.html');
    const forEdge = (edge: string) => ({
      Bucket: bucket.ref,
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: `${bucket.attribute('Arn')}/*`,
            Condition: { StringEquals: { 'AWS:SourceArn': edge } },
          },
        ],
      },
    });
    const statusFor = async (edge: string) => {
      const base = cloud.names.resolve(bucket.attribute('RegionalDomainName'));
      const headers = { [ORIGIN_ACCESS.principal]: 'cloudfront.amazonaws.com', [ORIGIN_ACCESS.source]: edge };
      return (await fetch(`${base}/index.html`, { headers })).status;
    };
    const policy = await cloud.create(s3, 'AWS::S3::BucketPolicy', 'Policy', forEdge('one'));
    expect([await statusFor('one'), await statusFor('two')]).toEqual([200, 403]);
    await policy.update(forEdge('two'));
    expect([await statusFor('one'), await statusFor('two')]).toEqual([403, 200]);
  });
});
