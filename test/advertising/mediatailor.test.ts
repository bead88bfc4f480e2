import { describe, expect, test } from '@jest/globals';
import { TAILOR_REGIONS } from '../../lib/advertising/regions';
import { liveStream } from '../../lib/channel/live-stream';
import { regionsOf } from '../../lib/stream/regions';
import { problems } from '../channel/problems';
import { mainChannel, only, resources, synth } from '../stream/synth';

const marked = { ...mainChannel, adMarkers: { manifests: 'daterange' } } as const;
const stage = { ...marked, name: 'stage' };
const service = 'mediatailor';
const described = (more: object) => ({ ads: { service }, channels: [marked], ...more });
const withServer = (decisionUrl: string) => described({ ads: { service, decisionUrl } });

describe('ads of MediaTailor in the description', () => {
  test('are the stack’s own unless it names another service', () => {
    expect(liveStream({ ads: {}, channels: [marked] }).ads).toMatchObject({ service: 'stack' });
  });

  test.each([
    [
      'an ad server without MediaTailor',
      { ads: { decisionUrl: 'https://ads.example.com' } },
      /^ads\.decisionUrl: .*mediatailor/,
    ],
    [
      'a slate without MediaTailor',
      { ads: { slateUrl: 'https://example.com/a.mp4' } },
      /^ads\.slateUrl: .*mediatailor/,
    ],
    [
      'a bucket to keep, of ads that another server has',
      { ads: { service, decisionUrl: 'https://ads.example.com/', onDelete: 'retain' } },
      /^ads\.onDelete: "retain" was given with decisionUrl/,
    ],
    [
      'markers that guided sessions do not read',
      { channels: [marked, { ...stage, adMarkers: {} }] },
      /^channels\[1\]\.adMarkers\.manifests: "scte35-enhanced" was given with ads of MediaTailor/,
    ],
    ['an edge for some countries', { edge: { countries: ['DE'] } }, /^edge\.countries: countries were given/],
    ['a private channel with breaks', { access: {} }, /^channels\[0\]\.access: a private channel with breaks/],
    ['a bucket as the origin', { origin: 's3', channels: [mainChannel] }, /^ads: .* the origin s3/],
    ['a slate that is no MP4', { ads: { service, slateUrl: 'https://example.com/a.mov' } }, /^ads\.slateUrl/],
  ])('refuse %s', (_, more, sentence) => {
    expect(problems(described(more)).join('\n')).toMatch(sentence);
  });

  test('take a public channel beside private ones', () => {
    const channels = [
      { ...marked, access: 'public' },
      { ...mainChannel, name: 'backstage' },
    ];
    expect(problems(described({ access: {}, channels }))).toEqual([]);
  });

  test.each([
    ['https://ads.example.com/vast?d=[session.avail_duration_secs]&u=[player_params.user]', []],
    ['http://ads.example.com/vast?e=[scte.event_id][scte.segmentation_upid.assetId]', []],
    ['https://ads.example.com/vast?d=[session.duration]', [/\[session\.duration\] is not a variable of MediaTailor/]],
    ['https://[player_params.host]/vast', [/a host without variables is needed/]],
    ['ads.example.com/vast', [/the URL of an ad server is needed/]],
    ['https://user@ads.example.com/vast', [/the URL of an ad server is needed/]],
    [`https://ads.example.com/${'x'.repeat(25_000)}`, [/at most 25000 characters/]],
  ])('judge the ad server of row %#', (url, sentences) => {
    expect(problems(withServer(url))).toEqual(sentences.map((sentence) => expect.stringMatching(sentence)));
  });
});

describe('a stack without MediaTailor', () => {
  test('has nothing of it, with ads of its own or without', () => {
    for (const template of [synth(), synth({ ads: true, channels: [marked] })]) {
      expect(JSON.stringify(template)).not.toMatch(/mediatailor/i);
    }
  });
});

