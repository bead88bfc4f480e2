import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { FILE, pushed, settled, Trial } from '../control-plane-fixture';
import { channel, encoderSettings, request } from '../fixture';

let trial: Trial;
let inputId: string;
let id: string;
let properties: Properties;

beforeEach(async () => {
  jest.useFakeTimers();
  trial = new Trial();
  inputId = (await trial.create('Input', FILE)).physicalId;
  properties = channel(inputId);
  id = (await trial.create('Channel', properties)).physicalId;
});

afterEach(() => {
  trial.cloud.remove();
  jest.useRealTimers();
});

const SMALL = { EncoderSettings: encoderSettings({ sizes: [{ width: 640, height: 360 }] }) };

describe('an update of a channel', () => {
  test('goes through UPDATING, and the next run has the new plan', async () => {
    const work = trial
      .provider('Channel')
      .update?.(
        { physicalId: id, ref: id, attributes: {} },
        request('AWS::MediaLive::Channel', { ...properties, ...SMALL }),
        properties,
      );
    expect(await trial.state(id)).toBe('UPDATING');
    expect(await trial.call('POST', `/prod/channels/${id}/start`)).toMatchObject({ error: 'ConflictException' });
    expect(await trial.call('DELETE', `/prod/channels/${id}`)).toMatchObject({ error: 'ConflictException' });
    expect(await settled(work ?? Promise.reject(new Error('no update')))).toMatchObject({ physicalId: id });
    expect(await trial.state(id)).toBe('IDLE');
    await trial.start(id);
    expect(trial.dataPlane.last.plan.plan.tracks.map(({ kind }) => kind)).toEqual(['video', 'audio']);
    expect(trial.told('MediaLive Channel State Change', 'state')).toEqual([
      'CREATED',
      'UPDATING',
      'UPDATED',
      'STARTING',
      'RUNNING',
    ]);
  });

  test('refuses a channel that is not idle, and leaves it as it was', async () => {
    await trial.start(id);
    await expect(trial.update('Channel', id, { ...properties, ...SMALL }, properties)).rejects.toMatchObject({
      code: 'ConflictException',
      message: `Cannot update channel ${id}: it is RUNNING, and must be IDLE`,
    });
    const wrong = { ...properties, Name: '' };
    await expect(trial.update('Channel', id, wrong, properties)).rejects.toMatchObject({ code: 'ConflictException' });
    expect(await trial.state(id)).toBe('RUNNING');
    const { encoderSettings: shown } = await trial.call('GET', `/prod/channels/${id}`);
    expect(shown).toMatchObject({ videoDescriptions: [{ width: 1280 }, { width: 640 }] });
  });

  test.each<readonly [string, Properties, string]>([
    ['no name', { Name: '' }, 'UnprocessableEntityException'],
    ['an output group without its destination', { Destinations: [] }, 'UnprocessableEntityException'],
    ['a class that the input has no sources for', { ChannelClass: 'STANDARD' }, 'UnprocessableEntityException'],
    ['a packager channel that there is not', destination('other'), 'UnprocessableEntityException'],
    ['an input that there is not', attachment('1'), 'NotFoundException'],
  ])('refuses %s, and leaves the channel as it was', async (_what, change, code) => {
    const before = await trial.call('GET', `/prod/channels/${id}`);
    await expect(trial.update('Channel', id, { ...properties, ...change }, properties)).rejects.toMatchObject({ code });
    expect(await trial.call('GET', `/prod/channels/${id}`)).toEqual(before);
  });

  test('changes the class with the input, through the same check', async () => {
    const two = await trial.create('Input', { ...FILE, Sources: [...FILE.Sources, ...FILE.Sources] });
    const change = { ...attachment(two.physicalId), ChannelClass: 'STANDARD' };
    const { attributes } = await trial.update('Channel', id, { ...properties, ...change }, properties);
    expect(attributes['Inputs']).toEqual([two.physicalId]);
    expect(await trial.call('GET', `/prod/channels/${id}`)).toMatchObject({ channelClass: 'STANDARD' });
    expect(await trial.call('GET', `/prod/inputs/${two.physicalId}`)).toMatchObject({ state: 'ATTACHED' });
    expect(await trial.call('GET', `/prod/inputs/${inputId}`)).toMatchObject({ state: 'DETACHED' });
  });

  test('refuses an input that another channel has', async () => {
    const other = await trial.fileChannel();
    const { inputAttachments } = await trial.call('GET', `/prod/channels/${other}`);
    const [{ inputId: taken } = { inputId: '' }] = inputAttachments as readonly { readonly inputId: string }[];
    await expect(trial.update('Channel', id, { ...properties, ...attachment(taken) }, properties)).rejects.toThrow(
      `inputId=${taken} is already attached`,
    );
  });

  test('of tags alone is taken while the channel runs, and keeps what the API put on', async () => {
    await trial.start(id);
    await trial.call('POST', `/prod/tags/arn:aws:medialive:eu-west-1:111122223333:channel:${id}`, {
      tags: { 'live-streaming:running-since': '2026-01-01T00:00:00Z', stage: 'api' },
    });
    await trial.update('Channel', id, { ...properties, Tags: { stage: 'test', team: 'a' } }, properties);
    const shown = await trial.call('GET', `/prod/channels/${id}`);
    expect(shown['state']).toBe('RUNNING');
    expect(shown['tags']).toEqual({
      'live-streaming:running-since': '2026-01-01T00:00:00Z',
      stage: 'api',
      team: 'a',
    });
    expect(trial.told('MediaLive Channel State Change', 'state')).not.toContain('UPDATING');
  });

  test('of tags alone refuses a channel that is changing its state', async () => {
    await trial.call('POST', `/prod/channels/${id}/start`);
    const work = trial
      .provider('Channel')
      .update?.(
        { physicalId: id, ref: id, attributes: {} },
        request('AWS::MediaLive::Channel', { ...properties, Tags: {} }),
        properties,
      );
    await expect(work).rejects.toMatchObject({ code: 'ConflictException' });
  });

  test('is replaced by a new channel when its VPC changes', () => {
    expect(trial.provider('Channel').replacedBy).toEqual(['Vpc']);
  });
});

