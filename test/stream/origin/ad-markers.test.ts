import { describe, expect, test } from '@jest/globals';
import { type LiveStreamInput, liveStream } from '../../../lib/channel/live-stream';
import { mainChannel, only, resources, synth, type Template } from '../synth';

type Channel = LiveStreamInput['channels'][number];
type Settings = Readonly<Record<string, unknown>>;

function marked(origin: LiveStreamInput['origin'], adMarkers: Channel['adMarkers']): Template {
  return synth({ origin, channels: [{ ...mainChannel, ladder: 'sd-540p', adMarkers }] });
}

function encoder(template: Template) {
  return only(template, 'AWS::MediaLive::Channel').Properties['EncoderSettings'] as {
    AvailConfiguration?: unknown;
    OutputGroups: readonly [{ OutputGroupSettings: Readonly<Record<string, Settings>>; Outputs: readonly Settings[] }];
  };
}

const FOLLOWED = { NoRegionalBlackoutFlag: 'FOLLOW', WebDeliveryAllowedFlag: 'FOLLOW' };

describe('ad markers', () => {
  test.each([
    ['splice-insert', 'Scte35SpliceInsert'],
    ['time-signal', 'Scte35TimeSignalApos'],
  ] as const)('are %s messages when these are the ones asked for', (messages, setting) => {
    const { AvailConfiguration } = encoder(marked('media-package', { messages }));
    expect(AvailConfiguration).toEqual({ AvailSettings: { [setting]: FOLLOWED } });
  });

  test.each([
    ['scte35-enhanced', 'SCTE35_ENHANCED'],
    ['daterange', 'DATERANGE'],
  ] as const)('reach every manifest of MediaPackage, in HLS as %s', (manifests, AdMarkerHls) => {
    const template = marked('media-package', { manifests });
    expect(encoder(template).OutputGroups[0].OutputGroupSettings['MediaPackageGroupSettings']).toMatchObject({
      MediapackageV2GroupSettings: { Scte35Type: 'SCTE_35_WITHOUT_SEGMENTATION' },
    });
    const hls = [{ ScteHls: { AdMarkerHls } }];
    const segment = { Scte: { ScteFilter: expect.arrayContaining(['SPLICE_INSERT', 'PROVIDER_ADVERTISEMENT']) } };
    expect(
      resources(template, 'AWS::MediaPackageV2::OriginEndpoint').map(({ Properties }) => Properties),
    ).toMatchObject([
      {
        Segment: segment,
        HlsManifests: hls,
        LowLatencyHlsManifests: hls,
        DashManifests: [{ ScteDash: { AdMarkerDash: 'BINARY' } }],
      },
      { Segment: segment, HlsManifests: hls },
    ]);
  });

  test('are not asked of Smooth Streaming, whose segments take none', () => {
    const template = marked({ kind: 'media-package', formats: ['hls', 'mss'] }, {});
    const [cmaf, ism] = resources(template, 'AWS::MediaPackageV2::OriginEndpoint');
    expect(cmaf?.Properties).toMatchObject({ ContainerType: 'CMAF', Segment: { Scte: expect.anything() } });
    expect(ism?.Properties).toMatchObject({ ContainerType: 'ISM', Segment: { SegmentDurationSeconds: 4 } });
    expect(ism?.Properties['Segment']).not.toHaveProperty('Scte');
  });

  test('reach the manifests of MediaPackage v1, which always gets the messages', () => {
    const triggers = { AdTriggers: expect.arrayContaining(['SPLICE_INSERT']), AdsOnDeliveryRestrictions: 'BOTH' };
    const endpoints = resources(
      marked('media-package-v1', { manifests: 'daterange' }),
      'AWS::MediaPackage::OriginEndpoint',
    );
    expect(endpoints.map(({ Properties }) => Properties)).toMatchObject([
      { HlsPackage: { AdMarkers: 'DATERANGE', ...triggers } },
      { DashPackage: triggers },
      { CmafPackage: { HlsManifests: [{ AdMarkers: 'DATERANGE', ...triggers }] } },
    ]);
  });

  test('are tags in the playlists of a bucket, and messages in its segments', () => {
    const [{ OutputGroupSettings, Outputs }] = encoder(marked('s3', {})).OutputGroups;
    expect(OutputGroupSettings['HlsGroupSettings']).toMatchObject({ AdMarkers: ['ELEMENTAL_SCTE35'] });
    expect(JSON.stringify(Outputs[0])).toContain('"Scte35Behavior":"PASSTHROUGH"');
  });

  test('refuse to be date ranges in a bucket', () => {
    const description = { origin: 's3', channels: [{ ...mainChannel, adMarkers: { manifests: 'daterange' } }] };
    expect(() => liveStream(description)).toThrow(
      'channels[0].adMarkers.manifests: "daterange" was given with the origin s3, whose playlists MediaLive marks with tags of its own; choose scte35-enhanced, or the origin media-package',
    );
  });

  test('leave no trace in a template without them', () => {
    const template = marked('media-package', 'none');
    expect(encoder(template)).not.toHaveProperty('AvailConfiguration');
    expect(JSON.stringify(template.Resources)).not.toContain('Scte');
  });
});
