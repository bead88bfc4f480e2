import { describe, expect, test } from '@jest/globals';
import { grants, inline } from '../stream/grants';
import { resources } from '../stream/synth';
import { pageConfig, starting, synthRecording, told } from './templates';

const template = synthRecording({ origin: { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf', 'mss'] } });

/** Returns the properties of the endpoints, by the ends of their ids. */
function endpoints(of = template): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const all = resources(of, 'AWS::MediaPackage::OriginEndpoint');
  return Object.fromEntries(all.map(({ Properties }) => [idEnd(Properties['Id']), Properties]));
}

function idEnd(id: unknown): string {
  const { 'Fn::Join': [, parts] = ['', []] } = id as { readonly 'Fn::Join'?: [string, unknown[]] };
  return String(parts.at(-1)).replace('-main-', '');
}

describe('a channel on MediaPackage v1 with rewind and recording', () => {
  test('has a second endpoint for each longer manifest, and keeps the live ones as they are', () => {
    expect(endpoints()).toMatchObject({
      hls: { HlsPackage: { PlaylistWindowSeconds: 60 } },
      dash: { DashPackage: { ManifestWindowSeconds: 60 } },
      cmaf: {
        CmafPackage: {
          HlsManifests: [
            { Id: 'hls', ManifestName: 'index', PlaylistWindowSeconds: 60 },
            { Id: 'dvr', ManifestName: 'dvr', PlaylistWindowSeconds: 7200 },
          ],
        },
      },
      'hls-dvr': { HlsPackage: { PlaylistWindowSeconds: 7200 } },
      'dash-dvr': { DashPackage: { ManifestWindowSeconds: 7200 } },
      mss: {},
    });
  });

  test('keeps media for the longest show and an hour', () => {
    for (const properties of Object.values(endpoints())) {
      expect(properties['StartoverWindowSeconds']).toBe(13 * 3600);
    }
  });

  test('has an endpoint of its own for recordings where viewers have no HLS in MPEG-TS', () => {
    const dash = synthRecording({ origin: { kind: 'media-package-v1', formats: ['dash'] } });
    expect(Object.keys(endpoints(dash)).toSorted()).toEqual(['dash', 'dash-dvr', 'recording']);
    expect(told(dash, 'RecordingRecorder')).toMatchObject([
      { harvests: [{ endpoint: 'x-main-recording' }, { endpoint: 'x-main-recording' }] },
    ]);
  });

  test('never has more endpoints than a channel may have', () => {
    const audio = [
      { language: 'eng', name: 'English' },
      { language: 'deu', name: 'Deutsch', from: { pid: 482 } },
    ];
    const input = { kind: 'ts-file' as const, sources: [{ url: 'https://www.example.com/two.ts' }] };
    const most = synthRecording({
      origin: { kind: 'media-package-v1', formats: ['dash', 'cmaf', 'mss'] },
      channels: [{ name: 'main', input, audio, rewind: 120, recording: { mp4: true } }],
    });
    expect(Object.keys(endpoints(most)).toSorted()).toEqual([
      'cmaf',
      'dash',
      'dash-dvr',
      'mss',
      'recording',
      'recording-ts',
    ]);
    expect(endpoints(most)['recording']).toMatchObject({ HlsPackage: { UseAudioRenditionGroup: true } });
    expect(endpoints(most)['recording-ts']).toMatchObject({ HlsPackage: { UseAudioRenditionGroup: false } });
  });
});

describe('the recorder and the catalogue of MediaPackage v1', () => {
  test('know the endpoints by their ids', () => {
    const channel = {
      source: 'media-package-v1',
      group: 'x',
      path: '/out/v1/x/index.m3u8',
      windowSeconds: 13 * 3600,
      harvests: [
        { endpoint: 'x-main-hls', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: [] },
        { endpoint: 'x-main-hls', folder: 'conversion', hls: ['index'], lowLatencyHls: [], dash: [] },
      ],
    };
    for (const id of ['RecordingRecorder', 'RecordingCatalogue']) expect(told(template, id)).toMatchObject([channel]);
  });

  test('hear how harvests of these endpoints ended', () => {
    const { EventPattern } = starting(template, 'AWS::Events::Rule', 'RecordingCatalogueEventsHarvestEnded').Properties;
    expect(EventPattern).toMatchObject({
      source: ['aws.mediapackage'],
      'detail-type': ['MediaPackage HarvestJob Notification'],
      detail: { harvest_job: { origin_endpoint_id: [{ 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '-main-hls']] }] } },
    });
  });

  test('may ask for harvests and look at them, and give MediaPackage one role', () => {
    const about = (role: RegExp) => grants(inline(template, role)).filter((line) => /^(mediapackage|iam)/.test(line));
    expect(about(/^RecordingRecorderFunctionRole/)).toEqual([
      'iam:PassRole <RecordingHarvestsRole>',
      'mediapackage:CreateHarvestJob *',
      expect.stringMatching(/^mediapackage:DescribeHarvestJob .*harvest_jobs\/\*$/),
      'mediapackage:ListHarvestJobs *',
    ]);
    expect(about(/^RecordingCatalogueFunctionRole/)).toEqual([
      'iam:PassRole <RecordingCatalogueConvertRole>',
      expect.stringMatching(/^mediapackage:DescribeHarvestJob .*harvest_jobs\/\*$/),
    ]);
    const passed = inline(template, /^RecordingRecorderFunctionRole/).find(({ Action }) => Action === 'iam:PassRole');
    expect(passed?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'mediapackage.amazonaws.com' } });
  });

  test('let MediaPackage write recordings and nothing else', () => {
    expect(grants(inline(template, /^RecordingHarvestsRole/))).toEqual([
      's3:GetBucketLocation <RecordingsBucket>',
      's3:ListBucket <RecordingsBucket>',
      's3:PutObject <RecordingsBucket>/conversion/*',
      's3:PutObject <RecordingsBucket>/vod/*',
    ]);
    const policy = starting(template, 'AWS::S3::BucketPolicy', 'RecordingsBucketPolicy').Properties;
    expect(JSON.stringify(policy)).not.toContain('mediapackage');
  });
});

describe('the page of a channel on MediaPackage v1', () => {
  test('knows the long manifests, and begins anywhere by the parameter of v1', () => {
    expect(pageConfig(template).channels).toMatchObject([
      {
        rewind: {
          seconds: 7200,
          manifests: [
            { format: 'hls-ts', url: '/out/v1/x/index.m3u8' },
            { format: 'dash', url: '/out/v1/x/index.mpd' },
            { format: 'hls', url: '/out/v1/x/dvr/dvr.m3u8' },
          ],
        },
        recordings: '/vod/catalogue.json',
        startOver: [
          { format: 'hls-ts', url: '/out/v1/x/index.m3u8?start=' },
          { format: 'dash', url: '/out/v1/x/index.mpd?start=' },
          { format: 'hls', url: '/out/v1/x/hls/index.m3u8?start=' },
        ],
      },
    ]);
  });
});
