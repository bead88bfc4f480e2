import { describe, expect, test } from '@jest/globals';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { channelStateHandler } from '../../lambda/channel-state/handler';
import type { IngestDestination } from '../../lambda/channel-state/ingest-address';
import { FakeMediaLive } from './fake-media-live';

const RTMP: IngestDestination = { url: 'rtmp://192.0.2.1:1935/live/primary', ip: undefined, port: undefined };

function setting(media: FakeMediaLive, destinations: () => readonly IngestDestination[] = () => [RTMP]) {
  return channelStateHandler({
    channels: media,
    clock: media.clock,
    ingestDestinations: async () => destinations(),
    ownStack: () => ({
      resource: async () => ({ physicalId: '1', status: 'UPDATE_COMPLETE' }),
      status: async () => 'UPDATE_IN_PROGRESS',
    }),
  });
}

function event(requestType: 'Create' | 'Update' | 'Delete', type: string, properties: Record<string, unknown>) {
  return {
    RequestType: requestType,
    ResourceType: type,
    LogicalResourceId: 'Thing',
    StackId: 'stack',
    ResourceProperties: { ServiceToken: 'token', ...properties },
    ...(requestType === 'Create' ? {} : { PhysicalResourceId: 'the-first-id' }),
    ...(requestType === 'Update' ? { OldResourceProperties: { ServiceToken: 'token', ...properties } } : {}),
  } as unknown as CloudFormationCustomResourceEvent;
}

const handle = (media: FakeMediaLive, of: CloudFormationCustomResourceEvent) =>
  setting(media).handle(of, media.clock.now() + 600_000);

const RUN = 'Custom::RunningState';
const quiesce = {
  ChannelName: 'main',
  ChannelLogicalId: 'Channel',
  InputLogicalId: 'Input',
  Settings: 'new',
  Interruption: 'allow',
};

describe('the settings that Quiesce tells', () => {
  const told = async (settings: unknown, type: 'Create' | 'Update' = 'Create') => {
    const properties = { ...quiesce, Settings: settings } as never;
    const media = new FakeMediaLive().add('1', { state: 'IDLE', tags: { 'live-streaming:settings': 'new' } });
    return (await handle(media, event(type, 'Custom::Quiesce', properties))).attributes?.['Settings'];
  };

  test('are the hash that the template has', async () => {
    expect(await told('0123456789abcdef')).toBe('0123456789abcdef');
  });

  test('are a hash of the texts that the template has in its place: another one when one of them changes', async () => {
    const hash = await told([['a', 'https://host/one'], 'b']);
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(await told([['a', 'https://host/one'], 'b'], 'Update')).toBe(hash);
    expect(await told([['a', 'https://host/two'], 'b'])).not.toBe(hash);
  });

  test('are not asked for when the stack is deleted', async () => {
    const { Settings: _, ...rest } = quiesce;
    await expect(handle(new FakeMediaLive(), event('Delete', 'Custom::Quiesce', rest))).resolves.toEqual({
      physicalId: 'the-first-id',
    });
  });
});

describe('the handler of a running state', () => {
  test('starts a channel that should run, and tells where to publish', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE' });
    const made = await handle(media, event('Create', RUN, { ChannelId: '1', Running: 'true', PushInputId: '7' }));
    expect(media.calls).toEqual(['start 1']);
    expect(made).toEqual({
      physicalId: 'channel-state-Thing',
      attributes: { IngestServer0: 'rtmp://192.0.2.1:1935/live', IngestStreamKey0: 'primary' },
    });
  });

  test('tells where to publish to its other inputs', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE' });
    const pushed = { PushInputId: '7', OtherPushInputIds: { Backup: '8' } };
    const { attributes } = await handle(media, event('Create', RUN, { ChannelId: '1', Running: 'true', ...pushed }));
    expect(Object.keys(attributes ?? {})).toEqual([
      'IngestServer0',
      'IngestStreamKey0',
      'IngestServer0Backup',
      'IngestStreamKey0Backup',
    ]);
  });

  test('tells as many addresses as the template asks for, whatever MediaLive tells', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE' });
    const properties = { ChannelId: '1', Running: 'false', PushInputId: '7', IngestAddresses: '2' };
    const { attributes } = await setting(media).handle(event('Create', RUN, properties), media.clock.now() + 600_000);
    expect(attributes).toEqual({
      IngestServer0: 'rtmp://192.0.2.1:1935/live',
      IngestStreamKey0: 'primary',
      IngestServer1: 'not given by MediaLive',
      IngestStreamKey1: 'not given by MediaLive',
    });
  });

  test('waits until it may look at an input', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE' });
    let denials = 3;
    const handler = setting(media, () => {
      denials -= 1;
      if (denials < 0) return [RTMP];
      throw Object.assign(new Error('not yet'), {
        name: 'AccessDeniedException',
        $fault: 'client',
        $metadata: { httpStatusCode: 403 },
      });
    });
    const properties = { ChannelId: '1', Running: 'false', PushInputId: '7', IngestAddresses: '1' };
    const made = await handler.handle(event('Create', RUN, properties), media.clock.now() + 600_000);
    expect(Object.keys(made.attributes ?? {})).toEqual(['IngestServer0', 'IngestStreamKey0']);
  });

  test('leaves a channel idle that should not run', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE' });
    await handle(media, event('Create', RUN, { ChannelId: '1', Running: 'false' }));
    expect(media.calls).toEqual([]);
  });

  test('ends an interruption: what was marked to be resumed runs, and the mark is gone', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE', tags: { 'live-streaming:resume': 'true' } });
    await handle(media, event('Update', RUN, { ChannelId: '1', Running: 'true' }));
    expect(media.calls).toEqual(['start 1', 'untag 1 live-streaming:resume']);
  });

  test('stops a channel before it is deleted', async () => {
    const media = new FakeMediaLive().add('1', { state: 'RUNNING' });
    await handle(media, event('Delete', RUN, { ChannelId: '1', Running: 'true' }));
    expect(media.calls).toEqual(['stop 1']);
  });

  test('is content on delete with a channel that is gone', async () => {
    const gone = await handle(new FakeMediaLive(), event('Delete', RUN, { ChannelId: '1', Running: 'true' }));
    expect(gone.physicalId).toBe('the-first-id');
  });

  test.each(['Update', 'Delete'] as const)('keeps its physical id on %s', async (type) => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE' });
    const { physicalId } = await handle(media, event(type, RUN, { ChannelId: '1', Running: 'false' }));
    expect(physicalId).toBe('the-first-id');
  });
});

describe('the handler of a quiesce', () => {
  test.each(['Create', 'Delete'] as const)('does nothing on %s', async (type) => {
    const media = new FakeMediaLive().add('1', { state: 'RUNNING' });
    await handle(media, event(type, 'Custom::Quiesce', quiesce));
    expect(media.calls).toEqual([]);
  });

  test('stops a running channel on an update that changes it', async () => {
    const media = new FakeMediaLive().add('1', { state: 'RUNNING' });
    const { physicalId } = await handle(media, event('Update', 'Custom::Quiesce', quiesce));
    expect(media.calls).toEqual(['tag 1 live-streaming:resume=true', 'stop 1']);
    expect(physicalId).toBe('the-first-id');
  });
});
