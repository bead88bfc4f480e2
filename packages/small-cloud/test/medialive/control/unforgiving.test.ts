import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Unforgiving } from '../../../src/services/medialive/control/unforgiving';
import { FILE, passed, pushed, Trial } from '../control-plane-fixture';
import { channel } from '../fixture';

let trial: Trial;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  trial.cloud.remove();
  jest.useRealTimers();
});

describe('the unforgiving MediaLive', () => {
  test('does not know at once what was just created', async () => {
    trial = new Trial({ eventualConsistencyMs: 20_000 });
    const id = await trial.fileChannel();
    expect(await trial.call('GET', `/prod/channels/${id}`)).toMatchObject({ status: 404, error: 'NotFoundException' });
    expect(await trial.call('GET', '/prod/channels')).toMatchObject({ channels: [] });
    expect(await trial.call('GET', '/prod/inputs')).toMatchObject({ inputs: [] });
    await passed(20_000);
    expect(await trial.state(id)).toBe('IDLE');
    expect(await trial.call('GET', '/prod/inputs')).toMatchObject({ inputs: [{ state: 'ATTACHED' }] });
  });

  test('knows what was created after its delay, when the clock is set back meanwhile', async () => {
    trial = new Trial({ eventualConsistencyMs: 20_000 });
    const id = await trial.fileChannel();
    jest.setSystemTime(Date.now() - 3_600_000);
    await passed(20_000);
    expect(await trial.state(id)).toBe('IDLE');
  });

  test('throttles calls, and does nothing for them', async () => {
    let throttled = false;
    trial = new Trial({ throttle: (action) => throttled && action === 'StartChannel' });
    const id = await trial.fileChannel();
    throttled = true;
    expect(await trial.call('POST', `/prod/channels/${id}/start`)).toMatchObject({
      status: 429,
      error: 'TooManyRequestsException',
    });
    expect(await trial.state(id)).toBe('IDLE');
    throttled = false;
    expect(await trial.call('POST', `/prod/channels/${id}/start`)).toMatchObject({ state: 'STARTING' });
  });

  test.each<readonly [string, (id: string, input: string) => Promise<unknown>]>([
    ['CreateInput', () => trial.create('Input', FILE)],
    ['CreateChannel', (_id, input) => trial.create('Channel', channel(input))],
    ['UpdateChannel', (id, input) => trial.update('Channel', id, channel(input), channel(input, { Name: 'old' }))],
    ['UpdateInput', (_id, input) => trial.update('Input', input, FILE, FILE)],
    ['DeleteChannel', (id) => trial.remove('Channel', id)],
    ['DeleteInput', (_id, input) => trial.remove('Input', input)],
    [
      'CreateInputSecurityGroup',
      () => trial.create('InputSecurityGroup', { WhitelistRules: [{ Cidr: '1.2.3.4/32' }] }),
    ],
    ['DescribeChannel', (id) => trial.call('GET', `/prod/channels/${id}`)],
  ])('fails at %s when it is told to', async (action, work) => {
    let failing = '';
    const fail: Unforgiving['fail'] = (asked) => (asked === failing ? new Error(`no ${asked} today`) : undefined);
    trial = new Trial({ fail });
    const input = await trial.create('Input', FILE);
    const { physicalId } = await trial.create('Channel', channel(input.physicalId));
    failing = action;
    await expect(work(physicalId, input.physicalId)).rejects.toThrow(`no ${action} today`);
  });

  test('fails to create a channel in the end: CREATE_FAILED, then deleted, and its input free', async () => {
    trial = new Trial({ settle: (work) => (work === 'create' ? 'no capacity' : undefined) });
    const input = await trial.create('Input', FILE);
    await expect(trial.create('Channel', channel(input.physicalId))).rejects.toThrow('is CREATE_FAILED: no capacity');
    expect(trial.told('MediaLive Channel State Change', 'state')).toEqual(['CREATE_FAILED', 'DELETING', 'DELETED']);
    expect(await trial.call('GET', '/prod/channels')).toMatchObject({ channels: [] });
    expect(await trial.call('GET', `/prod/inputs/${input.physicalId}`)).toMatchObject({ state: 'DETACHED' });
  });

  test('fails to update a channel in the end: UPDATE_FAILED, as it was, and updated again', async () => {
    let reason: string | undefined = 'no capacity';
    trial = new Trial({ settle: (work) => (work === 'update' ? reason : undefined) });
    const [first, second] = [await trial.create('Input', FILE), await trial.create('Input', FILE)];
    const properties = channel(first.physicalId);
    const { physicalId: id } = await trial.create('Channel', properties);
    const other = channel(second.physicalId, { Name: 'other' });
    await expect(trial.update('Channel', id, other, properties)).rejects.toThrow('is UPDATE_FAILED: no capacity');
    expect(await trial.call('GET', `/prod/channels/${id}`)).toMatchObject({ state: 'UPDATE_FAILED', name: 'main' });
    expect(await trial.call('GET', `/prod/inputs/${second.physicalId}`)).toMatchObject({ state: 'DETACHED' });
    reason = undefined;
    await trial.update('Channel', id, other, properties);
    expect(await trial.call('GET', `/prod/channels/${id}`)).toMatchObject({ state: 'IDLE', name: 'other' });
  });

  test('gives back what an input took when no port is free', async () => {
    trial = new Trial();
    await trial.push('live/a', 'live/b');
    const { id, properties } = await trial.push('live/c');
    const [group = ''] = properties['InputSecurityGroups'] as readonly string[];
    await expect(trial.create('Input', pushed(group, ['live/d', 'live/e']))).rejects.toThrow('no port is free');
    expect(await trial.call('GET', `/prod/inputSecurityGroups/${group}`)).toMatchObject({ inputs: [id] });
    expect(trial.dataPlane.taken.size).toBe(3);
  });
});
