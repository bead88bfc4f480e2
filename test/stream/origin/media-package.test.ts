import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import type { OriginOf } from '../../../lib/channel/origin';
import { mainChannel, only, resources, synth, type Template } from '../synth';

type Formats = OriginOf<'media-package'>['formats'];

const described = (formats: Formats, channel: Partial<LiveStreamInput['channels'][number]> = {}) =>
  synth({ origin: { kind: 'media-package', formats }, channels: [{ ...mainChannel, ...channel }] });

/** Reads the consequences of formats: the endpoints, the URLs, the edge's patterns and the player's choice. */
function seen(template: Template) {
  const { CacheBehaviors } = only(template, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as {
    readonly CacheBehaviors: readonly { readonly PathPattern: string }[];
  };
  const player = JSON.stringify(
    Object.values(template.Resources).map(({ Properties }) => Properties?.['Config'] ?? ''),
  );
  return {
    containers: resources(template, 'AWS::MediaPackageV2::OriginEndpoint').map(
      ({ Properties }) => Properties['ContainerType'],
    ),
    policies: resources(template, 'AWS::MediaPackageV2::OriginEndpointPolicy').length,
    urls: Object.keys(template.Outputs).filter((name) => /^Main(Hls|Dash|Mss).*Url$/.test(name)),
    patterns: CacheBehaviors.map(({ PathPattern }) => PathPattern),
    player: [...player.matchAll(/format[\\":]+([\w-]+)/g)].map(([, format]) => format),
  };
}

describe('the formats of MediaPackage', () => {
  test.each<[Formats, ReturnType<typeof seen>]>([
    [
      ['dash'],
      {
        containers: ['CMAF'],
        policies: 1,
        urls: ['MainDashUrl'],
        patterns: ['/out/v1/*.mpd', '/out/v1/*'],
        player: ['dash'],
      },
    ],
    [
      ['hls-ts'],
      {
        containers: ['TS'],
        policies: 1,
        urls: ['MainHlsTsUrl'],
        patterns: ['/out/v1/*.m3u8', '/out/v1/*'],
        player: ['hls-ts'],
      },
    ],
    [
      ['mss', 'hls'],
      {
        containers: ['CMAF', 'ISM'],
        policies: 2,
        urls: ['MainHlsUrl', 'MainMssUrl'],
        patterns: ['/out/v1/*.ism/Manifest', '/out/v1/*.m3u8', '/out/v1/*'],
        player: ['hls'],
      },
    ],
  ])('%j make these endpoints, URLs and choices, and no other', (formats, expected) => {
    expect(seen(described(formats))).toEqual(expected);
  });

  test('are of CMAF alone for HEVC', () => {
    const rendition = {
      width: 640,
      height: 360,
      bitrate: 600_000,
      codec: 'hevc',
      profile: 'MAIN',
      quality: 6,
    } as const;
    const template = described(['hls', 'hls-ts', 'mss'], { ladder: [rendition] });
    expect(seen(template)).toMatchObject({ containers: ['CMAF'], urls: ['MainHlsUrl'], player: ['hls'] });
  });

  test('have manifests whose names differ within an endpoint, whatever their formats', () => {
    const template = described(['ll-hls', 'hls', 'dash', 'hls-ts', 'mss']);
    for (const { Properties } of resources(template, 'AWS::MediaPackageV2::OriginEndpoint')) {
      const names = Object.entries(Properties)
        .filter(([property]) => property.endsWith('Manifests'))
        .flatMap(([, manifests]) => manifests as readonly { readonly ManifestName: string }[])
        .map(({ ManifestName }) => ManifestName);
      expect(names).not.toEqual([]);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test('have Smooth Streaming in an ISM container, with the durations of the channel’s latency', () => {
    const endpoints = resources(described(['dash', 'mss']), 'AWS::MediaPackageV2::OriginEndpoint');
    expect(endpoints.find(({ Properties }) => Properties['ContainerType'] === 'ISM')?.Properties).toMatchObject({
      OriginEndpointName: 'mss',
      Segment: { SegmentDurationSeconds: 4 },
      MssManifests: [{ ManifestName: 'index', ManifestWindowSeconds: 60 }],
    });
  });

  test('without LL-HLS have no directives of it in the cache key', () => {
    const keys = (formats: Formats) => JSON.stringify(resources(described(formats), 'AWS::CloudFront::CachePolicy'));
    expect(keys(['ll-hls'])).toContain('_HLS_msn');
    expect(keys(['hls', 'dash'])).not.toContain('_HLS_');
  });
});

const endpoints = (options: Partial<OriginOf<'media-package'>>) =>
  resources(synth({ origin: { kind: 'media-package', ...options } }), 'AWS::MediaPackageV2::OriginEndpoint');

describe('the errors of MediaPackage', () => {
  test('are asked of every endpoint, by the names of the service', () => {
    const errors = ['stale-manifest', 'incomplete-manifest', 'missing-drm-key', 'slate-input'] as const;
    for (const { Properties } of endpoints({ forceEndpointErrors: [...errors] })) {
      expect(Properties['ForceEndpointErrorConfiguration']).toEqual({
        EndpointErrorConditions: ['STALE_MANIFEST', 'INCOMPLETE_MANIFEST', 'MISSING_DRM_KEY', 'SLATE_INPUT'],
      });
    }
  });

  test('are not asked for where the description says nothing', () => {
    for (const { Properties } of endpoints({})) {
      expect(Properties).not.toHaveProperty('ForceEndpointErrorConfiguration');
    }
  });
});

describe('the start-over window of MediaPackage', () => {
  test('is that of every endpoint', () => {
    const windows = endpoints({ startOverSeconds: 3600, formats: ['hls', 'hls-ts', 'mss'] }).map(
      ({ Properties }) => Properties['StartoverWindowSeconds'],
    );
    expect(windows).toEqual([3600, 3600, 3600]);
  });

  test('is left to MediaPackage where the description says nothing', () => {
    for (const { Properties } of endpoints({})) expect(Properties).not.toHaveProperty('StartoverWindowSeconds');
  });

  test('is asked for in the cache key', () => {
    const key = JSON.stringify(resources(synth({}), 'AWS::CloudFront::CachePolicy'));
    expect(key).toMatch(/"start","end"/);
  });
});
