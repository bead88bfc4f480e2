import {
  BatchStartCommand,
  BatchStopCommand,
  CreateTagsCommand,
  DeleteChannelCommand,
  DeleteInputCommand,
  DeleteInputSecurityGroupCommand,
  DeleteTagsCommand,
  DescribeChannelCommand,
  DescribeInputSecurityGroupCommand,
  ListAlertsCommand,
  ListInputSecurityGroupsCommand,
  ListInputsCommand,
  ListTagsForResourceCommand,
  type MediaLiveClient,
  paginateListInputs,
  RestartChannelPipelinesCommand,
  StartChannelCommand,
  StopChannelCommand,
  UpdateInputSecurityGroupCommand,
  waitUntilChannelDeleted,
  waitUntilChannelRunning,
  waitUntilChannelStopped,
  waitUntilInputDeleted,
} from '@aws-sdk/client-medialive';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { ControlPlane } from '../../../src/services/medialive/control-plane';
import { FILE, pushed } from '../control-plane-fixture';
import { FakeDataPlane } from '../fake-data-plane';
import { FakeCloud, FakePackager } from '../fakes';
import { channel, request, until } from '../fixture';
import { type Served, served } from './served';

const CALLER = 'arn:aws:iam::111122223333:role/lambda';
const ARN = 'arn:aws:medialive:eu-west-1:111122223333';

let cloud: FakeCloud;
let plane: ControlPlane;
let dataPlane: FakeDataPlane;
let client: MediaLiveClient;
let close: Served['close'];
let caller: string | undefined;
let throttled: boolean;
let groupId: string;
let inputId: string;
let channelId: string;

beforeEach(async () => {
  cloud = new FakeCloud();
  dataPlane = new FakeDataPlane();
  caller = undefined;
  throttled = false;
  const unforgiving = { throttle: () => throttled };
  plane = new ControlPlane(cloud, { dataPlane, packager: new FakePackager(), unforgiving });
  ({ client, close } = await served(plane.api, () => caller));
  groupId = await create('InputSecurityGroup', { WhitelistRules: [{ Cidr: '127.0.0.1/32' }], Tags: { a: '1' } });
  inputId = await create('Input', pushed(groupId, ['live/a']));
  channelId = await create('Channel', channel(inputId));
});

afterEach(async () => {
  await close();
  await plane.stop();
  cloud.remove();
});

