import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties, ResourceState } from '../../../local/cloud';
import { Processes } from '../../../local/processes';
import { MediaLive } from '../../../local/services/medialive/media-live';
import { channel, FakeCloud, FakePackager, PACKAGER_ARN, ROLE, request } from './fixture';

const ARN = 'arn:aws:medialive:eu-west-1:111122223333';
const RTMP_PORT = 19_450;

let cloud: FakeCloud;
let processes: Processes;
let service: MediaLive;

beforeEach(() => {
  cloud = new FakeCloud();
  processes = new Processes(cloud.folder);
  const ffmpeg = { path: '/nowhere/ffmpeg', version: '0' };
  const objects = { file: () => undefined };
  const packager = new FakePackager();
  service = new MediaLive(cloud, { ffmpeg, processes, packager, objects, rtmpPort: RTMP_PORT });
});

afterEach(async () => {
  await service.stop();
  await processes.stop();
  cloud.remove();
});

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
      'input camera: publishers on this machine are let in here; in AWS only 203.0.113.7/32 is',
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

  test('refuses to be deleted while a channel has it', async () => {
    const input = await create('Input', file());
    const made = await create('Channel', channel(input.physicalId));
    await expect(remove('Input', input)).rejects.toMatchObject({ code: 'ConflictException' });
    await remove('Channel', made);
    await remove('Input', input);
  });
});

describe('a channel', () => {
  test('is known by its id, and asks for its role in the name of its own ARN', async () => {
    const input = await create('Input', file());
    const { ref, attributes } = await create('Channel', channel(input.physicalId));
    const arn = `${ARN}:channel:${ref}`;
    expect(attributes).toEqual({ Arn: arn, Id: ref, Inputs: [input.physicalId] });
    expect(cloud.access.asked).toEqual([
      `medialive.amazonaws.com ${JSON.stringify({ 'aws:SourceAccount': '111122223333', 'aws:SourceArn': arn })}`,
      `${ROLE} mediapackagev2:PutObject ${PACKAGER_ARN}`,
      `${ROLE} mediapackagev2:GetChannel ${PACKAGER_ARN}`,
      `${ROLE} s3:GetObject arn:aws:s3:::media/clip.mp4`,
    ]);
  });

  test('refuses a role that does not trust MediaLive', async () => {
    cloud.access.trusts = false;
    await expect(createChannel(file())).rejects.toThrow('does not let medialive.amazonaws.com assume it');
  });

  test.each([
    ['mediapackagev2:PutObject', PACKAGER_ARN],
    ['mediapackagev2:GetChannel', PACKAGER_ARN],
    ['s3:GetObject', 'arn:aws:s3:::media/clip.mp4'],
  ])('refuses a role that does not allow %s, and names the resource', async (action, resource) => {
    cloud.access.denied = [action];
    await expect(createChannel(file())).rejects.toMatchObject({
      code: 'AccessDeniedException',
      message: `channel main: ${ROLE} does not allow ${action} on ${resource}`,
    });
  });

  test('refuses a packager channel that there is not', async () => {
    const target = { ChannelGroup: 'live', ChannelName: 'other' };
    const destinations = { Destinations: [{ Id: 'packager', MediaPackageSettings: [target] }] };
    await expect(createChannel(file(), destinations)).rejects.toThrow('no MediaPackage v2 channel other');
  });

  test('refuses an input that another channel has', async () => {
    const input = await create('Input', file());
    const first = await create('Channel', channel(input.physicalId));
    await expect(create('Channel', channel(input.physicalId))).rejects.toThrow(
      `inputId=${input.physicalId} is already attached to channel ${first.physicalId}`,
    );
  });

  test('of class STANDARD refuses an input with one source, and takes one with two', async () => {
    const standard = { ChannelClass: 'STANDARD' };
    await expect(createChannel(file(), standard)).rejects.toThrow('needs an input with two sources or destinations');
    await createChannel({ ...file(), Sources: [source(), source()] }, standard);
  });

  test('of class STANDARD listens for two publishers, and says that only one is encoded', async () => {
    const { physicalId } = await createChannel(await pushed({ streams: ['live/a', 'live/b'] }), {
      ChannelClass: 'STANDARD',
    });
    const start = { method: 'POST', path: `/prod/channels/${physicalId}/start`, headers: {}, body: Buffer.alloc(0) };
    await service.api['medialive']?.({ ...start, query: new URLSearchParams(), roleArn: undefined });
    expect(cloud.told.at(-1)).toBe(
      'encoder main: the channel is of class STANDARD; pipeline 1 takes its input, but only pipeline 0 is encoded here',
    );
    expect(service.status().map(({ node }) => node)).toEqual([
      'input camera',
      'input camera (pipeline 1)',
      'encoder main',
    ]);
  });

  test('is called on the screen by its name without that of the stack', async () => {
    await createChannel({ ...file(), Name: 'live-main' }, { Name: 'live-main' });
    expect(service.status().map(({ node }) => node)).toEqual(['encoder main']);
  });

  test('of one pipeline takes an input with two sources', async () => {
    await createChannel({ ...file(), Sources: [source(), source()] });
  });
});

function create(type: string, properties: Properties): Promise<ResourceState> {
  return provider(type).create(request(`AWS::MediaLive::${type}`, properties));
}

function remove(type: string, state: ResourceState): Promise<void> {
  return provider(type).delete(state, request(`AWS::MediaLive::${type}`, {}));
}

function provider(type: string) {
  const found = service.resources[`AWS::MediaLive::${type}`];
  if (found === undefined) throw new Error(`there is no provider of ${type}`);
  return found;
}

async function createChannel(input: Properties, overrides: Properties = {}): Promise<ResourceState> {
  const { physicalId } = await create('Input', input);
  return create('Channel', channel(physicalId, overrides));
}

function source(): Properties {
  return { Url: 's3ssl://media/clip.mp4' };
}

function file(): Properties {
  return { Name: 'clip', Type: 'MP4_FILE', Sources: [source()] };
}

function push(group: string, streams: readonly string[] = ['live/key']): Properties {
  const destinations = streams.map((name) => ({ StreamName: name }));
  return { Name: 'camera', Type: 'RTMP_PUSH', Destinations: destinations, InputSecurityGroups: [group] };
}

async function pushed({ cidr = '127.0.0.1/32', streams = ['live/key'] } = {}): Promise<Properties> {
  const group = await create('InputSecurityGroup', { WhitelistRules: [{ Cidr: cidr }] });
  return push(group.physicalId, streams);
}
