import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { passed, settled, Trial } from '../control-plane-fixture';
import { channel, request } from '../fixture';

const STATE_CHANGE = 'MediaLive Channel State Change';

let trial: Trial;

beforeEach(() => {
  jest.useFakeTimers();
  trial = new Trial();
});

afterEach(() => {
  trial.cloud.remove();
  jest.useRealTimers();
});

describe('a channel', () => {
  test('is CREATING before it is IDLE, and refuses to start, be updated or be deleted until then', async () => {
    const input = await trial.create('Input', {
      Name: 'clip',
      Type: 'MP4_FILE',
      Sources: [{ Url: 's3://media/a.mp4' }],
    });
    const work = trial.provider('Channel').create(request('AWS::MediaLive::Channel', channel(input.physicalId)));
    const { channels } = await trial.call('GET', '/prod/channels');
    const [made] = channels as readonly { readonly id: string; readonly state: string }[];
    expect(made?.state).toBe('CREATING');
    const path = `/prod/channels/${made?.id}`;
    expect(await trial.call('POST', `${path}/start`)).toMatchObject({
      status: 409,
      error: 'ConflictException',
      message: `Cannot start channel ${made?.id}: it is CREATING, and must be IDLE`,
    });
    expect(await trial.call('DELETE', path)).toMatchObject({ status: 409, error: 'ConflictException' });
    await settled(work);
    expect(await trial.state(made?.id ?? '')).toBe('IDLE');
  });

  test('goes through STARTING, RUNNING, STOPPING, and tells so in the words of EventBridge', async () => {
    const id = await trial.fileChannel();
    expect(await trial.call('POST', `/prod/channels/${id}/start`)).toMatchObject({ status: 200, state: 'STARTING' });
    expect(trial.dataPlane.last.state).toBe('prepared');
    await passed(1000);
    expect(await trial.call('GET', `/prod/channels/${id}`)).toMatchObject({
      state: 'RUNNING',
      pipelinesRunningCount: 1,
    });
    expect(trial.dataPlane.last.state).toBe('running');
    expect(await trial.call('POST', `/prod/channels/${id}/stop`)).toMatchObject({ status: 200, state: 'STOPPING' });
    await passed(1000);
    expect(await trial.call('GET', `/prod/channels/${id}`)).toMatchObject({ state: 'IDLE', pipelinesRunningCount: 0 });
    expect(trial.dataPlane.last.state).toBe('stopped');
    expect(trial.plane.status()).toEqual([{ node: 'encoder main', state: 'stopped', detail: 'channel idle' }]);
    await trial.remove('Channel', id);
    expect(trial.told(STATE_CHANGE, 'state')).toEqual([
      'CREATED',
      'STARTING',
      'RUNNING',
      'STOPPING',
      'STOPPED',
      'DELETING',
      'DELETED',
    ]);
    const arn = `arn:aws:medialive:eu-west-1:111122223333:channel:${id}`;
    expect(trial.cloud.put[2]).toEqual({
      source: 'aws.medialive',
      detailType: STATE_CHANGE,
      resources: [arn],
      detail: {
        channel_arn: arn,
        state: 'RUNNING',
        message: 'Started channel',
        pipelines_running_count: 1,
        pipeline: '0',
      },
    });
  });

  test('can be started and stopped any number of times, each time as a run of its own', async () => {
    const id = await trial.fileChannel();
    for (let count = 1; count <= 5; count++) {
      await trial.start(id);
      expect(trial.dataPlane.runs.map(({ state }) => state)).toEqual([...Array(count - 1).fill('stopped'), 'running']);
      await trial.stop(id);
    }
    expect(trial.dataPlane.runs.every(({ state }) => state === 'stopped')).toBe(true);
  });

  test('is STOPPING for as long as the data plane takes to stop', async () => {
    const id = await trial.fileChannel();
    await trial.start(id);
    trial.dataPlane.last.stopMs = 60_000;
    await trial.stop(id);
    await passed(30_000);
    expect(await trial.state(id)).toBe('STOPPING');
    await passed(60_000);
    expect(await trial.state(id)).toBe('IDLE');
  });

  test('is RECOVERING while its encoder is replaced, and can be stopped then', async () => {
    const id = await trial.fileChannel();
    await trial.start(id);
    trial.dataPlane.last.events.encoderLost(0);
    expect(await trial.call('GET', `/prod/channels/${id}`)).toMatchObject({
      state: 'RECOVERING',
      pipelinesRunningCount: 0,
    });
    trial.dataPlane.last.events.encoderBack(0);
    expect(await trial.state(id)).toBe('RUNNING');
    trial.dataPlane.last.events.encoderLost(0);
    await trial.stop(id);
    trial.dataPlane.last.events.encoderBack(0);
    expect(await trial.state(id)).toBe('IDLE');
  });

  test('restarts its pipelines, RECOVERING meanwhile', async () => {
    const id = await trial.fileChannel();
    const path = `/prod/channels/${id}/restartChannelPipelines`;
    expect(await trial.call('POST', path, {})).toMatchObject({ status: 409, error: 'ConflictException' });
    await trial.start(id);
    expect(await trial.call('POST', path, { pipelineIds: ['PIPELINE_0'] })).toMatchObject({ state: 'RECOVERING' });
    expect(trial.dataPlane.last.restarts).toEqual([[0]]);
    await passed(1000);
    expect(await trial.state(id)).toBe('RUNNING');
    expect(await trial.call('POST', path, { pipelineIds: ['PIPELINE_1'] })).toMatchObject({
      status: 400,
      message: `pipelineIds: channel ${id} has no PIPELINE_1; it has PIPELINE_0`,
    });
  });

  test('refuses to start twice, and to stop when it does not run', async () => {
    const id = await trial.fileChannel();
    const [start, stop] = [`/prod/channels/${id}/start`, `/prod/channels/${id}/stop`];
    expect(await trial.call('POST', stop)).toMatchObject({ status: 409, error: 'ConflictException' });
    await trial.call('POST', start);
    expect(await trial.call('POST', start)).toMatchObject({ status: 409, error: 'ConflictException' });
    expect(await trial.call('POST', stop)).toMatchObject({ status: 409, error: 'ConflictException' });
    await passed(1000);
    expect(await trial.call('POST', start)).toMatchObject({ status: 409, error: 'ConflictException' });
    await trial.call('POST', stop);
    expect(await trial.call('POST', stop)).toMatchObject({ status: 409, error: 'ConflictException' });
    expect(trial.dataPlane.runs).toHaveLength(1);
  });

  test.each([
    ['STARTING', 0],
    ['RUNNING', 1000],
  ])('refuses to be deleted while it is %s', async (_state, wait) => {
    const id = await trial.fileChannel();
    await trial.call('POST', `/prod/channels/${id}/start`);
    await passed(wait);
    const sentence =
      'Cannot delete a channel that has not been stopped yet. Please stop the channel before deleting it.';
    await expect(trial.remove('Channel', id)).rejects.toThrow(sentence);
    expect(await trial.call('DELETE', `/prod/channels/${id}`)).toMatchObject({
      status: 409,
      error: 'ConflictException',
      message: sentence,
    });
  });

  test('is DELETED for a while, in no list, and then not found', async () => {
    const id = await trial.fileChannel();
    expect(await trial.call('DELETE', `/prod/channels/${id}`)).toMatchObject({ status: 200, state: 'DELETING' });
    const again = trial.remove('Channel', id);
    expect(await trial.state(id)).toBe('DELETING');
    await again;
    expect(await trial.state(id)).toBe('DELETED');
    expect(await trial.call('GET', '/prod/channels')).toMatchObject({ channels: [] });
    expect(await trial.call('POST', `/prod/channels/${id}/start`)).toMatchObject({ status: 404 });
    await passed(30_000);
    expect(await trial.call('GET', `/prod/channels/${id}`)).toMatchObject({ status: 404, error: 'NotFoundException' });
    await trial.remove('Channel', id);
  });

  test('frees its input when it is gone, not before', async () => {
    const id = await trial.fileChannel();
    const { inputs } = await trial.call('GET', '/prod/inputs');
    const [input] = inputs as readonly { readonly id: string; readonly state: string }[];
    expect(input?.state).toBe('ATTACHED');
    await trial.call('DELETE', `/prod/channels/${id}`);
    expect(await trial.call('DELETE', `/prod/inputs/${input?.id}`)).toMatchObject({ error: 'ConflictException' });
    await passed(1000);
    expect(await trial.call('GET', `/prod/inputs/${input?.id}`)).toMatchObject({ state: 'DETACHED' });
    await trial.remove('Input', input?.id ?? '');
    expect(await trial.call('GET', `/prod/inputs/${input?.id}`)).toMatchObject({ state: 'DELETED' });
    expect(await trial.call('GET', '/prod/inputs')).toMatchObject({ inputs: [] });
    await passed(30_000);
    expect(await trial.call('GET', `/prod/inputs/${input?.id}`)).toMatchObject({ status: 404 });
  });

  test('stops with the run of the whole, whatever its state', async () => {
    const first = await trial.fileChannel();
    await trial.start(first);
    const second = await trial.fileChannel();
    await trial.call('POST', `/prod/channels/${second}/start`);
    await settled(trial.plane.stop());
    expect(trial.dataPlane.runs.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  });
});
