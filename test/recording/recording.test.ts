import { describe, expect, test } from '@jest/globals';
import { gateSettings } from '../access/templates';
import { grants, inline } from '../stream/grants';
import { only, resources, synth } from '../stream/synth';
import { endpoint, pageConfig, starting, synthRecording, told } from './templates';

const template = synthRecording();

describe('an endpoint of a channel with rewind and recording', () => {
  test('lists two hours in a second manifest, and keeps the live one as it is', () => {
    expect(endpoint(template, 'cmaf')).toMatchObject({
      HlsManifests: [
        { ManifestName: 'index', ManifestWindowSeconds: 60 },
        { ManifestName: 'dvr', ManifestWindowSeconds: 7200 },
      ],
      DashManifests: [
        { ManifestName: 'dash', ManifestWindowSeconds: 60 },
        { ManifestName: 'dvr-dash', ManifestWindowSeconds: 7200 },
      ],
      LowLatencyHlsManifests: [{ ManifestName: 'low-latency', ManifestWindowSeconds: 60 }],
    });
    expect(endpoint(template, 'ts')).toMatchObject({
      HlsManifests: [{ ManifestName: 'index' }, { ManifestName: 'dvr', ManifestWindowSeconds: 7200 }],
    });
  });

  test('keeps media for the longest show and an hour', () => {
    for (const name of ['cmaf', 'ts']) expect(endpoint(template, name)['StartoverWindowSeconds']).toBe(13 * 3600);
  });

  test('lets MediaPackage harvest, for this account', () => {
    for (const id of ['OriginmainCmafEndpointPolicy', 'OriginmainTsEndpointPolicy']) {
      const { Policy } = starting(template, 'AWS::MediaPackageV2::OriginEndpointPolicy', id).Properties;
      expect(Policy).toMatchObject({
        Statement: [
          { Principal: { Service: 'cloudfront.amazonaws.com' } },
          {
            Principal: { Service: 'mediapackagev2.amazonaws.com' },
            Action: ['mediapackagev2:GetObject', 'mediapackagev2:HarvestObject'],
            Condition: { StringEquals: { 'AWS:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      });
    }
  });

  test('is one of its own where those of viewers answer with errors', () => {
    const forced = synthRecording({ origin: { kind: 'media-package', forceEndpointErrors: ['stale-manifest'] } });
    expect(endpoint(forced, 'cmaf')['ForceEndpointErrorConfiguration']).toBeDefined();
    expect(endpoint(forced, 'recording')['ForceEndpointErrorConfiguration']).toBeUndefined();
    expect(endpoint(forced, 'recording-ts')['ForceEndpointErrorConfiguration']).toBeUndefined();
    expect(told(forced, 'RecordingRecorder')).toMatchObject([
      {
        path: '/out/v1/x/main/recording/index.m3u8',
        harvests: [{ endpoint: 'recording' }, { endpoint: 'recording-ts' }],
      },
    ]);
  });

  test('is one of its own where viewers have no HLS', () => {
    const dash = synthRecording({ origin: { kind: 'media-package', formats: ['dash'] } });
    expect(told(dash, 'RecordingRecorder')).toMatchObject([
      { harvests: [{ endpoint: 'recording', hls: ['index'], dash: ['dash'] }, { endpoint: 'recording-ts' }] },
    ]);
  });
});

describe('the recorder and the catalogue', () => {
  test('know the channel', () => {
    const channel = {
      name: 'main',
      group: 'x',
      path: '/out/v1/x/main/cmaf/index.m3u8',
      isPrivate: false,
      keepDays: 30,
      longestSeconds: 12 * 3600,
      windowSeconds: 13 * 3600,
      segmentSeconds: 4,
      pictures: true,
      mp4: false,
      harvests: [
        { endpoint: 'cmaf', folder: 'vod', hls: ['index'], lowLatencyHls: [], dash: ['dash'] },
        { endpoint: 'ts', folder: 'conversion', hls: ['index'], lowLatencyHls: [], dash: [] },
      ],
    };
    for (const id of ['RecordingRecorder', 'RecordingCatalogue']) expect(told(template, id)).toMatchObject([channel]);
  });

  test('hear when channels begin and end, and how harvests and conversions ended', () => {
    const patterns = resources(template, 'AWS::Events::Rule')
      .filter(({ id }) => id.startsWith('Recording'))
      .map(({ Properties }) => Properties['EventPattern']);
    expect(patterns).toMatchObject([
      { source: ['aws.mediapackagev2'], detail: { harvestJob: { channelGroupName: [{ Ref: 'AWS::StackName' }] } } },
      { source: ['aws.mediaconvert'], detail: { userMetadata: { channel: ['main'] } } },
      { source: ['aws.medialive'], detail: { state: ['RUNNING', 'STOPPED', 'IDLE'] } },
    ]);
  });

  test('are there before a channel starts, and until it has stopped', () => {
    const kept = only(template, 'Custom::Recordings').id;
    expect(only(template, 'Custom::RunningState').DependsOn).toContain(kept);
    const after = template.Resources[kept]?.DependsOn ?? [];
    for (const id of [
      'RecordingRecorderEvents',
      'RecordingCatalogueEvents',
      'OriginmainCmafEndpoint',
      'RecordingsBucketPolicy',
    ]) {
      expect(after.some((other) => other.startsWith(id))).toBe(true);
    }
  });

  test('have no more permissions than they need', () => {
    const store = [
      's3:GetObject <RecordingsBucket>/runs/*',
      's3:GetObject <RecordingsBucket>/vod/*/catalogue.json',
      's3:GetObject <RecordingsBucket>/vod/catalogue.json',
    ];
    const written = store.map((line) => line.replace('Get', 'Put'));
    const endpoints = ['<OriginmainCmafEndpoint>', '<OriginmainTsEndpoint>'].flatMap((arn) => [
      arn,
      `${arn}/harvestJob/*`,
    ]);
    // IAM judges a harvest by all that it is in.
    const harvested = ['<OriginGroup>', '<OriginmainChannel>', ...endpoints];
    const recorder = grants(inline(template, /^RecordingRecorderFunctionRole/));
    expect(recorder.filter((line) => line.startsWith('s3:'))).toEqual(
      [
        ...store,
        ...written,
        's3:ListBucket <RecordingsBucket>',
        's3:DeleteObject <RecordingsBucket>/conversion/*',
        's3:DeleteObject <RecordingsBucket>/vod/*',
      ].sort(),
    );
    expect(recorder.filter((line) => line.startsWith('mediapackagev2:'))).toEqual(
      [
        ...harvested.flatMap((arn) => [
          `mediapackagev2:CancelHarvestJob ${arn}`,
          `mediapackagev2:CreateHarvestJob ${arn}`,
        ]),
        'mediapackagev2:ListHarvestJobs <OriginGroup>',
      ].sort(),
    );
    expect(
      grants(inline(template, /^RecordingCatalogueFunctionRole/)).filter((line) => /^(mediapack|iam)/.test(line)),
    ).toEqual(
      [
        ...harvested.map((arn) => `mediapackagev2:GetHarvestJob ${arn}`),
        'iam:PassRole <RecordingCatalogueConvertRole>',
      ].sort(),
    );
    expect(grants(inline(template, /^RecordingCatalogueConvertRole/))).toEqual([
      's3:GetObject <RecordingsBucket>/conversion/*',
      's3:ListBucket <RecordingsBucket>',
      's3:PutObject <RecordingsBucket>/vod/*',
    ]);
  });
});

describe('the bucket of recordings', () => {
  test('is read by the distribution below vod, and written by MediaPackage of this account', () => {
    const { PolicyDocument } = starting(template, 'AWS::S3::BucketPolicy', 'RecordingsBucketPolicy').Properties as {
      readonly PolicyDocument: { readonly Statement: readonly { readonly Effect: string }[] };
    };
    const allowed = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      {
        Principal: { Service: 'mediapackagev2.amazonaws.com' },
        Action: 's3:PutObject',
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
      { Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' },
    ]);
    expect(JSON.stringify(allowed[1])).toContain('/vod/*');
  });

  test('stays when the stack is deleted, or is emptied and deleted, and the Outputs say which', () => {
    const gone = synthRecording({ recordings: 'delete-with-stack' });
    const said = [template, gone].map((one) => [
      starting(one, 'AWS::S3::Bucket', 'RecordingsBucket').DeletionPolicy,
      starting(one, 'Custom::BucketContent', 'BucketContentRecordings').Properties['EmptyOnDelete'],
      one.Outputs['RecordingsBucket']?.Description,
      JSON.stringify(one.Outputs['RetainedAfterDelete']?.Value).includes('RecordingsBucket'),
    ]);
    expect(said).toEqual([
      ['Retain', false, 'The bucket of the recordings, which stays when the stack is deleted', true],
      ['Delete', true, 'The bucket of the recordings, which is deleted with the stack', false],
    ]);
  });

  test('removes recordings after the days of their channel', () => {
    const { LifecycleConfiguration } = starting(template, 'AWS::S3::Bucket', 'RecordingsBucket').Properties;
    expect(LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([{ Prefix: 'vod/main/', ExpirationInDays: 30, Status: 'Enabled' }]),
    });
  });
});

describe('the page of a channel with rewind and recording', () => {
  test('knows the long manifests, the catalogue, and the manifests that begin anywhere', () => {
    expect(pageConfig(template).channels).toMatchObject([
      {
        rewind: {
          seconds: 7200,
          manifests: [
            { format: 'hls', url: '/out/v1/x/main/cmaf/dvr.m3u8' },
            { format: 'dash', url: '/out/v1/x/main/cmaf/dvr-dash.mpd' },
            { format: 'hls-ts', url: '/out/v1/x/main/ts/dvr.m3u8' },
          ],
        },
        recordings: '/vod/catalogue.json',
        startOver: [
          { format: 'hls', url: '/out/v1/x/main/cmaf/index.m3u8' },
          { format: 'dash', url: '/out/v1/x/main/cmaf/dash.mpd' },
          { format: 'hls-ts', url: '/out/v1/x/main/ts/index.m3u8' },
        ],
      },
    ]);
  });

  test('knows nothing of it where the channel has neither', () => {
    const [channel = {}] = pageConfig(synth()).channels;
    expect(Object.keys(channel)).toEqual(['name', 'running', 'segmentSeconds', 'manifests']);
  });
});

describe('a private channel with recording', () => {
  const channels = [
    { name: 'main', input: { kind: 'test-clip' as const }, recording: true as const },
    { name: 'free', input: { kind: 'test-clip' as const }, recording: true as const, access: 'public' as const },
  ];
  const gated = synthRecording({ access: {}, channels });

  test('has a catalogue of its own', () => {
    expect(pageConfig(gated).channels.map(({ recordings }) => recordings)).toEqual([
      '/vod/main/catalogue.json',
      '/vod/catalogue.json',
    ]);
    expect(told(gated, 'RecordingCatalogue').map(({ isPrivate }) => isPrivate)).toEqual([true, false]);
  });

  test('is checked at the gate by the folder of its recordings', () => {
    expect(gateSettings(gated).folders).toEqual(
      expect.arrayContaining([
        { path: '/vod/main/', channel: 'main', isPublic: false },
        { path: '/vod/free/', channel: 'free', isPublic: true },
        { path: '/vod/catalogue.json', channel: '', isPublic: true },
      ]),
    );
    const config = only(gated, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as {
      readonly CacheBehaviors: readonly { readonly PathPattern: string; readonly FunctionAssociations?: unknown }[];
    };
    const vod = config.CacheBehaviors.filter(({ PathPattern }) => PathPattern.includes('vod'));
    expect(vod.map(({ PathPattern }) => PathPattern)).toEqual(['/s/*/vod/*', '/vod/*']);
    for (const { FunctionAssociations } of vod) expect(FunctionAssociations).toBeDefined();
  });
});

describe('a bucket as the origin of a channel with rewind', () => {
  test('has one playlist that lists it', () => {
    const channel = { name: 'main', input: { kind: 'test-clip' as const }, rewind: 30 };
    const stored = synth({ origin: 's3', channels: [channel] });
    const encoder = JSON.stringify(only(stored, 'AWS::MediaLive::Channel').Properties);
    expect(encoder).toContain('"IndexNSegments":450');
    expect(pageConfig(stored).channels).toMatchObject([
      { rewind: { seconds: 1800, manifests: [{ format: 'hls-ts', url: '/live/main/index.m3u8' }] } },
    ]);
  });
});
