import { describe, expect, test } from '@jest/globals';
import { grants, inline } from '../grants';
import { mainChannel, only, resources, stageChannel, synth } from '../synth';

const template = synth({
  origin: { kind: 'media-store', acknowledgeDiscontinued: true },
  channels: [mainChannel, stageChannel],
});
const container = only(template, 'AWS::MediaStore::Container');
const ARN = 'arn:<AWS::Partition>:mediastore:<AWS::Region>:<AWS::AccountId>:container/<AWS::StackName>';

interface Encoder {
  readonly Destinations: readonly { readonly Settings: readonly { readonly Url: unknown }[] }[];
  readonly EncoderSettings: {
    readonly OutputGroups: readonly [
      { readonly OutputGroupSettings: { readonly HlsGroupSettings: Readonly<Record<string, unknown>> } },
    ];
  };
}

const [main, stage] = resources(template, 'AWS::MediaLive::Channel').map(
  ({ Properties }) => Properties as unknown as Encoder,
);
const group = (encoder: Encoder | undefined) =>
  encoder?.EncoderSettings.OutputGroups[0].OutputGroupSettings.HlsGroupSettings;

/** A JSON text of the template with its references left as their names. */
function json(value: unknown): unknown {
  if (typeof value === 'string') return JSON.parse(value);
  const [, parts] = (value as { readonly 'Fn::Join': readonly [string, readonly unknown[]] })['Fn::Join'];
  const text = parts.map((part) => (typeof part === 'string' ? part : `<${(part as { readonly Ref: string }).Ref}>`));
  return JSON.parse(text.join(''));
}

describe('the container as the origin', () => {
  test('is put to as MediaStore, with the settings that it has in common with a bucket', () => {
    const bucket = synth({ origin: 's3', channels: [mainChannel] });
    const [stored] = resources(bucket, 'AWS::MediaLive::Channel').map(
      ({ Properties }) => Properties as unknown as Encoder,
    );
    expect(group(main)).toEqual({
      ...group(stored),
      Destination: { DestinationRefId: 'container' },
      HlsCdnSettings: {
        HlsMediaStoreSettings: {
          ConnectionRetryInterval: 1,
          FilecacheDuration: 300,
          MediaStoreStorageClass: 'TEMPORAL',
          NumRetries: 10,
          RestartDelay: 5,
        },
      },
    });
  });

  test('has a folder for each channel, and for two pipelines two names in it and manifests that list both', () => {
    const host = { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': [container.id, 'Endpoint'] }] }] };
    const at = (path: string) => ({ Url: { 'Fn::Join': ['', ['mediastoressl://', host, path]] } });
    expect(main?.Destinations[0]?.Settings).toEqual([at('/live/main/index')]);
    expect(stage?.Destinations[0]?.Settings).toEqual([at('/live/stage/index'), at('/live/stage/index-pipeline-1')]);
    expect(group(stage)?.['RedundantManifest']).toBe('ENABLED');
  });

  test('lets an encoder write, read, look at and remove in the folder of its channel, and no more', () => {
    expect(grants(inline(template, /^Encoderstage/)).filter((line) => line.startsWith('mediastore:'))).toEqual([
      `mediastore:DeleteObject ${ARN}/live/stage/*`,
      `mediastore:DescribeObject ${ARN}/live/stage/*`,
      `mediastore:GetObject ${ARN}/live/stage/*`,
      `mediastore:PutObject ${ARN}/live/stage/*`,
    ]);
  });

  test('lets the function that empties it find, list and remove, and no more', () => {
    expect(grants(inline(template, /^OriginContentEmptier/)).filter((line) => !line.startsWith('logs:'))).toEqual([
      `mediastore:DeleteObject ${ARN}/*`,
      `mediastore:DescribeContainer ${ARN}`,
      `mediastore:ListItems ${ARN}/*`,
    ]);
  });

  test('is read by CloudFront for this account and over HTTPS, and by nobody else', () => {
    const policy = json(container.Properties['Policy']) as { readonly Statement: readonly unknown[] };
    expect(policy.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 'mediastore:GetObject',
        Resource: `${ARN}/*`,
        Condition: {
          StringEquals: { 'AWS:SourceAccount': '<AWS::AccountId>' },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      },
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'mediastore:*',
        Resource: `${ARN}/*`,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
    const signed = resources(template, 'AWS::CloudFront::OriginAccessControl').find(({ id }) =>
      id.startsWith('Origin'),
    );
    expect(signed?.Properties['OriginAccessControlConfig']).toMatchObject({
      OriginAccessControlOriginType: 'mediastore',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    });
  });

  test('loses media playlists that stand still within seconds, and segments that were left behind after a day', () => {
    expect(json(container.Properties['LifecyclePolicy'])).toEqual({
      rules: [
        {
          definition: {
            path: [{ wildcard: 'live/*/*_*.m3u8' }],
            seconds_since_create: [{ numeric: ['>', 12] }],
          },
          action: 'EXPIRE',
        },
        {
          definition: { path: [{ wildcard: 'live/*.ts' }], days_since_create: [{ numeric: ['>', 1] }] },
          action: 'EXPIRE',
        },
      ],
    });
  });

  test('is emptied after the encoder is gone and before it is deleted itself', () => {
    const emptied = only(template, 'Custom::ContainerContent');
    expect(emptied.Properties).toMatchObject({ ContainerName: { Ref: 'AWS::StackName' }, UnlistedSeconds: 12 });
    expect(emptied.DependsOn).toContain(container.id);
    for (const { DependsOn } of resources(template, 'AWS::MediaLive::Channel')) expect(DependsOn).toContain(emptied.id);
  });
});
