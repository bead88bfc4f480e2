import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { CloudFront } from '../../src/services/cloudfront/cloudfront';
import { S3 } from '../../src/services/s3/s3';
import { TestCloud } from '../s3/test-cloud';
import { distribution } from './test-edge';
import { get } from './test-origin';

let cloud: TestCloud;
let service: CloudFront;

beforeEach(() => {
  cloud = new TestCloud();
  service = new CloudFront(cloud, { port: 0 });
});

afterEach(async () => {
  await service.stop();
  cloud.remove();
});

const create = (properties: Properties, logicalId = 'Edge', of = service) =>
  cloud.create(of, 'AWS::CloudFront::Distribution', logicalId, properties);

describe('the port of an edge', () => {
  async function isFree(port: number): Promise<boolean> {
    const server = createServer();
    return new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
  }

  /** Finds two consecutive free ports, below those that systems assign automatically. */
  async function freePort(): Promise<number> {
    for (let port = 20_000 + (process.pid % 5000) * 2; ; port += 2) {
      if ((await isFree(port)) && (await isFree(port + 1))) return port;
    }
  }

  test('is the requested one, and the next one for each further edge', async () => {
    const port = await freePort();
    const onPort = new CloudFront(cloud, { port });
    const first = await create(distribution(), 'One', onPort);
    const second = await create(distribution(), 'Two', onPort);
    const addresses = [first, second].map((made) => cloud.names.resolve(made.attribute('DomainName')));
    expect(addresses).toEqual([`http://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`]);
    expect(onPort.status().map(({ node }) => node)).toEqual([`edge ${first.ref}`, `edge ${second.ref}`]);
    await onPort.stop();
  });

  test('is refused when it is taken, with advice', async () => {
    const server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const made = create(distribution(), 'Edge', new CloudFront(cloud, { port }));
    await expect(made).rejects.toThrow(
      `The edge cannot listen on port ${port}: another program has it. Choose another with --port N.`,
    );
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a private bucket behind a distribution', () => {
  /** Lets a distribution read a bucket, over TLS only. */
  const allow = (s3: S3, bucket: Awaited<ReturnType<TestCloud['create']>>, SourceArn: string) => {
    const Resource = `${bucket.attribute('Arn')}/*`;
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    return cloud.create(s3, 'AWS::S3::BucketPolicy', 'Policy', {
      Bucket: bucket.ref,
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' }, Resource, Condition },
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Resource,
            Condition: { StringEquals: { 'AWS:SourceArn': SourceArn } },
          },
        ],
      },
    });
  };

  test('is readable through the access control only', async () => {
    const s3 = new S3(cloud);
    const bucket = await cloud.create(s3, 'AWS::S3::Bucket', 'Site', { BucketName: 'site' });
    const control = await cloud.create(service, 'AWS::CloudFront::OriginAccessControl', 'Oac', {
      OriginAccessControlConfig: {
        Name: 'n',
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    });
    const made = await create({
      DistributionConfig: {
        Enabled: true,
        DefaultRootObject: 'index.html',
        Origins: [
          {
            Id: 'o',
            DomainName: bucket.attribute('RegionalDomainName'),
            OriginAccessControlId: control.ref,
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'o',
          ViewerProtocolPolicy: 'redirect-to-https',
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        },
      },
    });
    const put = {
      method: 'PUT',
      path: '/site/index.html',
      query: new URLSearchParams(),
      headers: { 'content-type': 'text/html' },
    };
    await s3.api['s3']?.({ ...put, body: Buffer.from('<h1>live</h1>'), roleArn: undefined });
    const view = () => get(`${cloud.names.resolve(made.attribute('DomainName'))}/`);

    expect((await view()).status).toBe(403);
    await allow(s3, bucket, `arn:aws:cloudfront::111122223333:distribution/${made.ref}`);
    const answer = await view();
    expect([answer.status, answer.headers['content-type'], answer.body.toString()]).toEqual([
      200,
      'text/html',
      '<h1>live</h1>',
    ]);
    await s3.stop();
  });
});
