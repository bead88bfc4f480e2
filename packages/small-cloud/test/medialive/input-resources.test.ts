import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { channel, ROLE } from './fixture';
import {
  ARN,
  CALLER,
  close,
  cloud,
  create,
  DATAGRAM_PORT,
  DECRYPTION,
  describeInput,
  file,
  lowerCased,
  open,
  push,
  pushed,
  RTMP_PORT,
  remove,
  service,
  source,
  VPC,
} from './resources-fixture';

beforeEach(open);

afterEach(close);

describe('an input security group', () => {
  test('is known by its seven-digit id', async () => {
    const { ref, attributes } = await create('InputSecurityGroup', { WhitelistRules: [{ Cidr: '203.0.113.0/24' }] });
    expect(ref).toMatch(/^\d{7}$/);
    expect(attributes).toEqual({ Arn: `${ARN}:inputSecurityGroup:${ref}`, Id: ref });
  });

  test.each([
    ['no rules', []],
    ['eleven rules', Array.from({ length: 11 }, (_, index) => ({ Cidr: `203.0.113.${index}/32` }))],
    ['an address without a prefix', [{ Cidr: '203.0.113.7' }]],
    ['an octet over 255', [{ Cidr: '203.0.256.7/32' }]],
    ['a prefix over 32', [{ Cidr: '203.0.113.7/33' }]],
    ['IPv6', [{ Cidr: '2001:db8::/32' }]],
  ])('refuses %s', async (_what, rules) => {
    await expect(create('InputSecurityGroup', { WhitelistRules: rules })).rejects.toThrow('WhitelistRules');
  });

  test('refuses to be deleted while an input uses it', async () => {
    const group = await create('InputSecurityGroup', { WhitelistRules: [{ Cidr: '127.0.0.1/32' }] });
    const input = await create('Input', push(group.physicalId));
    await expect(remove('InputSecurityGroup', group)).rejects.toThrow(`still being used by inputs ${input.physicalId}`);
    await remove('Input', input);
    await remove('InputSecurityGroup', group);
    await expect(create('Input', push(group.physicalId))).rejects.toThrow('not found');
  });
});

