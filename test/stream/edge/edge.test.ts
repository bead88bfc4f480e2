import { describe, expect, test } from '@jest/globals';
import { LATENCY_PRESETS, streamTiming } from '../../../lib/channel/latency';
import { mainChannel, only, resources, synth, type Template } from '../synth';

interface Behavior {
  readonly PathPattern?: string;
  readonly CachePolicyId: unknown;
  readonly OriginRequestPolicyId?: string;
  readonly Compress: boolean;
  readonly TargetOriginId: string;
  readonly ViewerProtocolPolicy: string;
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
}

interface DistributionConfig {
  readonly CacheBehaviors: readonly Behavior[];
  readonly DefaultCacheBehavior: Behavior;
  readonly CustomErrorResponses: readonly { readonly ErrorCode: number; readonly ErrorCachingMinTTL: number }[];
  readonly HttpVersion: string;
  readonly Origins: readonly Record<string, unknown>[];
}

function config(template: Template): DistributionConfig {
  return only(template, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as DistributionConfig;
}

function cachePolicy(template: Template, word: string): Record<string, unknown> {
  const policy = resources(template, 'AWS::CloudFront::CachePolicy').find(({ id }) => id.includes(word));
  return policy?.Properties['CachePolicyConfig'] as Record<string, unknown>;
}

const template = synth();
const { CacheBehaviors: behaviors, DefaultCacheBehavior: player, ...distribution } = config(template);

describe('the edge', () => {
  test('routes manifests, then media, then everything else to the player', () => {
    expect(
      behaviors.map(({ PathPattern, TargetOriginId, Compress }) => [PathPattern, TargetOriginId, Compress]),
    ).toEqual([
      ['/out/v1/*.m3u8', 'media', true],
      ['/out/v1/*.mpd', 'media', true],
      ['/out/v1/*', 'media', false],
    ]);
    expect(player.TargetOriginId).toBe('player');
  });

  test('speaks HTTPS only, and HTTP/2 and HTTP/3', () => {
    expect(behaviors.map(({ ViewerProtocolPolicy }) => ViewerProtocolPolicy)).toEqual([
      'https-only',
      'https-only',
      'https-only',
    ]);
    expect(player.ViewerProtocolPolicy).toBe('redirect-to-https');
    expect(distribution.HttpVersion).toBe('http2and3');
  });

  test('forgets every error after a second', () => {
    const errors = distribution.CustomErrorResponses;
    expect(errors.map(({ ErrorCode }) => ErrorCode)).toEqual(expect.arrayContaining([403, 404, 500, 502, 503, 504]));
    expect(new Set(errors.map(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL))).toEqual(new Set([1]));
  });

  test('has what a low-latency player asks for in the cache key of manifests', () => {
    expect(cachePolicy(template, 'Manifests')['ParametersInCacheKeyAndForwardedToOrigin']).toMatchObject({
      QueryStringsConfig: {
        QueryStringBehavior: 'whitelist',
        QueryStrings: expect.arrayContaining([
          '_HLS_msn',
          '_HLS_part',
          '_HLS_skip',
          'aws.manifestfilter',
          'aws.manifestsettings',
          'm',
        ]),
      },
      EnableAcceptEncodingGzip: true,
      EnableAcceptEncodingBrotli: true,
      HeadersConfig: { HeaderBehavior: 'none' },
      CookiesConfig: { CookieBehavior: 'none' },
    });
  });

  test.each(Object.keys(LATENCY_PRESETS) as (keyof typeof LATENCY_PRESETS)[])(
    'keeps the manifests and segments of %s latency for as long as its row says',
    (latency) => {
      const timing = streamTiming(latency);
      const made = synth({ channels: [{ ...mainChannel, latency }] });
      expect(cachePolicy(made, 'Manifests')).toMatchObject({
        MinTTL: timing.manifestCacheSeconds.parts,
        DefaultTTL: timing.manifestCacheSeconds.parts,
        MaxTTL: timing.manifestCacheSeconds.segments,
      });
      expect(cachePolicy(made, 'Segments')).toMatchObject({
        DefaultTTL: timing.segmentCacheSeconds,
        MaxTTL: timing.segmentCacheSeconds,
      });
    },
  );

  test('signs what it asks of both origins', () => {
    expect(
      distribution.Origins.map(({ Id, OriginAccessControlId }) => [Id, OriginAccessControlId !== undefined]),
    ).toEqual([
      ['player', true],
      ['media', true],
    ]);
    expect(
      resources(template, 'AWS::CloudFront::OriginAccessControl').map(
        ({ Properties }) => Properties['OriginAccessControlConfig'],
      ),
    ).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          OriginAccessControlOriginType: 'mediapackagev2',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        }),
        expect.objectContaining({
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        }),
      ]),
    );
  });

  test('has an Origin Shield before the packager unless it is turned off', () => {
    const shield = (originShield: boolean) =>
      config(synth({ edge: { originShield } })).Origins.map(({ Id, OriginShield }) => [Id, OriginShield !== undefined]);
    expect(shield(true)).toEqual([
      ['player', false],
      ['media', true],
    ]);
    expect(shield(false)).toEqual([
      ['player', false],
      ['media', false],
    ]);
  });

  test('lets the players of the named web origins read media, whatever the origin says', () => {
    const made = synth({ edge: { corsOrigins: ['https://tv.example'] } });
    const [media] = config(made).CacheBehaviors;
    expect(made.Resources[media?.ResponseHeadersPolicyId.Ref ?? '']?.Properties).toMatchObject({
      ResponseHeadersPolicyConfig: {
        CorsConfig: { AccessControlAllowOrigins: { Items: ['https://tv.example'] }, OriginOverride: true },
      },
    });
  });

  test.each(['s3', 'media-store'] as const)('sends the origin %s what it needs to answer a preflight', (kind) => {
    const made = synth({ origin: kind === 'media-store' ? { kind, acknowledgeDiscontinued: true } : kind });
    const policies = config(made).CacheBehaviors.map(({ OriginRequestPolicyId }) => OriginRequestPolicyId);
    // The managed policy CORS-S3Origin: Origin and the two headers of a preflight.
    expect(policies).toEqual(Array(2).fill('88a5eaf4-2fd4-4709-b370-b4c650ea3fcf'));
  });

  test('has rules for preflights in the bucket that it reads media from', () => {
    const media = resources(synth({ origin: 's3' }), 'AWS::S3::Bucket').find(({ id }) => id.startsWith('OriginBucket'));
    expect(media?.Properties['CorsConfiguration']).toEqual({
      CorsRules: [{ AllowedHeaders: ['*'], AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['*'], MaxAge: 600 }],
    });
  });

  test('lets the player run no script but its own', () => {
    const policy = template.Resources[player.ResponseHeadersPolicyId.Ref]?.Properties;
    expect(JSON.stringify(policy)).toContain("default-src 'none'; script-src 'self';");
    expect(JSON.stringify(policy)).not.toContain('unsafe');
  });
});
