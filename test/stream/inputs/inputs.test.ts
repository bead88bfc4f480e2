import { describe, expect, test } from '@jest/globals';
import { inputSchema } from '../../../lib/channel/input';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { grants, inline } from '../grants';
import { resources, synth, type Template } from '../synth';

type Channel = LiveStreamInput['channels'][number];
type Input = Channel['input'];

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:live/srt-a1B2c3';
const FLOWS = ['main', 'backup'].map(
  (name) => `arn:aws:mediaconnect:eu-west-1:111122223333:flow:1-AbCd-0123456789ab:${name}`,
);
const VPC = { subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'], securityGroupIds: ['sg-0a1b2c3d'] };
const CFN_VPC = { SubnetIds: VPC.subnetIds, SecurityGroupIds: VPC.securityGroupIds };
const allowedCidrs = ['203.0.113.7/32'];
const LOGIN = { username: 'producer', passwordParameter: '/live/password' };
const CFN_LOGIN = { Username: 'producer', PasswordParam: '/live/password' };

const EC2 = 'arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>';
const INTERFACES = [
  'CreateNetworkInterface',
  'CreateNetworkInterfacePermission',
  'DeleteNetworkInterface',
  'DeleteNetworkInterfacePermission',
];
const IN_VPC = [
  ...['DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets'].map((action) => `ec2:${action} *`),
  ...INTERFACES.flatMap((action) =>
    ['network-interface/*', 'subnet/subnet-0a1b2c3d', 'subnet/subnet-0a1b2c3e', 'security-group/sg-0a1b2c3d'].map(
      (resource) => `ec2:${action} ${EC2}:${resource}`,
    ),
  ),
].sort();
const PARAMETER = 'arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/live/password';
const PASSWORD = [`ssm:GetParameter ${PARAMETER}`, `ssm:GetParameters ${PARAMETER}`];
const PASSPHRASE = [`secretsmanager:GetSecretValue ${SECRET}`];

const ROLE = { 'Fn::GetAtt': [expect.stringMatching(/^Input.*Role/), 'Arn'] };
const GROUPS = [{ Ref: expect.stringMatching(/SecurityGroup/) }];

/** Expected resources and permissions of one kind of input. */
interface Expected {
  readonly input: Input;
  readonly redundancy?: 'two-pipelines';
  /** The properties of the MediaLive input but its name. */
  readonly properties: Record<string, unknown>;
  /** Permissions of the channel's role that the input needs. */
  readonly channelRole?: readonly string[];
  /** Permissions of the input's own role. */
  readonly inputRole?: readonly string[];
  /** The Outputs that say where publishers go. */
  readonly ingest?: readonly string[];
  /** How the channel treats the input, beside its audio. */
  readonly settings?: Record<string, unknown>;
}

/** Without it, a playlist is a file to MediaLive. */
const LIVE_HLS = { NetworkInputSettings: { HlsInputSettings: { BufferSegments: 3 } } };
const RTMP_0 = ['IngestServer0', 'IngestStreamKey0'];
const BOTH = ['IngestServer0', 'IngestServer1'];

const KINDS: Readonly<Record<string, Expected>> = {
  'rtmp-push': {
    input: { kind: 'rtmp-push', allowedCidrs },
    properties: {
      Type: 'RTMP_PUSH',
      InputSecurityGroups: GROUPS,
      Destinations: [{ StreamName: 'rtmp-push/pipeline-0' }],
    },
    ingest: RTMP_0,
  },
  'rtmp-push-vpc': {
    input: { kind: 'rtmp-push-vpc', ...VPC, streamNames: ['live/a'] },
    properties: { Type: 'RTMP_PUSH', Vpc: CFN_VPC, RoleArn: ROLE, Destinations: [{ StreamName: 'live/a' }] },
    inputRole: IN_VPC,
    ingest: RTMP_0,
  },
  'rtp-push': {
    input: { kind: 'rtp-push', allowedCidrs },
    redundancy: 'two-pipelines',
    properties: { Type: 'RTP_PUSH', InputSecurityGroups: GROUPS },
    ingest: BOTH,
  },
  'rtp-push-vpc': {
    input: { kind: 'rtp-push-vpc', ...VPC },
    redundancy: 'two-pipelines',
    properties: { Type: 'RTP_PUSH', Vpc: CFN_VPC, RoleArn: ROLE },
    inputRole: IN_VPC,
    ingest: BOTH,
  },
  'srt-listener': {
    input: { kind: 'srt-listener', allowedCidrs, passphraseSecretArn: SECRET, streamId: 'main' },
    properties: {
      Type: 'SRT_LISTENER',
      InputSecurityGroups: GROUPS,
      SrtSettings: {
        SrtListenerSettings: {
          MinimumLatency: 2000,
          StreamId: 'main',
          Decryption: { Algorithm: 'AES256', PassphraseSecretArn: SECRET },
        },
      },
    },
    channelRole: PASSPHRASE,
    ingest: ['IngestServer0'],
  },
  'srt-caller': {
    input: {
      kind: 'srt-caller',
      sources: [
        { address: '203.0.113.7', port: 9000, encryption: 'AES128', passphraseSecretArn: SECRET },
        { address: '203.0.113.8', port: 9001, latencyMilliseconds: 500, streamId: 'backup' },
      ],
    },
    redundancy: 'two-pipelines',
    properties: {
      Type: 'SRT_CALLER',
      SrtSettings: {
        SrtCallerSources: [
          {
            SrtListenerAddress: '203.0.113.7',
            SrtListenerPort: '9000',
            MinimumLatency: 2000,
            Decryption: { Algorithm: 'AES128', PassphraseSecretArn: SECRET },
          },
          { SrtListenerAddress: '203.0.113.8', SrtListenerPort: '9001', MinimumLatency: 500, StreamId: 'backup' },
        ],
      },
    },
    channelRole: PASSPHRASE,
  },
  'rtmp-pull': {
    input: { kind: 'rtmp-pull', sources: [{ url: 'rtmp://203.0.113.7/live/main', ...LOGIN }] },
    properties: { Type: 'RTMP_PULL', Sources: [{ Url: 'rtmp://203.0.113.7/live/main', ...CFN_LOGIN }] },
    channelRole: PASSWORD,
  },
  'hls-pull': {
    input: { kind: 'hls-pull', sources: [{ url: 'https://www.example.com/live.m3u8', ...LOGIN }] },
    properties: { Type: 'URL_PULL', Sources: [{ Url: 'https://www.example.com/live.m3u8', ...CFN_LOGIN }] },
    channelRole: PASSWORD,
    settings: LIVE_HLS,
  },
  'hls-bucket': {
    input: { kind: 'hls-pull', sources: [{ url: 's3ssl://amzn-s3-demo-bucket/live/index.m3u8' }] },
    properties: { Type: 'URL_PULL', Sources: [{ Url: 's3ssl://amzn-s3-demo-bucket/live/index.m3u8' }] },
    channelRole: ['s3:GetObject arn:<AWS::Partition>:s3:::amzn-s3-demo-bucket/live/*'],
    settings: LIVE_HLS,
  },
  'mp4-file': {
    input: {
      kind: 'mp4-file',
      sources: [{ url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }, { url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }],
    },
    redundancy: 'two-pipelines',
    properties: {
      Type: 'MP4_FILE',
      Sources: [{ Url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }, { Url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }],
    },
    channelRole: ['s3:GetObject arn:<AWS::Partition>:s3:::amzn-s3-demo-bucket/film.mp4'],
    settings: { SourceEndBehavior: 'LOOP' },
  },
  'ts-file': {
    input: { kind: 'ts-file', sources: [{ url: 'https://www.example.com/film.ts' }], loop: false },
    properties: { Type: 'TS_FILE', Sources: [{ Url: 'https://www.example.com/film.ts' }] },
    settings: { SourceEndBehavior: 'CONTINUE' },
  },
  mediaconnect: {
    input: { kind: 'mediaconnect', flowArns: FLOWS },
    redundancy: 'two-pipelines',
    properties: { Type: 'MEDIACONNECT', MediaConnectFlows: FLOWS.map((FlowArn) => ({ FlowArn })), RoleArn: ROLE },
    inputRole: [
      'mediaconnect:ManagedAddOutput *',
      'mediaconnect:ManagedDescribeFlow *',
      'mediaconnect:ManagedRemoveOutput *',
    ],
  },
  'mediaconnect-router': {
    input: { kind: 'mediaconnect-router', availabilityZones: ['us-east-1a'] },
    properties: {
      Type: 'MEDIACONNECT_ROUTER',
      RouterSettings: { Destinations: [{ AvailabilityZoneName: 'us-east-1a' }], EncryptionType: 'AUTOMATIC' },
    },
  },
  'link-device': {
    input: { kind: 'link-device', deviceIds: ['hd-0123456789abcdef'] },
    properties: { Type: 'INPUT_DEVICE', InputDevices: [{ Id: 'hd-0123456789abcdef' }] },
  },
  cdi: {
    input: { kind: 'cdi', ...VPC, resolution: 'UHD' },
    redundancy: 'two-pipelines',
    properties: { Type: 'AWS_CDI', Vpc: CFN_VPC, RoleArn: ROLE },
    inputRole: IN_VPC,
    ingest: BOTH,
  },
};

const channels: readonly Channel[] = Object.entries(KINDS).map(([name, { input, redundancy }]) => ({
  name,
  input,
  ...(redundancy === undefined ? {} : { redundancy }),
}));

/** All kinds, in as many stacks as they need: a stack has ten channels at most. */
const templates: readonly Template[] = [channels.slice(0, 7), channels.slice(7)].map((some) =>
  synth({ channels: [...some] }),
);

/** The template in which a kind is, and the beginning of the logical ids of one part of its channel. */
function find(kind: string): { template: Template; prefix: (part: string) => RegExp } {
  const name = kind.replaceAll('-', '');
  const prefix = (part: string) => new RegExp(`^${part}${name}[A-Z]`);
  const template = templates.find(({ Resources }) => Object.keys(Resources).some((id) => prefix('Encoder').test(id)));
  if (template === undefined) throw new Error(`No template has a channel ${kind}`);
  return { template, prefix };
}

function one(kind: string, type: string, part: string) {
  const { template, prefix } = find(kind);
  const [found, ...more] = resources(template, type).filter(({ id }) => prefix(part).test(id));
  if (found === undefined || more.length > 0) throw new Error(`${more.length + 1} or none of ${type} for ${kind}`);
  return found;
}

describe.each(Object.entries(KINDS))('an input of kind %s', (kind, expected) => {
  test('has the properties of its kind and no others', () => {
    const { Name, ...properties } = one(kind, 'AWS::MediaLive::Input', 'Input').Properties;
    expect(Name).toEqual({ 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, `-${kind}`]] });
    expect(properties).toEqual(expected.properties);
  });

  test('lets the role of the channel do what it needs, and no more', () => {
    const { template, prefix } = find(kind);
    const packager = /^mediapackagev2:/;
    expect(grants(inline(template, prefix('Encoder'))).filter((grant) => !packager.test(grant))).toEqual(
      expected.channelRole ?? [],
    );
  });

  test('has a role of its own where MediaLive takes one on for it', () => {
    const { template, prefix } = find(kind);
    const roles = resources(template, 'AWS::IAM::Role').filter(({ id }) => prefix('Input').test(id));
    expect(roles).toHaveLength(expected.inputRole === undefined ? 0 : 1);
    expect(roles.flatMap(() => grants(inline(template, prefix('Input'))))).toEqual(expected.inputRole ?? []);
    for (const { Properties } of roles) {
      const trust = JSON.stringify(Properties['AssumeRolePolicyDocument']);
      expect(trust).toContain('"Service":"medialive.amazonaws.com"');
      expect(trust).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
      expect(trust).toContain(':input:*');
    }
  });

  test('tells publishers where to go, and nobody where MediaLive pulls', () => {
    const prefix = kind.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase());
    const named = Object.keys(find(kind).template.Outputs).filter((name) => name.startsWith(`${prefix}Ingest`));
    expect(named.map((name) => name.slice(prefix.length)).sort()).toEqual([...(expected.ingest ?? [])].sort());
    const { PushInputId } = one(kind, 'Custom::RunningState', 'RunningState').Properties;
    expect(PushInputId !== undefined).toBe(expected.ingest !== undefined);
  });

  test('is attached to its channel as its kind wants it', () => {
    const { InputAttachments } = one(kind, 'AWS::MediaLive::Channel', 'Encoder').Properties as {
      InputAttachments: readonly { InputId: unknown; InputSettings: Record<string, unknown> }[];
    };
    expect(InputAttachments).toHaveLength(1);
    const { AudioSelectors, ...settings } = InputAttachments[0]?.InputSettings ?? {};
    expect(AudioSelectors).toHaveLength(1);
    expect(settings).toEqual(expected.settings ?? {});
    expect(InputAttachments[0]?.InputId).toEqual({ Ref: one(kind, 'AWS::MediaLive::Input', 'Input').id });
  });
});

describe('the inputs', () => {
  test('tell a channel for CDI, and no other, how large a picture to expect', () => {
    const told = Object.keys(KINDS).flatMap((kind) => {
      const { CdiInputSpecification } = one(kind, 'AWS::MediaLive::Channel', 'Encoder').Properties;
      return CdiInputSpecification === undefined ? [] : [[kind, CdiInputSpecification]];
    });
    expect(told).toEqual([['cdi', { Resolution: 'UHD' }]]);
  });

  test('are all looked at here', () => {
    const kinds = new Set(Object.values(KINDS).map(({ input }) => input.kind));
    const others = inputSchema.options.map(({ shape }) => shape.kind.value).filter((kind) => !kinds.has(kind));
    // The test clip is looked at in permissions.test.ts and in the golden template.
    expect(others).toEqual(['test-clip']);
  });
});
