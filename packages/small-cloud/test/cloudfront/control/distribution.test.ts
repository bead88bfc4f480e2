import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Properties, UnsupportedError } from '../../../src/contract';
import { CloudFront } from '../../../src/services/cloudfront/cloudfront';
import { S3 } from '../../../src/services/s3/s3';
import { TestCloud } from '../../s3/test-cloud';
import { distribution } from '../test-edge';
import { get } from '../test-origin';

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

describe('a distribution', () => {
  test('has an id, a domain name, and an address on loopback until it is deleted', async () => {
    const made = await create(distribution());
    expect(made.ref).toMatch(/^E[0-9A-F]{13}$/);
    expect(made.attribute('Id')).toBe(made.ref);
    expect(made.attribute('DomainName')).toMatch(/^d[0-9a-f]{13}\.cloudfront\.net$/);
    const address = cloud.names.resolve(made.attribute('DomainName'));
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await made.delete();
    expect(cloud.names.resolve(made.attribute('DomainName'))).toBeUndefined();
    await expect(get(`${address}/`)).rejects.toThrow('ECONNREFUSED');
  });

  test('takes what has no effect on this machine', async () => {
    await create({
      ...distribution(
        { SmoothStreaming: false, Compress: true },
        {
          Comment: 'c',
          HttpVersion: 'http2and3',
          IPV6Enabled: true,
          PriceClass: 'PriceClass_100',
          Logging: { Bucket: 'logs' },
          ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1.2_2021' },
          Restrictions: { GeoRestriction: { RestrictionType: 'none' } },
          WebACLId: '',
          Aliases: [],
        },
        {
          OriginShield: { Enabled: true, OriginShieldRegion: 'eu-west-1' },
          ConnectionAttempts: 2,
          ConnectionTimeout: '5',
        },
      ),
      Tags: [],
    });
    expect(service.status()).toMatchObject([{ node: 'edge', detail: '0 requests, 0.0 MB sent' }]);
  });

  test.each<[string, Properties, string]>([
    ['an origin group', distribution({}, { OriginGroups: { Quantity: 1 } }), 'DistributionConfig.OriginGroups'],
    ['a domain name of its own', distribution({}, { Aliases: ['live.example.com'] }), 'DistributionConfig.Aliases'],
    ['a firewall', distribution({}, { WebACLId: 'arn:x' }), 'DistributionConfig.WebACLId'],
    ['being disabled', distribution({}, { Enabled: false }), 'DistributionConfig.Enabled'],
    [
      'a country',
      distribution({}, { Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['DE'] } } }),
      'GeoRestriction.Locations',
    ],
    [
      'a Lambda function',
      distribution({ LambdaFunctionAssociations: [{}] }),
      'DefaultCacheBehavior.LambdaFunctionAssociations',
    ],
    ['signed URLs', distribution({ TrustedKeyGroups: ['k'] }), 'DefaultCacheBehavior.TrustedKeyGroups'],
    [
      'the old cache settings',
      distribution({ ForwardedValues: { QueryString: true } }),
      'DefaultCacheBehavior.ForwardedValues',
    ],
    ['a VPC origin', distribution({}, {}, { VpcOriginConfig: {} }), 'Origins[0].VpcOriginConfig'],
    [
      'what nobody has heard of',
      distribution({ FutureSetting: 1 }),
      'Edge.DistributionConfig.DefaultCacheBehavior.FutureSetting',
    ],
  ])('refuses %s', async (_, properties, sentence) => {
    await expect(create(properties)).rejects.toThrow(UnsupportedError);
    await expect(create(properties)).rejects.toThrow(sentence);
  });

  test.each<[string, Properties, string]>([
    [
      'a cache policy',
      distribution({ CachePolicyId: '2e54312d-136d-493c-8eb9-b001f22f67d2' }),
      'The cache policy 2e54312d-136d-493c-8eb9-b001f22f67d2 does not exist',
    ],
    [
      'a response headers policy',
      distribution({ ResponseHeadersPolicyId: 'x' }),
      'The response headers policy x does not exist',
    ],
    [
      'an access control',
      distribution({}, {}, { OriginAccessControlId: 'x' }),
      'The origin access control x does not exist',
    ],
    [
      'an origin',
      distribution({ TargetOriginId: 'other' }),
      'other was given; it must be the Id of one of the Origins',
    ],
  ])('refuses %s that does not exist', async (_, properties, sentence) => {
    await expect(create(properties)).rejects.toThrow(sentence);
  });

  test('refuses a comment that is longer than CloudFront takes, on whatever it is', async () => {
    const long = 'c'.repeat(129);
    const comments: readonly (readonly [type: string, properties: Properties])[] = [
      ['Distribution', distribution({}, { Comment: long })],
      ['CachePolicy', { CachePolicyConfig: { Name: 'n', Comment: long } }],
      ['OriginRequestPolicy', { OriginRequestPolicyConfig: { Name: 'n', Comment: long } }],
      ['ResponseHeadersPolicy', { ResponseHeadersPolicyConfig: { Name: 'n', Comment: long } }],
      ['OriginAccessControl', { OriginAccessControlConfig: { Name: 'n', Description: long.repeat(2) } }],
      ['Function', { Name: 'n', FunctionConfig: { Comment: long } }],
    ];
    for (const [type, properties] of comments) {
      await expect(cloud.create(service, `AWS::CloudFront::${type}`, 'It', properties)).rejects.toThrow(
        /(129 characters were given; at most 128|258 characters were given; at most 256)/,
      );
    }
    await expect(create(distribution({}, { Comment: 'c'.repeat(128) }))).resolves.toBeDefined();
  });

  test('refuses access logs in a Region that an account must opt in to', async () => {
    const far = new TestCloud('ap-southeast-4');
    const there = new CloudFront(far, { port: 0 });
    try {
      const logging = distribution(
        {},
        { Logging: { Bucket: 'logs.s3.ap-southeast-4.amazonaws.com', Prefix: 'edge/' } },
      );
      await expect(far.create(there, 'AWS::CloudFront::Distribution', 'Edge', logging)).rejects.toThrow(
        "Edge.DistributionConfig.Logging: Access denied: You don't have permission to access the S3 bucket",
      );
      await expect(far.create(there, 'AWS::CloudFront::Distribution', 'Edge', distribution())).resolves.toBeDefined();
    } finally {
      await there.stop();
      far.remove();
    }
  });

  test('refuses a runtime and a key value store of functions that it does not model', async () => {
    const make = (config: Properties) =>
      cloud.create(service, 'AWS::CloudFront::Function', 'F', {
        Name: 'f',
        FunctionCode: 'function handler() {}',
        FunctionConfig: { Comment: '', ...config },
      });
    await expect(make({ Runtime: 'cloudfront-js-1.0' })).rejects.toThrow('cloudfront-js-1.0');
    const KeyValueStoreAssociations = [{ KeyValueStoreARN: 'arn:x' }];
    await expect(make({ Runtime: 'cloudfront-js-2.0', KeyValueStoreAssociations })).rejects.toThrow(
      'KeyValueStoreAssociations',
    );
  });
});

