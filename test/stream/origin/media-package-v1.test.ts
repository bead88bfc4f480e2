import { describe, expect, test } from '@jest/globals';
import { renditionName, renditionsOf } from '../../../lib/channel/ladder';
import { grants, type Statement } from '../grants';
import { mainChannel, only, resources, stageChannel, synth } from '../synth';

const ALL = ['hls', 'dash', 'cmaf', 'mss'] as const;
const template = synth({
  origin: { kind: 'media-package-v1', formats: [...ALL], startOverSeconds: 3600 },
  channels: [mainChannel, stageChannel],
});
const secret = only(template, 'AWS::SecretsManager::Secret');
const endpoints = resources(template, 'AWS::MediaPackage::OriginEndpoint');
const mainEndpoints = endpoints.filter(({ id }) => id.startsWith('Originmain'));
const channels = resources(template, 'AWS::MediaPackage::Channel');
const encoders = resources(template, 'AWS::MediaLive::Channel');
const distribution = only(template, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as {
  readonly Origins: readonly Record<string, unknown>[];
  readonly CacheBehaviors: readonly { readonly PathPattern: string }[];
};
const role = resources(template, 'AWS::IAM::Role').find(({ id }) => id.startsWith('OriginAuthorization'));

describe('MediaPackage v1 as the origin', () => {
  test('has an endpoint for each format, with the durations of the channel’s latency', () => {
    const packages = Object.fromEntries(
      mainEndpoints.flatMap(({ Properties }) =>
        Object.entries(Properties).filter(([name]) => name.endsWith('Package')),
      ),
    );
    expect(packages).toEqual({
      HlsPackage: {
        AdMarkers: 'PASSTHROUGH',
        IncludeIframeOnlyStream: false,
        PlaylistType: 'NONE',
        PlaylistWindowSeconds: 60,
        ProgramDateTimeIntervalSeconds: 4,
        SegmentDurationSeconds: 4,
        UseAudioRenditionGroup: false,
      },
      DashPackage: expect.objectContaining({ ManifestWindowSeconds: 60, SegmentDurationSeconds: 4 }),
      CmafPackage: {
        HlsManifests: [expect.objectContaining({ Id: 'hls', ManifestName: 'index', PlaylistWindowSeconds: 60 })],
        SegmentDurationSeconds: 4,
      },
      MssPackage: { ManifestWindowSeconds: 60, SegmentDurationSeconds: 4 },
    });
    for (const { Properties } of mainEndpoints) {
      expect(Properties).toMatchObject({ StartoverWindowSeconds: 3600, Origination: 'ALLOW', ManifestName: 'index' });
    }
  });

  test('checks every request with a word that Secrets Manager makes up, read by a role that can read nothing else', () => {
    expect(secret.Properties['GenerateSecretString']).toMatchObject({
      GenerateStringKey: 'MediaPackageCDNIdentifier',
      SecretStringTemplate: '{}',
    });
    for (const { Properties } of endpoints) {
      expect(Properties['Authorization']).toEqual({
        CdnIdentifierSecret: { Ref: secret.id },
        SecretsRoleArn: { 'Fn::GetAtt': [role?.id, 'Arn'] },
      });
    }
    expect(role?.Properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [{ Principal: { Service: 'mediapackage.amazonaws.com' } }],
    });
    expect(role?.Properties['Policies']).toMatchObject([
      { PolicyDocument: { Statement: [{ Resource: { Ref: secret.id } }] } },
    ]);
  });

  test('is shown that word by the edge, as a reference that only CloudFormation resolves', () => {
    const [media] = distribution.Origins.filter(({ Id }) => Id === 'media');
    expect(media?.['OriginCustomHeaders']).toEqual([
      {
        HeaderName: 'X-MediaPackage-CDNIdentifier',
        HeaderValue: {
          'Fn::Join': [
            '',
            ['{{resolve:secretsmanager:', { Ref: secret.id }, ':SecretString:MediaPackageCDNIdentifier::}}'],
          ],
        },
      },
    ]);
    expect(JSON.stringify(template.Outputs)).not.toMatch(/secretsmanager|CDNIdentifier/);
  });

  test('is asked at the host of its endpoints’ URLs', () => {
    const [media] = distribution.Origins.filter(({ Id }) => Id === 'media');
    const hls = mainEndpoints.find(({ Properties }) => 'HlsPackage' in Properties);
    expect(media?.['DomainName']).toEqual({
      'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': [hls?.id, 'Url'] }] }],
    });
  });

  test('is fed by outputs with picture and sound, under a role that may describe this channel', () => {
    const [first] = encoders;
    const packager = channels.find(({ id }) => id.startsWith('Originmain'));
    const settings = first?.Properties['EncoderSettings'] as { OutputGroups: readonly Record<string, unknown>[] };
    expect(first?.Properties['Destinations']).toEqual([
      { Id: 'packager', MediaPackageSettings: [{ ChannelId: { Ref: packager?.id } }] },
    ]);
    expect(settings.OutputGroups[0]?.['Outputs']).toEqual(
      renditionsOf('hd-720p')
        .map(renditionName)
        .map((name) => ({
          OutputName: name,
          VideoDescriptionName: name,
          AudioDescriptionNames: ['audio'],
          OutputSettings: { MediaPackageOutputSettings: {} },
        })),
    );
    const encoderRole = resources(template, 'AWS::IAM::Role').find(({ id }) => id.startsWith('Encodermain'));
    expect(JSON.stringify(encoderRole?.Properties['Policies'])).toContain(
      JSON.stringify({
        Action: 'mediapackage:DescribeChannel',
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [packager?.id, 'Arn'] },
      }),
    );
  });

  test('says every address, and gives the player those that it plays', () => {
    expect(Object.keys(template.Outputs).filter((name) => /^Main(Hls|Dash|HlsTs|Mss)Url$/.test(name))).toEqual([
      'MainHlsTsUrl',
      'MainDashUrl',
      'MainHlsUrl',
      'MainMssUrl',
    ]);
    const site = resources(template, 'Custom::BucketContent').find(({ id }) => id.includes('PlayerSite'));
    const formats = [...JSON.stringify(site?.Properties['Config']).matchAll(/format\\+":\\+"([\w-]+)/g)];
    expect(formats.map((match) => match[1])).toEqual(['hls-ts', 'dash', 'hls', 'hls-ts', 'dash', 'hls']);
  });

  test('lets its role do all that AWS asks for, before an endpoint names the role', () => {
    const policy = resources(template, 'AWS::IAM::Policy').find(({ id }) => id.startsWith('OriginAuthorization'));
    const document = policy?.Properties['PolicyDocument'] as { Statement: readonly Statement[] } | undefined;
    expect(grants(document?.Statement ?? [])).toEqual([
      'iam:GetRole <OriginAuthorizationRole>',
      'iam:PassRole <OriginAuthorizationRole>',
      'secretsmanager:ListSecrets *',
    ]);
    const endpoints = resources(template, 'AWS::MediaPackage::OriginEndpoint');
    expect(endpoints.filter(({ DependsOn = [] }) => !DependsOn.includes(policy?.id ?? ''))).toEqual([]);
  });

  test('has its manifests routed before its segments', () => {
    expect(distribution.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
      '/out/v1/*.m3u8',
      '/out/v1/*.mpd',
      '/out/v1/*.ism/Manifest',
      '/out/v1/*',
    ]);
  });

  test('needs nothing of MediaPackage v2', () => {
    expect(Object.values(template.Resources).filter(({ Type }) => Type.includes('MediaPackageV2'))).toEqual([]);
  });

  test('has HLS, DASH and CMAF by default, and live only', () => {
    const bare = resources(synth({ origin: 'media-package-v1' }), 'AWS::MediaPackage::OriginEndpoint');
    expect(bare.map(({ Properties }) => Properties['Id'])).toHaveLength(3);
    expect(bare.map(({ Properties }) => Properties['StartoverWindowSeconds'])).toEqual([0, 0, 0]);
  });
});
