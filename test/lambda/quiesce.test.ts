import { describe, expect, test } from '@jest/globals';
import { type QuiesceRequest, quiesce } from '../../lambda/channel-state/quiesce';
import type { OwnStack } from '../../lambda/shared/channels/channels';
import type { KnownState } from '../../lambda/shared/channels/decision';
import { FakeMediaLive } from './fake-media-live';

const RESUME = 'tag 1 live-streaming:resume=true';

function stack(
  status: string,
  ids: Readonly<Record<string, string>> = { Channel: '1', Input: '7', Backup: '8' },
  failed?: string,
): OwnStack {
  return {
    status: async () => status,
    resource: async (logicalId) => {
      const physicalId = ids[logicalId];
      return physicalId === undefined
        ? undefined
        : { physicalId, status: logicalId === failed ? 'UPDATE_FAILED' : 'UPDATE_COMPLETE' };
    },
  };
}

const request: QuiesceRequest = {
  name: 'main',
  logicalId: 'Channel',
  previousLogicalId: 'Channel',
  inputLogicalIds: ['Input', 'Backup'],
  settings: 'new',
  interruption: 'allow',
};

async function quiesced(media: FakeMediaLive, of: Partial<QuiesceRequest> = {}, own = stack('UPDATE_IN_PROGRESS')) {
  const work = { stack: own, channels: media, clock: media.clock, deadline: media.clock.now() + 600_000 };
  await quiesce({ ...request, ...of }, work);
  return media.calls;
}

const channel = (state: KnownState, settings = 'old') =>
  new FakeMediaLive().add('1', { state, tags: { 'live-streaming:settings': settings } });

describe('quiescing a channel before an update', () => {
  test.each<[string, KnownState, readonly string[]]>([
    ['stops a running channel, marked to be resumed', 'RUNNING', [RESUME, 'stop 1']],
    ['stops a recovering channel', 'RECOVERING', [RESUME, 'stop 1']],
    ['stops a starting channel once it runs', 'STARTING', [RESUME, 'stop 1']],
    ['waits for a stopping channel', 'STOPPING', []],
    ['leaves an idle channel alone', 'IDLE', []],
    ['leaves a channel whose last update failed alone', 'UPDATE_FAILED', []],
  ])('%s', async (_, state, calls) => {
    const media = channel(state);
    expect(await quiesced(media)).toEqual(calls);
  });

  test('leaves a running channel alone that carries the new settings already', async () => {
    expect(await quiesced(channel('RUNNING', 'new'))).toEqual([]);
  });

  test('has nothing to do where the stack has no channel yet', async () => {
    expect(await quiesced(new FakeMediaLive(), {}, stack('UPDATE_IN_PROGRESS', {}))).toEqual([]);
  });

  test('has nothing to do with a channel that somebody deleted by hand', async () => {
    expect(await quiesced(new FakeMediaLive())).toEqual([]);
  });

  test('stops the channel that is about to be replaced', async () => {
    const own = stack('UPDATE_IN_PROGRESS', { Single: '1' });
    expect(await quiesced(channel('RUNNING'), { logicalId: 'Pair', previousLogicalId: 'Single' }, own)).toContain(
      'stop 1',
    );
  });

  test('refuses to interrupt what is on air, and says how to allow it', async () => {
    const media = channel('RUNNING');
    await expect(quiesced(media, { interruption: 'refuse' })).rejects.toThrow(
      /Channel main is RUNNING.*npm run live -- stop main.*interruption: 'allow'/,
    );
    expect(media.calls).toEqual([]);
  });

  test('refuses nothing in a rollback', async () => {
    const own = stack('UPDATE_ROLLBACK_IN_PROGRESS');
    expect(await quiesced(channel('RUNNING'), { interruption: 'refuse' }, own)).toContain('stop 1');
  });

  test.each(['Channel', 'Input', 'Backup'])(
    'stops a running channel for a rollback after the change of its %s failed',
    async (failed) => {
      const own = stack('UPDATE_ROLLBACK_IN_PROGRESS', undefined, failed);
      expect(await quiesced(channel('RUNNING', 'new'), { interruption: 'refuse' }, own)).toEqual([RESUME, 'stop 1']);
    },
  );

  test('leaves a running channel alone in a rollback that does not come to it', async () => {
    const own = stack('UPDATE_ROLLBACK_IN_PROGRESS');
    expect(await quiesced(channel('RUNNING', 'new'), {}, own)).toEqual([]);
  });
});
