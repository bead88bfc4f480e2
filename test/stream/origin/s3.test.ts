import { describe, expect, test } from '@jest/globals';
import { renditionName, renditionsOf } from '../../../lib/channel/ladder';
import { streamTiming } from '../../../lib/channel/latency';
import { mainChannel, only, resources, stageChannel, synth } from '../synth';

interface OutputGroup {
  readonly Name: string;
  readonly OutputGroupSettings: { readonly HlsGroupSettings: Readonly<Record<string, unknown>> };
  readonly Outputs: readonly Readonly<Record<string, unknown>>[];
}

interface Encoder {
  readonly Destinations: unknown;
  readonly EncoderSettings: { readonly OutputGroups: readonly [OutputGroup] };
}

const template = synth({ origin: 's3', channels: [mainChannel, stageChannel] });
const [main, stage] = resources(template, 'AWS::MediaLive::Channel').map(
  ({ Properties }) => Properties as unknown as Encoder,
);
const bucket = resources(template, 'AWS::S3::Bucket').find(({ id }) => id.startsWith('Origin'));
const bucketId = bucket?.id ?? '';

function groupOf(encoder: Encoder | undefined): OutputGroup {
  const group = encoder?.EncoderSettings.OutputGroups[0];
  if (group === undefined) throw new Error('no output group');
  return group;
}

const inBucket = (path: string) => ({ 'Fn::Join': ['', ['s3ssl://', { Ref: bucketId }, path]] });

describe('the bucket as the origin', () => {
  test('gets live HLS whose window, segments and clean-up are the channel’s latency', () => {
    expect(groupOf(main).OutputGroupSettings.HlsGroupSettings).toEqual({
      Destination: { DestinationRefId: 'bucket' },
      ClientCache: 'ENABLED',
      CodecSpecification: 'RFC_6381',
      DirectoryStructure: 'SINGLE_DIRECTORY',
      DiscontinuityTags: 'INSERT',
      HlsCdnSettings: {
        HlsBasicPutSettings: { ConnectionRetryInterval: 1, FilecacheDuration: 300, NumRetries: 10, RestartDelay: 5 },
      },
      HlsId3SegmentTagging: 'DISABLED',
      IFrameOnlyPlaylists: 'DISABLED',
      IncompleteSegmentBehavior: 'AUTO',
      IndexNSegments: 15,
      InputLossAction: 'PAUSE_OUTPUT',
      KeepSegments: 31,
      ManifestCompression: 'NONE',
      ManifestDurationFormat: 'FLOATING_POINT',
      Mode: 'LIVE',
      OutputSelection: 'MANIFESTS_AND_SEGMENTS',
      ProgramDateTime: 'INCLUDE',
      ProgramDateTimeClock: 'SYSTEM_CLOCK',
      ProgramDateTimePeriod: 4,
      RedundantManifest: 'DISABLED',
      SegmentLength: 4,
      SegmentationMode: 'USE_SEGMENT_DURATION',
      StreamInfResolution: 'INCLUDE',
      TsFileMode: 'SEGMENTED_FILES',
    });
    expect(groupOf(stage).OutputGroupSettings.HlsGroupSettings).toMatchObject({
      IndexNSegments: 30,
      KeepSegments: 61,
      SegmentLength: streamTiming('low').segmentSeconds,
    });
  });

  test('gets each rendition with its sound, in files named after the rendition and the time', () => {
    const names = renditionsOf('hd-720p').map(renditionName);
    expect(groupOf(main).Outputs).toEqual(
      names.map((name) => ({
        OutputName: name,
        VideoDescriptionName: name,
        AudioDescriptionNames: ['audio'],
        OutputSettings: {
          HlsOutputSettings: {
            NameModifier: `_${name}`,
            SegmentModifier: '_$dt$',
            HlsSettings: {
              StandardHlsSettings: {
                M3u8Settings: { PcrControl: 'PCR_EVERY_PES_PACKET', Scte35Behavior: 'NO_PASSTHROUGH' },
              },
            },
          },
        },
      })),
    );
  });

  test('has a folder for each channel, and for two pipelines two names in it and manifests that list both', () => {
    expect(main?.Destinations).toEqual([{ Id: 'bucket', Settings: [{ Url: inBucket('/live/main/index') }] }]);
    expect(stage?.Destinations).toEqual([
      {
        Id: 'bucket',
        Settings: [{ Url: inBucket('/live/stage/index') }, { Url: inBucket('/live/stage/index-pipeline-1') }],
      },
    ]);
    expect(groupOf(stage).OutputGroupSettings.HlsGroupSettings['RedundantManifest']).toBe('ENABLED');
  });

  test('lets an encoder write, read and remove in the folder of its channel, and list the bucket, and no more', () => {
    const role = resources(template, 'AWS::IAM::Role').find(({ id }) => id.startsWith('Encoderstage'));
    const policies = role?.Properties['Policies'] as readonly { PolicyDocument: { Statement: unknown } }[] | undefined;
    expect(policies?.[0]?.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucketId, 'Arn'] }, '/live/stage/*']] },
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: { 'Fn::GetAtt': [bucketId, 'Arn'] },
      },
    ]);
  });

  test('is read by this distribution alone', () => {
    const policy = resources(template, 'AWS::S3::BucketPolicy').find(({ id }) => id.startsWith('Origin'));
    const document = policy?.Properties['PolicyDocument'] as
      | { readonly Statement: readonly { readonly Effect: string }[] }
      | undefined;
    const allowed = document?.Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      { Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' }, Condition: expect.anything() },
    ]);
    expect(JSON.stringify(allowed)).toContain(`{"Ref":"${only(template, 'AWS::CloudFront::Distribution').id}"}`);
  });

  test('is asked for a playlist once a second, because one that stands still must be seen to', () => {
    const policies = resources(template, 'AWS::CloudFront::CachePolicy').map(
      ({ id, Properties }) => [id, Properties['CachePolicyConfig']] as const,
    );
    expect(policies.find(([id]) => id.includes('Manifests'))?.[1]).toMatchObject({
      MinTTL: 1,
      DefaultTTL: 1,
      ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: 'none' } },
    });
    expect(policies.find(([id]) => id.includes('Segments'))?.[1]).toMatchObject({ DefaultTTL: 1_209_600 });
  });

  test('loses what a channel has left behind after a day, but not a multivariant playlist that is still in use', () => {
    expect(bucket?.Properties['LifecycleConfiguration']).toEqual({
      Rules: expect.arrayContaining([
        expect.objectContaining({ ExpirationInDays: 1, ObjectSizeGreaterThan: '8192', Status: 'Enabled' }),
      ]),
    });
  });

  test('is emptied after the encoder is gone and before it is deleted itself', () => {
    const [content] = resources(template, 'Custom::BucketContent').filter(({ id }) => id.includes('Media'));
    expect(content?.Properties).toMatchObject({ BucketName: { Ref: bucketId }, EmptyOnDelete: true });
    for (const { DependsOn } of resources(template, 'AWS::MediaLive::Channel')) {
      expect(DependsOn).toContain(content?.id);
    }
  });

  test('needs nothing of MediaPackage', () => {
    expect(Object.values(template.Resources).filter(({ Type }) => Type.includes('MediaPackage'))).toEqual([]);
  });
});