describe('the port of an edge', () => {
  async function isFree(port: number): Promise<boolean> {
    const server = createServer();
    return new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
  }

  /** A free port whose next one is free too, below those that systems give out by themselves. */
  async function freePort(): Promise<number> {
    for (let port = 20_000 + (process.pid % 5000) * 2; ; port += 2) {
      if ((await isFree(port)) && (await isFree(port + 1))) return port;
    }
  }

  test('is the one that was asked for, and of further edges the next', async () => {
    const port = await freePort();
    const here = new CloudFront(cloud, { port });
    const first = await create(distribution(), 'One', here);
    const second = await create(distribution(), 'Two', here);
    const addresses = [first, second].map((made) => cloud.names.resolve(made.attribute('DomainName')));
    expect(addresses).toEqual([`http://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`]);
    expect(here.status().map(({ node }) => node)).toEqual([`edge ${first.ref}`, `edge ${second.ref}`]);
    await here.stop();
  });

  test('refuses to be one that is taken, and says what to do', async () => {
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
  test('is read through the access control, and not around it', async () => {
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
    const { CustomOriginConfig: _, ...origin } = {
      Id: 'o',
      DomainName: bucket.attribute('RegionalDomainName'),
      CustomOriginConfig: 0,
    };
    const made = await create({
      DistributionConfig: {
        Enabled: true,
        DefaultRootObject: 'index.html',
        Origins: [{ ...origin, OriginAccessControlId: control.ref, S3OriginConfig: { OriginAccessIdentity: '' } }],
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
    await cloud.create(s3, 'AWS::S3::BucketPolicy', 'Policy', {
      Bucket: bucket.ref,
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 's3:*',
            Principal: { AWS: '*' },
            Resource: `${bucket.attribute('Arn')}/*`,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Resource: `${bucket.attribute('Arn')}/*`,
            Condition: {
              StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::111122223333:distribution/${made.ref}` },
            },
          },
        ],
      },
    });
    const answer = await view();
    expect([answer.status, answer.headers['content-type'], answer.body.toString()]).toEqual([
      200,
      'text/html',
      '<h1>live</h1>',
    ]);
    await s3.stop();
  });
});