describe('an update of an input', () => {
  test('changes sources while the channel is idle, and the next run plays them', async () => {
    const other = { ...FILE, Sources: [{ Url: 's3ssl://media/other.mp4' }] };
    const { attributes } = await trial.update('Input', inputId, other, FILE);
    expect(attributes['Sources']).toEqual(['s3ssl://media/other.mp4']);
    await trial.start(id);
    expect(trial.dataPlane.last.plan.sources[0]).toMatchObject({ kind: 'file', object: { key: 'other.mp4' } });
  });

  test('refuses other sources while the channel runs, and takes name and tags', async () => {
    await trial.start(id);
    const other = { ...FILE, Sources: [{ Url: 's3ssl://media/other.mp4' }] };
    await expect(trial.update('Input', inputId, other, FILE)).rejects.toMatchObject({
      code: 'ConflictException',
      message: `Cannot update input clip (${inputId}): its channel ${id} is RUNNING, and must be IDLE`,
    });
    await trial.update('Input', inputId, { ...FILE, Name: 'film', Tags: { a: '1' } }, FILE);
    expect(await trial.call('GET', `/prod/inputs/${inputId}`)).toMatchObject({
      name: 'film',
      tags: { a: '1' },
      state: 'ATTACHED',
      sources: [{ url: 's3ssl://media/clip.mp4' }],
    });
  });

  test('refuses to leave a STANDARD channel with one source', async () => {
    const two = { ...FILE, Sources: [...FILE.Sources, ...FILE.Sources] };
    await trial.update('Input', inputId, two, FILE);
    const standard = { ...properties, ChannelClass: 'STANDARD' };
    await trial.update('Channel', id, standard, properties);
    await expect(trial.update('Input', inputId, FILE, two)).rejects.toMatchObject({
      code: 'UnprocessableEntityException',
    });
    expect(await trial.call('GET', `/prod/inputs/${inputId}`)).toMatchObject({ inputClass: 'STANDARD' });
  });

  test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    ['keeps its URL where the stream name stays', ['live/a'], ['live/a'], ['1935/live/a']],
    ['keeps the port for another stream name', ['live/a'], ['live/z'], ['1935/live/z']],
    [
      'keeps each URL where the names change places',
      ['live/a', 'live/b'],
      ['live/b', 'live/a'],
      ['1936/live/b', '1935/live/a'],
    ],
    ['takes a port for a second pipeline', ['live/a'], ['live/a', 'live/b'], ['1935/live/a', '1936/live/b']],
    ['gives back the port of a pipeline that is over', ['live/a', 'live/b'], ['live/b'], ['1936/live/b']],
  ])('with RTMP %s', async (_what, before, after, urls) => {
    const push = await trial.push(...before);
    const [group = ''] = push.properties['InputSecurityGroups'] as readonly string[];
    const { attributes } = await trial.update('Input', push.id, pushed(group, after), push.properties);
    expect(attributes['Destinations']).toEqual(urls.map((url) => `rtmp://127.0.0.1:${url}`));
    expect(trial.dataPlane.taken.size).toBe(after.length);
    await trial.remove('Input', push.id);
    expect(trial.dataPlane.taken.size).toBe(0);
  });

  test('moves from one security group to another', async () => {
    const push = await trial.push('live/a');
    const [old = ''] = push.properties['InputSecurityGroups'] as readonly string[];
    const group = await trial.create('InputSecurityGroup', { WhitelistRules: [{ Cidr: '203.0.113.7/32' }] });
    await trial.update('Input', push.id, pushed(group.physicalId, ['live/a']), push.properties);
    expect(await trial.call('GET', `/prod/inputSecurityGroups/${old}`)).toMatchObject({ state: 'IDLE', inputs: [] });
    expect(await trial.call('GET', `/prod/inputSecurityGroups/${group.physicalId}`)).toMatchObject({
      state: 'IN_USE',
      inputs: [push.id],
    });
  });

  test('is replaced by a new input when its type or its place in the network changes', () => {
    expect(trial.provider('Input').replacedBy).toEqual(['Type', 'Vpc', 'RouterSettings', 'InputNetworkLocation']);
  });
});