describe("MediaLive's API, asked by the SDK,", () => {
  test('lists the alerts of a channel, with their times', async () => {
    await client.send(new StartChannelCommand({ ChannelId: channelId }));
    const from = Date.now();
    await until('an alert', () => cloud.put.some(({ detailType }) => detailType === 'MediaLive Channel Alert'));
    const { Alerts } = await client.send(new ListAlertsCommand({ ChannelId: channelId, StateFilter: 'SET' }));
    expect(Alerts).toHaveLength(2);
    const alert = Alerts?.find(({ AlertType }) => AlertType === 'RTMP Has No Audio/Video');
    expect(alert).toMatchObject({ Message: 'Waiting for RTMP input', PipelineId: '0', State: 'SET' });
    expect(alert?.SetTimestamp?.getTime()).toBeGreaterThan(from);
    expect(alert?.ClearedTimestamp).toBeUndefined();
    dataPlane.last.events.receiving(0, true);
    const cleared = await client.send(new ListAlertsCommand({ ChannelId: channelId, StateFilter: 'CLEARED' }));
    expect(cleared.Alerts?.[0]?.ClearedTimestamp).toBeInstanceOf(Date);
  });

  test.each([
    ['a channel', () => `${ARN}:channel:${channelId}`, { stage: 'test' }],
    ['an input', () => `${ARN}:input:${inputId}`, {}],
    ['an input security group', () => `${ARN}:inputSecurityGroup:${groupId}`, { a: '1' }],
  ])('puts tags on %s and takes them off', async (_what, arn, before) => {
    const ResourceArn = arn();
    const list = async () => (await client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
    expect(await list()).toEqual(before);
    const Tags = { 'live-streaming:resume': 'yes', 'live-streaming:running-since': '2026-01-01T00:00:00Z' };
    await client.send(new CreateTagsCommand({ ResourceArn, Tags }));
    expect(await list()).toEqual({ ...before, ...Tags });
    await client.send(new DeleteTagsCommand({ ResourceArn, TagKeys: Object.keys(Tags) }));
    expect(await list()).toEqual(before);
  });

  test('refuses tags for what is not there, and tags that AWS does not take', async () => {
    const ResourceArn = `${ARN}:channel:1`;
    const missing = { name: 'NotFoundException', $metadata: { httpStatusCode: 404 } };
    await expect(client.send(new ListTagsForResourceCommand({ ResourceArn }))).rejects.toMatchObject(missing);
    const reserved = new CreateTagsCommand({ ResourceArn: `${ARN}:channel:${channelId}`, Tags: { 'aws:x': '' } });
    await expect(client.send(reserved)).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  test('deletes a channel and its input, as the waiters wait for it', async () => {
    const waiting = { client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 };
    expect((await client.send(new DeleteChannelCommand({ ChannelId: channelId }))).State).toBe('DELETING');
    await waitUntilChannelDeleted(waiting, { ChannelId: channelId });
    expect((await client.send(new DescribeChannelCommand({ ChannelId: channelId }))).State).toBe('DELETED');
    await client.send(new DeleteInputCommand({ InputId: inputId }));
    await waitUntilInputDeleted(waiting, { InputId: inputId });
    await client.send(new DeleteInputSecurityGroupCommand({ InputSecurityGroupId: groupId }));
    const { State } = await client.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId: groupId }));
    expect(State).toBe('DELETED');
    expect((await client.send(new ListInputSecurityGroupsCommand({}))).InputSecurityGroups).toEqual([]);
  });

  test('refuses to delete an input that is attached, and a group that is in use', async () => {
    await expect(client.send(new DeleteInputCommand({ InputId: inputId }))).rejects.toMatchObject({
      name: 'ConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    const inUse = new DeleteInputSecurityGroupCommand({ InputSecurityGroupId: groupId });
    await expect(client.send(inUse)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: `Input security group ${groupId} is still being used by inputs ${inputId}`,
    });
  });

  test('describes, lists and changes input security groups', async () => {
    expect(await client.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId: groupId }))).toMatchObject({
      Arn: `${ARN}:inputSecurityGroup:${groupId}`,
      State: 'IN_USE',
      Inputs: [inputId],
      WhitelistRules: [{ Cidr: '127.0.0.1/32' }],
      Tags: { a: '1' },
    });
    const rules = { InputSecurityGroupId: groupId, WhitelistRules: [{ Cidr: '203.0.113.0/24' }] };
    const { SecurityGroup } = await client.send(new UpdateInputSecurityGroupCommand(rules));
    expect(SecurityGroup).toMatchObject({ State: 'UPDATING', WhitelistRules: rules.WhitelistRules });
    const wrong = { InputSecurityGroupId: groupId, WhitelistRules: [{ Cidr: 'here' }] };
    await expect(client.send(new UpdateInputSecurityGroupCommand(wrong))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 422 },
    });
    const { InputSecurityGroups } = await client.send(new ListInputSecurityGroupsCommand({}));
    expect(InputSecurityGroups).toMatchObject([{ Id: groupId, WhitelistRules: rules.WhitelistRules }]);
  });

  test('starts and stops several channels, and says which could not be', async () => {
    const other = await create('Channel', channel(await create('Input', FILE)));
    const waiting = { client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 };
    await client.send(new StartChannelCommand({ ChannelId: other }));
    const started = await client.send(new BatchStartCommand({ ChannelIds: [channelId, other, '1'] }));
    expect(started.Successful).toEqual([{ Arn: `${ARN}:channel:${channelId}`, Id: channelId, State: 'STARTING' }]);
    expect(started.Failed).toMatchObject([
      { Id: other, Code: 'ConflictException' },
      { Id: '1', Code: 'NotFoundException' },
    ]);
    await waitUntilChannelRunning(waiting, { ChannelId: channelId });
    await client.send(new RestartChannelPipelinesCommand({ ChannelId: channelId, PipelineIds: ['PIPELINE_0'] }));
    expect((await client.send(new BatchStopCommand({ ChannelIds: [channelId, other] }))).Failed).toEqual([]);
    await waitUntilChannelStopped(waiting, { ChannelId: channelId });
  });

  test('gives lists in pages', async () => {
    for (let count = 0; count < 4; count++) await create('Input', FILE);
    const sizes: (number | undefined)[] = [];
    const ids = new Set<string | undefined>();
    for await (const { Inputs } of paginateListInputs({ client, pageSize: 2 }, {})) {
      sizes.push(Inputs?.length);
      for (const { Id } of Inputs ?? []) ids.add(Id);
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(ids.size).toBe(5);
  });

  test.each([
    ['a page of nothing', { MaxResults: 0 }],
    ['a page that is too long', { MaxResults: 1001 }],
    ['a token of its own making', { NextToken: 'next' }],
  ])('refuses %s', async (_what, asked) => {
    await expect(client.send(new ListInputsCommand(asked))).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  test('throttles, as 429', async () => {
    throttled = true;
    await expect(client.send(new DescribeChannelCommand({ ChannelId: channelId }))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
  });
});

describe('what IAM is asked about', () => {
  test.each<readonly [string, () => Promise<unknown>, () => string]>([
    [
      'StopChannel',
      () => client.send(new StopChannelCommand({ ChannelId: channelId })),
      () => `${ARN}:channel:${channelId}`,
    ],
    [
      'BatchStop',
      () => client.send(new BatchStopCommand({ ChannelIds: [channelId] })),
      () => `${ARN}:channel:${channelId}`,
    ],
  ])('is, for %s, the channel with its tags', async (action, call, arn) => {
    caller = CALLER;
    await call().catch(() => {});
    expect(cloud.access.asked.at(-1)).toBe(`${CALLER} medialive:${action} ${arn()}`);
    expect(cloud.access.contexts.at(-1)).toEqual({ 'aws:ResourceTag/stage': 'test' });
  });

  test('is, for ListAlerts, everything, because it has no type of resource', async () => {
    caller = CALLER;
    await client.send(new ListAlertsCommand({ ChannelId: channelId })).catch(() => {});
    expect(cloud.access.asked.at(-1)).toBe(`${CALLER} medialive:ListAlerts *`);
    expect(cloud.access.contexts.at(-1) ?? {}).toEqual({});
  });

  test('are, for CreateTags, also the tags of the request and their keys', async () => {
    caller = CALLER;
    const ResourceArn = `${ARN}:channel:${channelId}`;
    await client.send(new CreateTagsCommand({ ResourceArn, Tags: { more: 'x' } }));
    expect(cloud.access.contexts.at(-1)).toEqual({
      'aws:ResourceTag/stage': 'test',
      'aws:RequestTag/more': 'x',
      'aws:TagKeys': ['more'],
    });
    await client.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ['more'] }));
    expect(cloud.access.asked.at(-1)).toBe(`${CALLER} medialive:DeleteTags ${ResourceArn}`);
    expect(cloud.access.contexts.at(-1)).toEqual({
      'aws:ResourceTag/stage': 'test',
      'aws:ResourceTag/more': 'x',
      'aws:TagKeys': ['more'],
    });
  });

  test('refuses before it says whether there is such a channel', async () => {
    caller = CALLER;
    cloud.access.denied = ['medialive:StopChannel'];
    await expect(client.send(new StopChannelCommand({ ChannelId: '1' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

async function create(kind: string, properties: Properties): Promise<string> {
  const type = `AWS::MediaLive::${kind}`;
  const provider = plane.resources[type];
  if (provider === undefined) throw new Error(`there is no provider of ${type}`);
  return (await provider.create(request(type, properties))).physicalId;
}
