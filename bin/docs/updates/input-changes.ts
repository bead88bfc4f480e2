import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Channel = LiveStreamInput['channels'][number];
type Input = Channel['input'];
type Of<K extends Input['kind']> = Extract<Input, { kind: K }>;
type Source = Of<'mp4-file'>['sources'][number];
type Listener = Of<'srt-caller'>['sources'][number];

/** A change of one option of one kind of input. */
export interface InputUpdate {
  /** The option below the input, as docs/configuration.md has it. */
  readonly option: string;
  readonly before: Pick<Channel, 'input' | 'redundancy'>;
  readonly after: Pick<Channel, 'input' | 'redundancy'>;
}

/** Lists changes of single options of one input. */
function updates<I extends Input>(
  input: I,
  changes: Readonly<Record<string, Partial<I>>>,
  redundancy: Channel['redundancy'] = 'single-pipeline',
): readonly InputUpdate[] {
  return Object.entries(changes).map(([option, change]) => ({
    option,
    before: { input, redundancy },
    after: { input: { ...input, ...change }, redundancy },
  }));
}

const allowList = { allowedCidrs: ['203.0.113.7/32'] };
const allowListChanges = {
  allowedCidrs: { allowedCidrs: ['198.51.100.0/24'] },
  allowAnywhere: { allowedCidrs: ['0.0.0.0/0'], allowAnywhere: true },
};

const vpc = {
  subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
  securityGroupIds: ['sg-0a1b2c3d4e5f60718'],
};
const vpcChanges = {
  subnetIds: { subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60720'] },
  securityGroupIds: { securityGroupIds: ['sg-0a1b2c3d4e5f60719'] },
};

const passphraseSecretArn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:live/srt-a1B2c3';
const otherSecretArn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:live/other-a1B2c3';

const listener: Listener = { address: '203.0.113.7', port: 9000, encryption: 'AES256', passphraseSecretArn };
const listenerChanges = (change: Partial<Listener>) => ({ sources: [{ ...listener, ...change }] });

function pulled(url: string, other: string) {
  const source: Source = { url, username: 'producer', passwordParameter: '/live/password' };
  const change = (of: Partial<Source>) => ({ sources: [{ ...source, ...of }] });
  const changes = {
    sources: { sources: [{ url: other }] },
    'sources[].url': change({ url: other }),
    'sources[].username': change({ username: 'director' }),
    'sources[].passwordParameter': change({ passwordParameter: '/live/other-password' }),
  };
  return { sources: [source], changes };
}

const rtmp = pulled('rtmp://203.0.113.7/live/main', 'rtmp://203.0.113.8/live/main');
const hls = pulled('https://www.example.com/live.m3u8', 'https://www.example.com/other.m3u8');
const mp4 = pulled('https://www.example.com/film.mp4', 'https://www.example.com/other.mp4');
const ts = pulled('https://www.example.com/film.ts', 'https://www.example.com/other.ts');

/** A change of every option of every kind of input. */
export const INPUT_UPDATES: readonly InputUpdate[] = [
  ...updates<Of<'rtmp-push'>>(
    { kind: 'rtmp-push', ...allowList },
    { ...allowListChanges, streamNames: { streamNames: ['live/primary'] } },
  ),
  ...updates<Of<'rtmp-push-vpc'>>(
    { kind: 'rtmp-push-vpc', ...vpc },
    { ...vpcChanges, streamNames: { streamNames: ['live/primary'] } },
  ),
  ...updates<Of<'rtp-push'>>({ kind: 'rtp-push', ...allowList }, allowListChanges, 'two-pipelines'),
  ...updates<Of<'rtp-push-vpc'>>({ kind: 'rtp-push-vpc', ...vpc }, vpcChanges, 'two-pipelines'),
  ...updates<Of<'srt-listener'>>(
    { kind: 'srt-listener', ...allowList, passphraseSecretArn },
    {
      ...allowListChanges,
      encryption: { encryption: 'AES128' },
      passphraseSecretArn: { passphraseSecretArn: otherSecretArn },
      latencyMilliseconds: { latencyMilliseconds: 500 },
      streamId: { streamId: 'main' },
    },
  ),
  ...updates<Of<'srt-caller'>>(
    { kind: 'srt-caller', sources: [listener] },
    {
      sources: { sources: [{ address: '203.0.113.8', port: 9000 }] },
      'sources[].address': listenerChanges({ address: '203.0.113.8' }),
      'sources[].port': listenerChanges({ port: 9001 }),
      'sources[].encryption': listenerChanges({ encryption: 'AES128' }),
      'sources[].passphraseSecretArn': listenerChanges({ passphraseSecretArn: otherSecretArn }),
      'sources[].latencyMilliseconds': listenerChanges({ latencyMilliseconds: 500 }),
      'sources[].streamId': listenerChanges({ streamId: 'main' }),
    },
  ),
  ...updates<Of<'rtmp-pull'>>({ kind: 'rtmp-pull', sources: rtmp.sources }, rtmp.changes),
  ...updates<Of<'hls-pull'>>({ kind: 'hls-pull', sources: hls.sources }, hls.changes),
  ...updates<Of<'mp4-file'>>({ kind: 'mp4-file', sources: mp4.sources }, { ...mp4.changes, loop: { loop: false } }),
  ...updates<Of<'ts-file'>>({ kind: 'ts-file', sources: ts.sources }, { ...ts.changes, loop: { loop: false } }),
  ...updates<Of<'mediaconnect'>>(
    { kind: 'mediaconnect', flowArns: ['arn:aws:mediaconnect:us-east-1:111122223333:flow:1-AbCd-0123456789ab:main'] },
    { flowArns: { flowArns: ['arn:aws:mediaconnect:us-east-1:111122223333:flow:1-EfGh-0123456789ab:main'] } },
  ),
  ...updates<Of<'mediaconnect-router'>>(
    { kind: 'mediaconnect-router', availabilityZones: ['us-east-1a'] },
    { availabilityZones: { availabilityZones: ['us-east-1b'] } },
  ),
  ...updates<Of<'link-device'>>(
    { kind: 'link-device', deviceIds: ['hd-0123456789abcdef'] },
    { deviceIds: { deviceIds: ['hd-00000000'] } },
  ),
  ...updates<Of<'cdi'>>({ kind: 'cdi', ...vpc }, { ...vpcChanges, resolution: { resolution: 'UHD' } }, 'two-pipelines'),
];