describe('an input', () => {
  test('of a file has its URL among its sources', async () => {
    const { ref, attributes } = await create('Input', file());
    const sources = ['s3ssl://media/clip.mp4'];
    expect(attributes).toEqual({ Arn: `${ARN}:input:${ref}`, Id: ref, Destinations: [], Sources: sources });
  });

  test('that is pushed to has a port of its own for each pipeline', async () => {
    const { attributes } = await create('Input', await pushed({ streams: ['live/a', 'live/b'] }));
    expect(attributes['Destinations']).toEqual([
      `rtmp://127.0.0.1:${RTMP_PORT}/live/a`,
      `rtmp://127.0.0.1:${RTMP_PORT + 1}/live/b`,
    ]);
    expect(service.publishUrls()[1]).toMatchObject({
      input: 'camera (pipeline 1)',
      url: `rtmp://127.0.0.1:${RTMP_PORT + 1}/live/b`,
    });
    expect(service.publishUrls()[1]?.example).toMatch(/^\/nowhere\/ffmpeg -re .* -f flv rtmp:\/\/.*\/live\/b$/);
  });

  test('passes over a port that another program holds', async () => {
    const other = createServer().listen(RTMP_PORT, '127.0.0.1');
    await once(other, 'listening');
    const { attributes } = await create('Input', await pushed()).finally(() => other.close());
    expect(attributes['Destinations']).toEqual([`rtmp://127.0.0.1:${RTMP_PORT + 1}/live/key`]);
  });

  test('gives its port back when it is deleted', async () => {
    const input = await create('Input', await pushed());
    await remove('Input', input);
    const next = await create('Input', await pushed());
    expect(next.attributes['Destinations']).toEqual([`rtmp://127.0.0.1:${RTMP_PORT}/live/key`]);
  });

  test('says so when its security group would not let this machine in', async () => {
    await create('Input', await pushed({ cidr: '203.0.113.7/32' }));
    expect(cloud.told).toEqual([
      'input camera: the local run admits publishers on this machine; AWS admits only 203.0.113.7/32',
    ]);
  });

  test.each<readonly [string, string, Properties]>([
    ['no name', 'Name: a non-empty name is required', { ...file(), Name: '' }],
    ['no source', 'Sources: 0 given; 1 to 2 needed', { ...file(), Sources: [] }],
    ['three sources', 'Sources: 3 given', { ...file(), Sources: [source(), source(), source()] }],
    [
      'a file with destinations',
      'Destinations: an input of type MP4_FILE takes none',
      { ...file(), Destinations: [{ StreamName: 'a/b' }] },
    ],
    [
      'a push without a security group',
      'InputSecurityGroups: 0 given; 1 needed',
      { ...push('1'), InputSecurityGroups: [] },
    ],
    [
      'a stream name without an instance',
      'application/instance is needed',
      { ...push('1'), Destinations: [{ StreamName: 'live' }] },
    ],
    [
      'an MP4 file of another name',
      'Sources[0].Url: https://127.0.0.1/a.mov was given; the path of an input of type MP4_FILE ends in .mp4',
      { ...file(), Sources: [{ Url: 'https://127.0.0.1/a.mov?as=.mp4' }] },
    ],
    [
      'a transport stream of another name',
      'the path of an input of type TS_FILE ends in .ts or .m2ts',
      { ...file(), Type: 'TS_FILE' },
    ],
    [
      'a bucket with a dot in its name',
      'Sources[0].Url: my.bucket is a bucket with a dot in its name',
      { ...file(), Sources: [{ Url: 's3ssl://my.bucket/a.mp4' }] },
    ],
    ['an unknown security group', 'inputSecurityGroup 1 not found', push('1')],
  ])('refuses %s', async (_what, sentence, properties) => {
    await expect(create('Input', properties)).rejects.toThrow(sentence);
  });

  test.each<readonly [string, string, Properties]>([
    ['a type', 'Type: MULTICAST', { ...file(), Type: 'MULTICAST' }],
    ['a URL', 'Sources[0].Url: ftp://127.0.0.1/a.mp4', { ...file(), Sources: [{ Url: 'ftp://127.0.0.1/a.mp4' }] }],
    ['a password', 'Sources[0].PasswordParam', { ...file(), Sources: [{ ...source(), PasswordParam: 'secret' }] }],
    ['a place outside AWS', 'InputNetworkLocation', { ...file(), InputNetworkLocation: 'ON_PREMISES' }],
  ])('refuses %s that the local run does not model', async (_what, path, properties) => {
    await expect(create('Input', properties)).rejects.toThrow(
      expect.objectContaining({ name: 'UnsupportedError', message: expect.stringContaining(path) }),
    );
  });

  test.each<readonly [string, readonly string[], Properties]>([
    ['TS_FILE', ['http://localhost:8/a.ts'], { Sources: [{ Url: 'http://localhost:8/a.ts' }] }],
    ['URL_PULL', ['https://127.0.0.1:8/a.m3u8'], { Sources: [{ Url: 'https://127.0.0.1:8/a.m3u8' }] }],
    ['RTMP_PULL', ['rtmp://127.0.0.1/live/a'], { Sources: [{ Url: 'rtmp://127.0.0.1/live/a' }] }],
    ['SRT_CALLER', [], { SrtSettings: { SrtCallerSources: [CALLER] } }],
    ['MEDIACONNECT', [], { MediaConnectFlows: [{ FlowArn: 'arn:flow' }], RoleArn: ROLE }],
    ['INPUT_DEVICE', [], { InputDevices: [{ Id: 'hd-1' }] }],
    ['AWS_CDI', [], { Vpc: VPC, RoleArn: ROLE }],
  ])('of type %s is taken', async (type, sources, properties) => {
    const { physicalId, attributes } = await create('Input', { Name: 'source', Type: type, ...properties });
    expect(attributes).toMatchObject({ Destinations: [], Sources: sources });
    const { Vpc: _vpc, RoleArn: _role, ...shown } = properties;
    const isCdi = type === 'AWS_CDI';
    const nowhere = { url: 'cdi://nothing-takes-cdi-here.invalid' };
    const destinations = isCdi ? [nowhere, nowhere] : [];
    const expected = { type, inputClass: isCdi ? 'STANDARD' : 'SINGLE_PIPELINE', destinations };
    expect(await describeInput(physicalId)).toMatchObject({ ...expected, ...lowerCased(shown) });
  });

  test.each([
    ['RTP_PUSH', 'rtp', '-f rtp_mpegts'],
    ['UDP_PUSH', 'udp', '-f mpegts'],
    ['SRT_LISTENER', 'srt', '-f mpegts'],
  ])('of type %s has a port of its own for each of two pipelines', async (type, protocol, words) => {
    const group = await create('InputSecurityGroup', { WhitelistRules: [{ Cidr: '127.0.0.1/32' }] });
    const properties = { Name: 'source', Type: type, InputSecurityGroups: [group.physicalId] };
    const input = await create('Input', properties);
    const urls = [0, 2].map((offset) => `${protocol}://127.0.0.1:${DATAGRAM_PORT + offset}`);
    expect(input.attributes['Destinations']).toEqual(urls);
    expect(await describeInput(input.physicalId)).toMatchObject({
      inputClass: 'STANDARD',
      destinations: urls.map((url) => ({ ip: '127.0.0.1', port: url.slice(-5), url })),
    });
    expect(service.publishUrls().map(({ example }) => example.includes(words))).toEqual([true, true]);
    await remove('Input', input);
    const one = await create('Input', { ...properties, Destinations: [{}] });
    expect(one.attributes['Destinations']).toEqual(urls.slice(0, 1));
  });

  test('shows only the port that a channel of one pipeline listens at', async () => {
    const input = await create('Input', { Name: 'source', Type: 'RTP_PUSH', Vpc: VPC });
    expect(service.publishUrls()).toHaveLength(2);
    await create('Channel', channel(input.physicalId));
    expect(service.publishUrls().map(({ url }) => url)).toEqual([`rtp://127.0.0.1:${DATAGRAM_PORT}`]);
  });

  test('may be in a VPC, which has no effect', async () => {
    await create('Input', { Name: 'source', Type: 'RTP_PUSH', Vpc: VPC, RoleArn: ROLE });
    expect(cloud.told).toEqual([
      'input source: the input is in a VPC, which has no effect in the local run: it is on 127.0.0.1 of this machine',
    ]);
  });

  test('says that a stream id of an SRT listener is not looked at', async () => {
    const srt = { SrtListenerSettings: { StreamId: 'one' } };
    await create('Input', { Name: 'source', Type: 'SRT_LISTENER', Vpc: VPC, SrtSettings: srt });
    expect(cloud.told).toContain(
      'input source: the local run admits publishers with any stream id; in AWS it must be one',
    );
  });

  test.each<readonly [string, Properties]>([
    ['SRT_CALLER', { SrtSettings: { SrtCallerSources: [{ ...CALLER, Decryption: DECRYPTION }] } }],
    ['SRT_LISTENER', { Vpc: VPC, SrtSettings: { SrtListenerSettings: { Decryption: DECRYPTION } } }],
  ])('says that %s goes in plain, where the service encrypts it', async (type, properties) => {
    await create('Input', { Name: 'source', Type: type, ...properties });
    expect(cloud.told).toContain(
      'input source: SRT is not encrypted in the local run; AWS encrypts it with the passphrase in arn:secret',
    );
  });

  test.each<readonly [string, string, Properties]>([
    [
      'a port that there is not',
      'a port from 1 to 65535 is needed',
      { Type: 'SRT_CALLER', SrtSettings: { SrtCallerSources: [{ ...CALLER, SrtListenerPort: '70000' }] } },
    ],
    [
      'a cipher that SRT does not have',
      'Algorithm: ROT13',
      {
        Type: 'SRT_LISTENER',
        Vpc: VPC,
        SrtSettings: { SrtListenerSettings: { Decryption: { ...DECRYPTION, Algorithm: 'ROT13' } } },
      },
    ],
    [
      'a latency below what SRT keeps',
      'milliseconds from 120 to 15000 are needed',
      { Type: 'SRT_LISTENER', Vpc: VPC, SrtSettings: { SrtListenerSettings: { MinimumLatency: 20 } } },
    ],
    ['HLS from S3', 'it reads http://127.0.0.1', { Type: 'URL_PULL', Sources: [{ Url: 's3ssl://media/a.m3u8' }] }],
    ['RTP without a network', 'InputSecurityGroups: 0 given; 1 needed', { Type: 'RTP_PUSH' }],
    ['CDI outside a VPC', 'Vpc: none given', { Type: 'AWS_CDI', RoleArn: ROLE }],
    ['CDI with one subnet', 'Vpc.SubnetIds: 1 given', { Type: 'AWS_CDI', RoleArn: ROLE, Vpc: { SubnetIds: ['a'] } }],
    [
      'MediaConnect without a role',
      'RoleArn is missing',
      { Type: 'MEDIACONNECT', MediaConnectFlows: [{ FlowArn: 'a' }] },
    ],
    ['MediaConnect without a flow', 'MediaConnectFlows: 0 given', { Type: 'MEDIACONNECT', RoleArn: ROLE }],
    [
      'a device with a flow',
      'MediaConnectFlows: an input of type',
      { Type: 'INPUT_DEVICE', MediaConnectFlows: [{ FlowArn: 'a' }] },
    ],
    [
      'three devices',
      'InputDevices: 3 given',
      { Type: 'INPUT_DEVICE', InputDevices: [{ Id: 'a' }, { Id: 'b' }, { Id: 'c' }] },
    ],
  ])('refuses %s', async (_what, sentence, properties) => {
    await expect(create('Input', { Name: 'source', ...properties })).rejects.toThrow(sentence);
  });

  test('refuses to be deleted while a channel has it', async () => {
    const input = await create('Input', file());
    const made = await create('Channel', channel(input.physicalId));
    await expect(remove('Input', input)).rejects.toMatchObject({ code: 'ConflictException' });
    await remove('Channel', made);
    await remove('Input', input);
  });
});
