import { expect } from '@jest/globals';

/**
 * The input that each kind must become, from AWS's documentation and from examples/, not from lib/. A new kind needs a
 * row.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/trusted-entity-requirements.html
 */
export interface ExpectedInput {
  /** The properties of the MediaLive input of its example, without its name. `Type` is MediaLive's name for the kind. */
  readonly properties: Readonly<Record<string, unknown>> & { readonly Type: string };
  /** The settings of its attachment to the channel, beside its audio. @default none */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The Outputs of each pipeline that say where publishers go. @default none, because MediaLive pulls */
  readonly ingest?: readonly ('IngestServer' | 'IngestStreamKey')[];
  /** Permissions of the encoder's role for it: `action resource`. */
  readonly encoderMay: readonly string[];
  /** Permissions of the input's own role; left out, it has no role. */
  readonly inputMay?: readonly string[];
  /** MediaLive makes it with two endpoints only, so a channel with a single pipeline cannot have it. */
  readonly twoEndpoints?: true;
  /** Values of its own options that are refused, each with the sentence behind the name of the option. */
  readonly refused?: readonly (readonly [option: string, value: unknown, sentence: string])[];
}

const PARAMETER = 'arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/live/rtmp-password';
const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:live/srt-passphrase-a1B2c3';
const EC2 = 'arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:';

/** Permissions of the role of an input in a VPC. */
export const IN_VPC = [
  ...['DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets'].map((action) => `ec2:${action} *`),
  ...['Create', 'Delete']
    .flatMap((verb) => [`ec2:${verb}NetworkInterface`, `ec2:${verb}NetworkInterfacePermission`])
    .flatMap((action) =>
      [
        'network-interface/*',
        'subnet/subnet-0a1b2c3d4e5f60718',
        'subnet/subnet-0a1b2c3d4e5f60719',
        'security-group/sg-0a1b2c3d4e5f60718',
      ].map((resource) => `${action} ${EC2}${resource}`),
    ),
];

/** The role of the input itself. */
const ROLE = { 'Fn::GetAtt': [expect.stringMatching(/^Input.*Role/), 'Arn'] };
const GROUPS = [{ Ref: expect.stringMatching(/SecurityGroup/) }];
const VPC = {
  SubnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
  SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
};
const CLIP = { 'Fn::Join': ['', ['s3ssl://', { Ref: expect.stringMatching(/^TestClipBucket/) }, '/test-clip.mp4']] };
const DESTINATIONS = [{ StreamName: 'live/main' }];
const FLOWS = ['1-AbCdEfGhIjKlMnOp-0123456789ab:primary', '1-QrStUvWxYzAbCdEf-0123456789ab:backup'].map(
  (flow) => `arn:aws:mediaconnect:us-east-1:111122223333:flow:${flow}`,
);
const SHORT = 'arn:aws:mediaconnect:us-east-1:111122223333:flow:1-a:main';
const FLOW = 'the ARN of a MediaConnect flow is needed';
const ZONE = 'the name of an Availability Zone such as us-east-1a is needed';
const DEVICE = 'the id of a Link device such as hd-0123456789abcdef is needed';

