import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { problems } from '../channel/problems';
import { grants, inline } from '../stream/grants';
import { mainChannel, only, resources, synth } from '../stream/synth';

const marked = { ...mainChannel, adMarkers: { manifests: 'daterange' } } as const;
const described = (more: object) => ({ ads: true, channels: [marked], ...more });

describe('ads in the description', () => {
  test('are off unless it asks for them, and then never skipped', () => {
    expect(liveStream({ channels: [mainChannel] }).ads).toBeUndefined();
    expect(liveStream(described({}))).toMatchObject({ ads: true });
  });

  test.each([
    ['a channel without markers', { channels: [mainChannel] }, /^ads: ads were given, and no channel marks/],
    [
      'markers that interstitials cannot begin at',
      { channels: [{ ...mainChannel, adMarkers: {} }] },
      /^ads: ads were given, and no channel marks/,
    ],
    ['an origin that writes no DATERANGE', { origin: 's3', channels: [mainChannel] }, /^ads: .* the origin s3/],
    [
      'playlists for native players without a public channel',
      { ads: { nativePlayers: true }, access: { signIn: 'none' } },
      /^ads\.nativePlayers: true was given, and every channel with breaks is private/,
    ],
    [
      'an encoder of clips where another server has the ads',
      { ads: { service: 'mediatailor', decisionUrl: 'https://ads.example.com/vast', encoder: 'mediaconvert' } },
      /^ads\.encoder: "mediaconvert" was given with decisionUrl; the stack has no ads of its own/,
    ],
    ['a skip after an hour', { ads: { skipAfterSeconds: 3600 } }, /^ads/],
  ])('refuse %s', (_, more, sentence) => {
    expect(problems(described(more)).join('\n')).toMatch(sentence);
  });
});

describe('a stack without ads', () => {
  test('has nothing of them', () => {
    const text = JSON.stringify(synth());
    expect(text).not.toMatch(/\/ads\/|AdsBucket|ad-decision/);
  });
});

describe('a stack with ads', () => {
  const template = synth({ ads: { skipAfterSeconds: 5 }, channels: [marked] });

  test('serves decisions, beacons and clips from its own edge', () => {
    const { DistributionConfig: edge } = only(template, 'AWS::CloudFront::Distribution').Properties as {
      DistributionConfig: { CacheBehaviors: readonly { PathPattern: string; TargetOriginId: string }[] };
    };
    const paths = edge.CacheBehaviors.map(({ PathPattern, TargetOriginId }) => [PathPattern, TargetOriginId]);
    expect(paths.slice(0, 3)).toEqual([
      ['/ads/break', 'ads'],
      ['/ads/beacon', 'ads'],
      ['/ads/clips/*', 'ad-clips'],
    ]);
  });

  test('keeps a decision for half a minute, for each group of viewers', () => {
    const policy = resources(template, 'AWS::CloudFront::CachePolicy').find(({ id }) => /Decisions/.test(id));
    expect(policy?.Properties).toMatchObject({
      CachePolicyConfig: {
        MinTTL: 0,
        MaxTTL: 30,
        ParametersInCacheKeyAndForwardedToOrigin: {
          QueryStringsConfig: { QueryStrings: ['channel', 'id', 'seconds', 'slot', 'format', 'site'] },
        },
      },
    });
  });

  test('lets the decision read the list of campaigns, and nothing else', () => {
    const allowed = grants(inline(template, /AdvertisingBreaks/)).filter((line) => !line.startsWith('logs:'));
    expect(allowed).toEqual([expect.stringMatching(/^s3:GetObject <AdvertisingBucket.*>\/campaigns.json$/)]);
  });

  test('opens the page for nothing but the empty track of hls.js', () => {
    const policies = (of: object) => /media-src [^;]*/.exec(JSON.stringify(of))?.[0];
    expect(policies(template)).toBe("media-src 'self' blob: data: https:");
    expect(policies(synth())).toBe("media-src 'self' blob: https:");
  });

  test('tells the page where to ask, and when an ad may be skipped', () => {
    const site = resources(template, 'Custom::BucketContent').find(({ id }) => /PlayerSite/.test(id));
    expect(JSON.stringify(site?.Properties['Config']).replaceAll('\\', '')).toContain(
      '"ads":{"list":"/ads/break","beacon":"/ads/beacon","channels":["main"],"skipAfterSeconds":5}',
    );
  });
});