describe('a stack with MediaTailor', () => {
  const template = synth({ ads: { service }, channels: [marked, stage] });
  const edge = (of: typeof template) =>
    only(of, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as {
      readonly CacheBehaviors: readonly Readonly<Record<string, unknown>>[];
    };
  const behavior = (path: string) => edge(template).CacheBehaviors.find(({ PathPattern }) => PathPattern === path);

  test('has a configuration for each channel, which reads the show at the edge and lets players choose', () => {
    const made = resources(template, 'AWS::MediaTailor::PlaybackConfiguration');
    expect(made).toHaveLength(2);
    const site = {
      'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [expect.stringMatching(/^EdgeDistribution/), 'DomainName'] }]],
    };
    expect(made[1]?.Properties).toMatchObject({
      VideoContentSourceUrl: site,
      InsertionMode: 'PLAYER_SELECT',
      CdnConfiguration: { AdSegmentUrlPrefix: site, ContentSegmentUrlPrefix: site },
    });
    expect(JSON.stringify(made[1]?.Properties['AdDecisionServerUrl'])).toContain(
      '/ads/break?format=vast&channel=stage&id=[scte.event_id]&seconds=[session.avail_duration_secs]&random=[avail.random]',
    );
  });

  test('keeps the playlists of guided sessions as long as manifests, and nothing that is for one viewer', () => {
    const manifests = edge(template).CacheBehaviors.find(({ PathPattern }) => String(PathPattern).endsWith('.m3u8'));
    expect(behavior('/v1/i-media/*')?.['CachePolicyId']).toEqual(manifests?.['CachePolicyId']);
    const disabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    for (const path of ['/v1/*', '/v1/session/*', '/segment/*']) {
      expect(behavior(path)).toMatchObject({ CachePolicyId: disabled, TargetOriginId: 'ad-manifests' });
    }
    expect(behavior('/tm/*')).toMatchObject({ TargetOriginId: 'ad-segments' });
    const paths = edge(template).CacheBehaviors.map(({ PathPattern }) => PathPattern);
    expect(paths.indexOf('/v1/i-media/*')).toBeLessThan(paths.indexOf('/v1/*'));
  });

  test('takes a POST for sessions alone', () => {
    const posting = edge(template).CacheBehaviors.filter(({ AllowedMethods }) =>
      String(AllowedMethods).includes('POST'),
    );
    expect(posting.map(({ PathPattern }) => PathPattern)).toEqual(['/v1/session/*']);
  });

  test('makes no policy for it', () => {
    const count = (of: typeof template) =>
      ['CachePolicy', 'OriginRequestPolicy', 'ResponseHeadersPolicy'].map(
        (kind) => resources(of, `AWS::CloudFront::${kind}`).length,
      );
    expect(count(template)).toEqual(count(synth({ ads: true, channels: [marked, stage] })));
  });

  test('tells the page where sessions begin', () => {
    const site = resources(template, 'Custom::BucketContent').find(({ id }) => /PlayerSite/.test(id));
    const config = JSON.stringify(site?.Properties['Config']).replaceAll('\\', '');
    expect(config).toContain('"ads":{"service":"mediatailor","channels":[{"channel":"main","hls":"');
    expect(config).not.toContain('"list"');
  });

  test('is refused in a Region without MediaTailor, which none of the Regions of a stack is', () => {
    expect(template.Rules).toHaveProperty('RegionHasMediaTailor');
    expect(TAILOR_REGIONS).toEqual(regionsOf('media-package'));
  });
});

describe('a stack whose ads are on a server of the customer', () => {
  const decisionUrl = 'https://ads.example.com/vast?d=[session.avail_duration_secs]';
  const template = synth({ ads: { service, decisionUrl }, channels: [marked] });

  test('asks that server, and has no ads of its own', () => {
    const made = only(template, 'AWS::MediaTailor::PlaybackConfiguration');
    expect(made.Properties['AdDecisionServerUrl']).toBe(decisionUrl);
    expect(JSON.stringify(template)).not.toMatch(/\/ads\/|AdsBucket|ad-decision/);
  });
});

describe('a stack with a domain of its own', () => {
  test('has MediaTailor read the show there', () => {
    const domain = {
      name: 'live.example.com',
      certificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`,
    };
    const template = synth({ ads: { service }, edge: { domain }, channels: [marked] });
    const made = only(template, 'AWS::MediaTailor::PlaybackConfiguration');
    expect(made.Properties['VideoContentSourceUrl']).toBe('https://live.example.com');
  });
});