/** The expectations of each kind. */
export const INPUTS: Readonly<Record<string, ExpectedInput>> = {
  'test-clip': {
    properties: { Type: 'MP4_FILE', Sources: [{ Url: CLIP }] },
    settings: { SourceEndBehavior: 'LOOP' },
    encoderMay: ['s3:GetObject <TestClipBucket>/test-clip.mp4'],
  },
  'rtmp-push': {
    properties: { Type: 'RTMP_PUSH', InputSecurityGroups: GROUPS, Destinations: DESTINATIONS },
    ingest: ['IngestServer', 'IngestStreamKey'],
    encoderMay: [],
  },
  'rtmp-push-vpc': {
    properties: { Type: 'RTMP_PUSH', Vpc: VPC, RoleArn: ROLE, Destinations: DESTINATIONS },
    ingest: ['IngestServer', 'IngestStreamKey'],
    encoderMay: [],
    inputMay: IN_VPC,
  },
  'rtp-push': {
    properties: { Type: 'RTP_PUSH', InputSecurityGroups: GROUPS },
    ingest: ['IngestServer'],
    encoderMay: [],
    twoEndpoints: true,
  },
  'rtp-push-vpc': {
    properties: { Type: 'RTP_PUSH', Vpc: VPC, RoleArn: ROLE },
    ingest: ['IngestServer'],
    encoderMay: [],
    inputMay: IN_VPC,
    twoEndpoints: true,
  },
  'srt-listener': {
    properties: {
      Type: 'SRT_LISTENER',
      InputSecurityGroups: GROUPS,
      SrtSettings: {
        SrtListenerSettings: {
          MinimumLatency: 1000,
          Decryption: { Algorithm: 'AES256', PassphraseSecretArn: SECRET },
        },
      },
    },
    ingest: ['IngestServer'],
    encoderMay: [`secretsmanager:GetSecretValue ${SECRET}`],
  },
  'srt-caller': {
    properties: {
      Type: 'SRT_CALLER',
      SrtSettings: {
        SrtCallerSources: [
          { SrtListenerAddress: '203.0.113.7', SrtListenerPort: '9000', MinimumLatency: 2000 },
          { SrtListenerAddress: '198.51.100.7', SrtListenerPort: '9000', MinimumLatency: 2000 },
        ],
      },
    },
    encoderMay: [],
  },
  'rtmp-pull': {
    properties: {
      Type: 'RTMP_PULL',
      Sources: [{ Url: 'rtmp://203.0.113.7/live/main', Username: 'medialive', PasswordParam: '/live/rtmp-password' }],
    },
    encoderMay: [`ssm:GetParameter ${PARAMETER}`, `ssm:GetParameters ${PARAMETER}`],
  },
  'hls-pull': {
    properties: { Type: 'URL_PULL', Sources: [{ Url: 'https://www.example.com/live/index.m3u8' }] },
    // Without it, a playlist is a file to MediaLive.
    settings: { NetworkInputSettings: { HlsInputSettings: { BufferSegments: 3 } } },
    encoderMay: [],
  },
  'mp4-file': {
    properties: { Type: 'MP4_FILE', Sources: [{ Url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }] },
    settings: { SourceEndBehavior: 'LOOP' },
    encoderMay: ['s3:GetObject arn:<AWS::Partition>:s3:::amzn-s3-demo-bucket/film.mp4'],
  },
  'ts-file': {
    properties: { Type: 'TS_FILE', Sources: [{ Url: 'https://www.example.com/recording.ts' }] },
    settings: { SourceEndBehavior: 'CONTINUE' },
    encoderMay: [],
  },
  mediaconnect: {
    properties: { Type: 'MEDIACONNECT', MediaConnectFlows: FLOWS.map((FlowArn) => ({ FlowArn })), RoleArn: ROLE },
    encoderMay: [],
    inputMay: ['ManagedAddOutput', 'ManagedDescribeFlow', 'ManagedRemoveOutput'].map(
      (action) => `mediaconnect:${action} *`,
    ),
    refused: [
      ['flowArns', ['main'], `[0]: "main" was given; ${FLOW}`],
      ['flowArns', [SHORT, SHORT], `[1]: "${SHORT}" was given twice; each flow may be named once`],
    ],
  },
  'mediaconnect-router': {
    properties: {
      Type: 'MEDIACONNECT_ROUTER',
      RouterSettings: {
        Destinations: [{ AvailabilityZoneName: 'us-east-1a' }, { AvailabilityZoneName: 'us-east-1b' }],
        EncryptionType: 'AUTOMATIC',
      },
    },
    encoderMay: [],
    refused: [
      ['availabilityZones', ['us-east-1'], `[0]: "us-east-1" was given; ${ZONE}`],
      [
        'availabilityZones',
        ['us-east-1a', 'us-east-1a'],
        '[1]: "us-east-1a" was given twice; each zone may be named once',
      ],
    ],
  },
  'link-device': {
    properties: { Type: 'INPUT_DEVICE', InputDevices: [{ Id: 'hd-0123456789abcdef' }] },
    encoderMay: [],
    refused: [
      ['deviceIds', ['my device'], `[0]: "my device" was given; ${DEVICE}`],
      ['deviceIds', ['hd-00', 'hd-00'], '[1]: "hd-00" was given twice; each device may be named once'],
    ],
  },
  cdi: {
    properties: { Type: 'AWS_CDI', Vpc: VPC, RoleArn: ROLE },
    ingest: ['IngestServer'],
    encoderMay: [],
    inputMay: IN_VPC,
    twoEndpoints: true,
  },
};
