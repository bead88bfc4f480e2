import { describe, expect, test } from '@jest/globals';
import { renditionName, renditionsOf } from '../../lib/channel/ladder';
import { streamTiming } from '../../lib/channel/latency';
import { mainChannel, only, resources, stageChannel, synth } from './synth';

interface Endpoint {
  readonly ChannelName: string;
  readonly OriginEndpointName: string;
  readonly Segment: { readonly SegmentDurationSeconds: number };
  readonly HlsManifests?: readonly { readonly ManifestName: string }[];
  readonly LowLatencyHlsManifests?: readonly { readonly ManifestName: string }[];
  readonly DashManifests?: readonly { readonly ManifestName: string }[];
}

interface EncoderSettings {
  readonly OutputGroups: readonly {
    readonly OutputGroupSettings: {
      readonly MediaPackageGroupSettings: { readonly MediapackageV2GroupSettings: object };
    };
  }[];
}

const template = synth({ channels: [mainChannel, stageChannel] });
const endpoints = resources(template, 'AWS::MediaPackageV2::OriginEndpoint').map(
  ({ Properties }) => Properties as unknown as Endpoint,
);

/** The paths that the packager serves, as MediaPackage v2 forms them. */
const served = endpoints.flatMap((endpoint) => {
  const folder = `/out/v1/STACK/${endpoint.ChannelName}/${endpoint.OriginEndpointName}`;
  return [
    ...[...(endpoint.HlsManifests ?? []), ...(endpoint.LowLatencyHlsManifests ?? [])].map(
      ({ ManifestName }) => `${folder}/${ManifestName}.m3u8`,
    ),
    ...(endpoint.DashManifests ?? []).map(({ ManifestName }) => `${folder}/${ManifestName}.mpd`),
  ];
});

/** A joined text with the stack's name filled in. */
function text(value: unknown): string {
  const [, parts] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts
    .map((part) =>
      typeof part === 'string' ? part : JSON.stringify(part) === '{"Ref":"AWS::StackName"}' ? 'STACK' : 'EDGE',
    )
    .join('');
}

describe('the names and paths of the template', () => {
  test('agree between the packager’s manifests and the player’s configuration', () => {
    const site = resources(template, 'Custom::BucketContent').find(({ id }) => id.includes('PlayerSite'));
    const config = JSON.parse(text(site?.Properties['Config'])) as { channels: { manifests: { url: string }[] }[] };
    expect(config.channels.flatMap(({ manifests }) => manifests.map(({ url }) => url)).sort()).toEqual(
      [...served].sort(),
    );
  });

  test('agree between the packager’s manifests and the Outputs', () => {
    const urls = Object.entries(template.Outputs).filter(([name]) => /(Hls|HlsLowLatency|Dash|HlsTs)Url$/.test(name));
    expect(urls.map(([, { Value }]) => text(Value).replace('https://EDGE', '')).sort()).toEqual([...served].sort());
  });

  test('let the edge route every manifest to the policy of manifests', () => {
    const { DistributionConfig: config } = only(template, 'AWS::CloudFront::Distribution').Properties as {
      DistributionConfig: { CacheBehaviors: readonly { PathPattern: string; CachePolicyId: { Ref: string } }[] };
    };
    for (const path of served) {
      const first = config.CacheBehaviors.find(({ PathPattern }) =>
        new RegExp(`^${PathPattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path),
      );
      expect(first?.CachePolicyId.Ref).toMatch(/Manifests/);
    }
  });

  test('are the same renditions in the ladder and in MediaLive', () => {
    const [main] = resources(template, 'AWS::MediaLive::Channel');
    const settings = main?.Properties['EncoderSettings'] as { VideoDescriptions: readonly { Name: string }[] };
    expect(settings.VideoDescriptions.map(({ Name }) => Name)).toEqual(renditionsOf('hd-720p').map(renditionName));
  });

  test.each([
    ['main', 'standard'],
    ['stage', 'low'],
  ] as const)('hold one segment length for channel %s, whole ingest segments of the encoder', (name, latency) => {
    const timing = streamTiming(latency);
    const lengths = endpoints
      .filter(({ ChannelName }) => ChannelName === name)
      .map(({ Segment }) => Segment.SegmentDurationSeconds);
    expect(lengths).toEqual([timing.segmentSeconds, timing.segmentSeconds]);
    const groups = resources(template, 'AWS::MediaLive::Channel')
      .filter(({ id }) => id.startsWith(`Encoder${name}`))
      .flatMap(({ Properties }) => (Properties['EncoderSettings'] as EncoderSettings).OutputGroups);
    expect(groups[0]?.OutputGroupSettings.MediaPackageGroupSettings.MediapackageV2GroupSettings).toEqual({
      SegmentLength: timing.ingestSegmentSeconds,
      SegmentLengthUnits: 'SECONDS',
    });
  });
});

describe('the names and paths of the template with a bucket as the origin', () => {
  const stored = synth({ origin: 's3', channels: [mainChannel, stageChannel] });
  const written = resources(stored, 'AWS::MediaLive::Channel').map(({ Properties }) => {
    const [destination] = Properties['Destinations'] as [{ Settings: readonly { Url: unknown }[] }];
    // Viewers load what pipeline 0 writes.
    return `${text(destination.Settings[0]?.Url).replace('s3ssl://EDGE', '')}.m3u8`;
  });

  test('agree between what the encoder writes, the player’s configuration and the Outputs', () => {
    const site = resources(stored, 'Custom::BucketContent').find(({ id }) => id.includes('PlayerSite'));
    const config = JSON.parse(text(site?.Properties['Config'])) as { channels: { manifests: { url: string }[] }[] };
    expect(config.channels.flatMap(({ manifests }) => manifests.map(({ url }) => url))).toEqual(written);
    const urls = Object.entries(stored.Outputs).filter(([name]) => /(Hls|HlsLowLatency|Dash|HlsTs)Url$/.test(name));
    expect(urls.map(([, { Value }]) => text(Value).replace('https://EDGE', ''))).toEqual(written);
    expect(written).toEqual(['/live/main/index.m3u8', '/live/stage/index.m3u8']);
  });

  test('let the edge route playlists to their own policy, and segments beside them', () => {
    const { DistributionConfig: config } = only(stored, 'AWS::CloudFront::Distribution').Properties as {
      DistributionConfig: { CacheBehaviors: readonly { PathPattern: string; TargetOriginId: string }[] };
    };
    expect(config.CacheBehaviors.map(({ PathPattern, TargetOriginId }) => [PathPattern, TargetOriginId])).toEqual([
      ['/live/*.m3u8', 'media'],
      ['/live/*', 'media'],
    ]);
  });
});
