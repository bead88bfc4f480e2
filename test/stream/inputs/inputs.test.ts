import { describe, expect, test } from '@jest/globals';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { type ExpectedInput, IN_VPC, INPUTS } from '../../house/matrix/expected-inputs';
import { exampleOf } from '../../house/matrix/inputs';
import { grants, inline } from '../grants';
import { resources, synth, type Template } from '../synth';

type Channel = LiveStreamInput['channels'][number];
type Input = Channel['input'];

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:live/srt-a1B2c3';
const VPC = {
  subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
  securityGroupIds: ['sg-0a1b2c3d4e5f60718'],
};
const CFN_VPC = { SubnetIds: VPC.subnetIds, SecurityGroupIds: VPC.securityGroupIds };
const allowedCidrs = ['203.0.113.7/32'];
const PASSPHRASE = [`secretsmanager:GetSecretValue ${SECRET}`];

const ROLE = { 'Fn::GetAtt': [expect.stringMatching(/^Input.*Role/), 'Arn'] };
const GROUPS = [{ Ref: expect.stringMatching(/SecurityGroup/) }];

/** An input, and what it must become. */
interface Case extends Omit<ExpectedInput, 'twoEndpoints' | 'refused'> {
  readonly input: Input;
  readonly redundancy?: Channel['redundancy'];
}

/** Inputs with options that the examples of their kinds leave out. */
const FURTHER: Readonly<Record<string, Case>> = {
  'rtmp-unnamed': {
    input: { kind: 'rtmp-push', allowedCidrs },
    properties: {
      Type: 'RTMP_PUSH',
      InputSecurityGroups: GROUPS,
      Destinations: [{ StreamName: 'rtmp-unnamed/pipeline-0' }],
    },
    encoderMay: [],
    ingest: ['IngestServer', 'IngestStreamKey'],
  },
  'srt-listener-id': {
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
    encoderMay: PASSPHRASE,
    ingest: ['IngestServer'],
  },
  'srt-callers': {
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
    encoderMay: PASSPHRASE,
  },
  'hls-bucket': {
    input: { kind: 'hls-pull', sources: [{ url: 's3ssl://amzn-s3-demo-bucket/live/index.m3u8' }] },
    properties: { Type: 'URL_PULL', Sources: [{ Url: 's3ssl://amzn-s3-demo-bucket/live/index.m3u8' }] },
    encoderMay: ['s3:GetObject arn:<AWS::Partition>:s3:::amzn-s3-demo-bucket/live/*'],
    settings: { NetworkInputSettings: { HlsInputSettings: { BufferSegments: 3 } } },
  },
  'mp4-files': {
    input: {
      kind: 'mp4-file',
      sources: [{ url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }, { url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }],
    },
    redundancy: 'two-pipelines',
    properties: {
      Type: 'MP4_FILE',
      Sources: [{ Url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }, { Url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }],
    },
    encoderMay: ['s3:GetObject arn:<AWS::Partition>:s3:::amzn-s3-demo-bucket/film.mp4'],
    settings: { SourceEndBehavior: 'LOOP' },
  },
  'cdi-uhd': {
    input: { kind: 'cdi', ...VPC, resolution: 'UHD' },
    redundancy: 'two-pipelines',
    properties: { Type: 'AWS_CDI', Vpc: CFN_VPC, RoleArn: ROLE },
    encoderMay: [],
    inputMay: IN_VPC,
    ingest: ['IngestServer'],
  },
};

/** The example of every kind, and {@link FURTHER}. */
const CASES: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(Object.entries(INPUTS).map(([kind, expected]) => [kind, { ...exampleOf(kind), ...expected }])),
  ...FURTHER,
};

const channels: readonly Channel[] = Object.entries(CASES).map(([name, { input, redundancy }]) => ({
  name,
  input,
  redundancy: redundancy ?? 'single-pipeline',
}));

/** All cases, in as many stacks as they need: a stack has ten channels at most. */
const templates: readonly Template[] = [0, 10, 20].map((first) =>
  synth({ channels: channels.slice(first, first + 10) }),
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

describe.each(Object.entries(CASES))('the input %s', (kind, expected) => {
  test('has the properties of its kind and no others', () => {
    const { Name, ...properties } = one(kind, 'AWS::MediaLive::Input', 'Input').Properties;
    expect(Name).toEqual({ 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, `-${kind}`]] });
    expect(properties).toEqual(expected.properties);
  });

  test('lets the role of the channel do what it needs, and no more', () => {
    const { template, prefix } = find(kind);
    const packager = /^mediapackagev2:/;
    expect(grants(inline(template, prefix('Encoder'))).filter((grant) => !packager.test(grant))).toEqual(
      [...expected.encoderMay].sort(),
    );
  });

  test('has a role of its own where MediaLive takes one on for it', () => {
    const { template, prefix } = find(kind);
    const roles = resources(template, 'AWS::IAM::Role').filter(({ id }) => prefix('Input').test(id));
    expect(roles).toHaveLength(expected.inputMay === undefined ? 0 : 1);
    expect(roles.flatMap(() => grants(inline(template, prefix('Input'))))).toEqual(
      [...(expected.inputMay ?? [])].sort(),
    );
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
    const pipelines = expected.redundancy === 'two-pipelines' ? ['0', '1'] : ['0'];
    const due = (expected.ingest ?? []).flatMap((output) => pipelines.map((pipeline) => `${output}${pipeline}`));
    expect(named.map((name) => name.slice(prefix.length)).sort()).toEqual(due.sort());
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
    const told = Object.keys(CASES).flatMap((kind) => {
      const { CdiInputSpecification } = one(kind, 'AWS::MediaLive::Channel', 'Encoder').Properties;
      return CdiInputSpecification === undefined ? [] : [[kind, CdiInputSpecification]];
    });
    expect(told).toEqual([
      ['cdi', { Resolution: 'FHD' }],
      ['cdi-uhd', { Resolution: 'UHD' }],
    ]);
  });
});