describe('a stack whose ads MediaConvert prepares', () => {
  const template = synth({ ads: { encoder: 'mediaconvert' }, channels: [{ ...marked, frameRate: '30000/1001' }] });

  test('lets MediaConvert read what was uploaded, and write clips', () => {
    expect(grants(inline(template, /EncoderRole/))).toEqual([
      expect.stringMatching(/^s3:GetObject <AdvertisingBucket.*>\/sources\/\*$/),
      expect.stringMatching(/^s3:ListBucket <AdvertisingBucket[^/]*>$/),
      expect.stringMatching(/^s3:PutObject <AdvertisingBucket.*>\/ads\/clips\/\*$/),
    ]);
  });

  test('keeps what was uploaded for a day, and clips for good', () => {
    const bucket = resources(template, 'AWS::S3::Bucket').find(({ id }) => /AdvertisingBucket/.test(id));
    const { Rules } = (bucket?.Properties['LifecycleConfiguration'] ?? {}) as { Rules: readonly object[] };
    expect(Rules).toContainEqual({ ExpirationInDays: 1, Prefix: 'sources/', Status: 'Enabled' });
    expect(Rules).toHaveLength(2);
  });

  test('tells the command the role, and the frame rate as a fraction', () => {
    const { Outputs } = template as { readonly Outputs: Record<string, { readonly Value: unknown }> };
    expect(Outputs['AdsEncoderRole']?.Value).toMatchObject({
      'Fn::GetAtt': [expect.stringMatching(/EncoderRole/), 'Arn'],
    });
    expect(JSON.parse(String(Outputs['AdsLadder']?.Value))).toMatchObject({ frameRate: '30000/1001' });
  });
});

describe('a stack with ads for native players', () => {
  const template = synth({
    ads: { nativePlayers: true },
    access: { signIn: 'none' },
    channels: [
      { ...marked, access: 'public' },
      { ...marked, name: 'closed' },
      { ...mainChannel, name: 'plain', access: 'public' },
    ],
  });

  test('serves playlists of its public channels with breaks, each for a second', () => {
    const { DistributionConfig: edge } = only(template, 'AWS::CloudFront::Distribution').Properties as {
      DistributionConfig: { CacheBehaviors: readonly Record<string, unknown>[] };
    };
    expect(edge.CacheBehaviors.find(({ PathPattern }) => PathPattern === '/guided/*')).toMatchObject({
      TargetOriginId: 'ad-playlists',
      Compress: true,
      AllowedMethods: ['GET', 'HEAD'],
      FunctionAssociations: [{ EventType: 'viewer-request' }],
    });
    const policy = resources(template, 'AWS::CloudFront::CachePolicy').find(({ id }) =>
      /AdvertisingPlaylists/.test(id),
    );
    expect(policy?.Properties).toMatchObject({
      CachePolicyConfig: {
        MaxTTL: 1,
        ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStrings: ['_HLS_msn', '_HLS_part'] } },
      },
    });
    const writer = resources(template, 'AWS::Lambda::Function').find(({ id }) => /PlaylistsWriter/.test(id));
    const { Variables } = (writer?.Properties['Environment'] ?? {}) as { Variables: Record<string, unknown> };
    expect(JSON.stringify(Variables['CHANNELS'])).toMatch(/\/main\//);
    expect(JSON.stringify(Variables['CHANNELS'])).not.toMatch(/closed|plain/);
    expect(Variables).toMatchObject({ PREFIX: '/guided', BREAK_PATH: '/ads/break', RESTRICT: 'SKIP,JUMP' });
  });

  test('gives the function no permission but that for its log', () => {
    expect(grants(inline(template, /AdvertisingPlaylists/)).filter((line) => !line.startsWith('logs:'))).toEqual([]);
  });
});