describe('an update of an input security group', () => {
  const RULES = { WhitelistRules: [{ Cidr: '127.0.0.1/32' }] };
  const OTHER = { WhitelistRules: [{ Cidr: '203.0.113.0/24' }], Tags: { a: '1' } };

  test('applies while a channel runs with it, through UPDATING', async () => {
    const group = await trial.create('InputSecurityGroup', RULES);
    const work = trial
      .provider('InputSecurityGroup')
      .update?.(group, request('AWS::MediaLive::InputSecurityGroup', OTHER), RULES);
    const path = `/prod/inputSecurityGroups/${group.physicalId}`;
    expect(await trial.call('GET', path)).toMatchObject({ state: 'UPDATING' });
    await settled(work ?? Promise.reject(new Error('no update')));
    expect(await trial.call('GET', path)).toMatchObject({
      state: 'IDLE',
      whitelistRules: [{ cidr: '203.0.113.0/24' }],
      tags: { a: '1' },
    });
  });

  test('refuses what is no CIDR block, and leaves the group as it was', async () => {
    const group = await trial.create('InputSecurityGroup', RULES);
    const wrong = { WhitelistRules: [{ Cidr: '203.0.113.7' }] };
    await expect(trial.update('InputSecurityGroup', group.physicalId, wrong, RULES)).rejects.toThrow('WhitelistRules');
    expect(await trial.call('GET', `/prod/inputSecurityGroups/${group.physicalId}`)).toMatchObject({
      state: 'IDLE',
      whitelistRules: [{ cidr: '127.0.0.1/32' }],
    });
  });

  test('never makes a new one', () => {
    expect(trial.provider('InputSecurityGroup').replacedBy).toEqual([]);
  });
});

function destination(channelName: string): Properties {
  const target = { ChannelGroup: 'live', ChannelName: channelName };
  return { Destinations: [{ Id: 'packager', MediaPackageSettings: [target] }] };
}

function attachment(input: string): Properties {
  return {
    InputAttachments: [
      {
        InputId: input,
        InputAttachmentName: 'main',
        InputSettings: { SourceEndBehavior: 'LOOP', AudioSelectors: [{ Name: 'default' }] },
      },
    ],
  };
}
