import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Properties, UnsupportedError } from '../../../src/contract';
import { CloudFront } from '../../../src/services/cloudfront/cloudfront';
import { TestCloud } from '../../s3/test-cloud';
import { cachePolicyProperties, distribution } from '../test-edge';
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

  test('accepts properties that have no effect on this machine', async () => {
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
    ['being disabled', distribution({}, { Enabled: false }), 'DistributionConfig.Enabled'],
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

  test.each<[string, Properties]>([
    ['EnableAcceptEncodingGzip', { EnableAcceptEncodingGzip: true }],
    ['EnableAcceptEncodingBrotli', { EnableAcceptEncodingBrotli: true }],
    ['HeaderBehavior', { HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization'] } }],
    ['CookieBehavior', { CookiesConfig: { CookieBehavior: 'all' } }],
    ['QueryStringBehavior', { QueryStringsConfig: { QueryStringBehavior: 'all' } }],
  ])('refuses %s in a cache policy that caches nothing', async (name, parameters) => {
    const policy = (seconds: number) => cachePolicyProperties([0, 0, seconds], parameters);
    const made = (seconds: number) => cloud.create(service, 'AWS::CloudFront::CachePolicy', 'It', policy(seconds));
    await expect(made(0)).rejects.toThrow(`The parameter ${name} is invalid for policy with caching disabled`);
    await expect(made(1)).resolves.toBeDefined();
  });

  test('refuses a comment that is too long, on every resource', async () => {
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

  test('refuses a runtime of functions that it does not model', async () => {
    const made = cloud.create(service, 'AWS::CloudFront::Function', 'F', {
      Name: 'f',
      FunctionCode: 'function handler() {}',
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-1.0' },
    });
    await expect(made).rejects.toThrow('cloudfront-js-1.0');
  });
});

describe('an origin request policy', () => {
  const policy = (HeaderBehavior: string, Headers: readonly string[]) =>
    cloud.create(service, 'AWS::CloudFront::OriginRequestPolicy', 'It', {
      OriginRequestPolicyConfig: {
        Name: 'n',
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        HeadersConfig: { HeaderBehavior, Headers: [...Headers] },
        CookiesConfig: { CookieBehavior: 'none' },
      },
    });

  test.each(['X-Amz-Content-Sha256', 'Authorization', 'Accept-Encoding'])('may not name %s', async (header) => {
    await expect(policy('whitelist', ['Origin', header])).rejects.toThrow(
      `The parameter Headers contains ${header.toLowerCase()} that is not allowed.`,
    );
  });
});
