import {
  CreateChannelCommand,
  DescribeChannelCommand,
  DescribeInputCommand,
  ListChannelsCommand,
  ListInputsCommand,
  StartChannelCommand,
  StopChannelCommand,
  waitUntilChannelRunning,
  waitUntilChannelStopped,
} from '@aws-sdk/client-medialive';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { Processes } from '../../../src/host/processes';
import { MediaLive } from '../../../src/services/medialive/media-live';
import { FakeCloud, FakePackager } from '../fakes';
import { channel, PACKAGER_ARN, ROLE, request } from '../fixture';
import { type Served, served } from './served';

const CALLER = 'arn:aws:iam::111122223333:role/lambda';

let cloud: FakeCloud;
let processes: Processes;
let service: MediaLive;
let client: Served['client'];
let close: Served['close'];
let caller: string | undefined;
let channelId: string;
let inputId: string;

beforeEach(async () => {
  cloud = new FakeCloud();
  processes = new Processes(cloud.folder);
  caller = undefined;
  const options = {
    ffmpeg: { path: '/nowhere/ffmpeg', version: '0', hevc: true, frameOption: '-fps_mode' as const },
    objects: { file: () => undefined },
  };
  service = new MediaLive(cloud, { ...options, processes, packager: new FakePackager(), rtmpPort: 19_550 });
  ({ client, close } = await served(service.api['medialive'], () => caller));
  const group = await create('InputSecurityGroup', { WhitelistRules: [{ Cidr: '127.0.0.1/32' }] });
  const destinations = { Destinations: [{ StreamName: 'live/a' }, { StreamName: 'live/b' }] };
  inputId = await create('Input', { Name: 'camera', Type: 'RTMP_PUSH', InputSecurityGroups: [group], ...destinations });
  channelId = await create('Channel', channel(inputId));
});

afterEach(async () => {
  await close();
  await service.stop();
  await processes.stop();
  cloud.remove();
});

describe("MediaLive's API, asked by the SDK", () => {
  test('describes a channel', async () => {
    expect(await client.send(new DescribeChannelCommand({ ChannelId: channelId }))).toMatchObject({
      Id: channelId,
      Arn: `arn:aws:medialive:eu-west-1:111122223333:channel:${channelId}`,
      Name: 'main',
      State: 'IDLE',
      ChannelClass: 'SINGLE_PIPELINE',
      PipelinesRunningCount: 0,
      PipelineDetails: [],
      RoleArn: ROLE,
      Tags: { stage: 'test' },
      InputAttachments: [{ InputId: inputId, InputSettings: { SourceEndBehavior: 'LOOP' } }],
      Destinations: [{ Id: 'packager', MediaPackageSettings: [{ ChannelGroup: 'live', ChannelName: 'main' }] }],
      EncoderSettings: {
        VideoDescriptions: [{ Width: 1280, CodecSettings: { H264Settings: { GopSize: 1 } } }, { Width: 640 }],
        OutputGroups: [
          { OutputGroupSettings: { MediaPackageGroupSettings: { MediapackageV2GroupSettings: { SegmentLength: 1 } } } },
        ],
      },
    });
  });

  test('describes an input with the URLs to publish to', async () => {
    const [first] = service.publishUrls();
    const described = await client.send(new DescribeInputCommand({ InputId: inputId }));
    expect(described).toMatchObject({ Id: inputId, Name: 'camera', State: 'ATTACHED', AttachedChannels: [channelId] });
    expect(described).toMatchObject({ Type: 'RTMP_PUSH', InputClass: 'STANDARD' });
    expect(described.Destinations).toHaveLength(2);
    expect(described.Destinations?.[0]).toEqual({
      Ip: '127.0.0.1',
      Port: new URL(first?.url ?? '').port,
      Url: first?.url,
    });
  });

  test('lists channels and inputs', async () => {
    const { Channels } = await client.send(new ListChannelsCommand({}));
    expect(Channels).toMatchObject([{ Id: channelId, Name: 'main', State: 'IDLE' }]);
    const { Inputs } = await client.send(new ListInputsCommand({}));
    expect(Inputs).toMatchObject([{ Id: inputId, Type: 'RTMP_PUSH' }]);
  });

  test('starts and stops a channel, through the states that waiters wait for', async () => {
    const waiting = { client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 };
    expect((await client.send(new StartChannelCommand({ ChannelId: channelId }))).State).toBe('STARTING');
    await waitUntilChannelRunning(waiting, { ChannelId: channelId });
    expect(await client.send(new DescribeChannelCommand({ ChannelId: channelId }))).toMatchObject({
      PipelinesRunningCount: 1,
      PipelineDetails: [{ PipelineId: '0', ActiveInputAttachmentName: 'main' }],
    });
    expect((await client.send(new StopChannelCommand({ ChannelId: channelId }))).State).toBe('STOPPING');
    await waitUntilChannelStopped(waiting, { ChannelId: channelId });
  });

  test('refuses to start a channel that is starting, to stop one that is idle, and to delete one that runs', async () => {
    const conflict = { name: 'ConflictException', $metadata: { httpStatusCode: 409 } };
    await expect(client.send(new StopChannelCommand({ ChannelId: channelId }))).rejects.toMatchObject(conflict);
    await client.send(new StartChannelCommand({ ChannelId: channelId }));
    await expect(client.send(new StartChannelCommand({ ChannelId: channelId }))).rejects.toMatchObject({
      ...conflict,
      message: `Cannot start channel ${channelId}: it is STARTING, and must be IDLE`,
    });
    const state = { physicalId: channelId, ref: channelId, attributes: {} };
    await expect(
      service.resources['AWS::MediaLive::Channel']?.delete(state, request('AWS::MediaLive::Channel', {})),
    ).rejects.toThrow('Cannot delete a channel that has not been stopped yet');
  });

  test('refuses what is not there', async () => {
    const missing = { name: 'NotFoundException', $metadata: { httpStatusCode: 404 } };
    await expect(client.send(new DescribeChannelCommand({ ChannelId: '1' }))).rejects.toMatchObject(missing);
    await expect(client.send(new DescribeInputCommand({ InputId: '1' }))).rejects.toMatchObject(missing);
  });

  test('refuses a role without the action, and asks about the very resource', async () => {
    caller = CALLER;
    cloud.access.denied = ['medialive:StartChannel'];
    const arn = `arn:aws:medialive:eu-west-1:111122223333:channel:${channelId}`;
    await expect(client.send(new StartChannelCommand({ ChannelId: channelId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${CALLER} is not authorized to perform: medialive:StartChannel on resource: ${arn}`,
    });
    await client.send(new DescribeInputCommand({ InputId: inputId }));
    expect(cloud.access.asked.at(-1)).toBe(
      `${CALLER} medialive:DescribeInput arn:aws:medialive:eu-west-1:111122223333:input:${inputId}`,
    );
  });

  test('refuses a call that it does not know, by name', async () => {
    await expect(client.send(new CreateChannelCommand({ Name: 'other' }))).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: expect.stringContaining('POST /prod/channels is not modelled'),
    });
  });

  test('says on the screen what stands still', async () => {
    expect(service.status()).toEqual([{ node: 'encoder main', state: 'stopped', detail: 'channel idle' }]);
    expect(cloud.access.asked.some((line) => line.includes(PACKAGER_ARN))).toBe(true);
  });
});

async function create(type: string, properties: Properties): Promise<string> {
  const provider = service.resources[`AWS::MediaLive::${type}`];
  if (provider === undefined) throw new Error(`there is no provider of ${type}`);
  return (await provider.create(request(type, properties))).physicalId;
}
