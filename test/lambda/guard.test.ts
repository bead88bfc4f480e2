import { describe, expect, test } from '@jest/globals';
import { guard, type Task } from '../../lambda/guard/handler';
import { type GuardedChannel, isInputLost } from '../../lambda/guard/verdict';
import { FakeMediaLive } from './fake-media-live';

const MINUTE = 60_000;
const main: GuardedChannel = {
  id: '1',
  name: 'main',
  afterInputLossMinutes: 60,
  afterRunningHours: 24,
  usdPerHour: 1.5,
};

async function work(media: FakeMediaLive, task: Task, guarded = [main], status = 'CREATE_COMPLETE') {
  const told: string[] = [];
  await guard(task, guarded, {
    channels: media,
    clock: media.clock,
    deadline: media.clock.now() + 600_000,
    notify: async (subject, text) => void told.push(`${subject}. ${text}`),
    stack: {
      resource: () => Promise.reject(new Error('the guard asks for no resource')),
      status: async () => status,
    },
  });
  return told;
}

const ago = (media: FakeMediaLive, minutes: number) => media.clock.now() - minutes * MINUTE;
const since = (media: FakeMediaLive, minutes: number) => ({
  'live-streaming:running-since': new Date(ago(media, minutes)).toISOString(),
});

describe('a patrol', () => {
  test('marks since when a channel runs', async () => {
    const media = new FakeMediaLive().add('1', { state: 'RUNNING' });
    expect(await work(media, { task: 'patrol' })).toEqual([]);
    expect(media.calls).toEqual(['tag 1 live-streaming:running-since=2026-11-24T12:00:00.000Z']);
  });

  test('takes the mark away when it is idle', async () => {
    const media = new FakeMediaLive();
    media.add('1', { state: 'IDLE', tags: since(media, 10) });
    await work(media, { task: 'patrol' });
    expect(media.calls).toEqual(['untag 1 live-streaming:running-since']);
  });

  test('stops a channel that has been running for too long, and says so', async () => {
    const media = new FakeMediaLive();
    media.add('1', { state: 'RUNNING', tags: since(media, 24 * 60) });
    const told = await work(media, { task: 'patrol' });
    expect(media.calls).toEqual(['stop 1']);
    expect(told).toEqual([
      'Channel main was stopped. Channel main was stopped: it has been running for 24 hours (autoStop.afterRunningHours: 24). It costs almost nothing now. To start it again: npm run live -- start main',
    ]);
  });

  test('lets the time of a channel go on while it recovers, and stops one that has been on air for too long', async () => {
    const media = new FakeMediaLive();
    media.add('1', { state: 'RECOVERING', tags: since(media, 60) });
    media.add('2', { state: 'RECOVERING', tags: since(media, 24 * 60) });
    await work(media, { task: 'patrol' }, [main, { ...main, id: '2', name: 'b' }]);
    expect(media.calls).toEqual(['stop 2']);
  });

  test.each([
    ['leaves a channel alone whose input has been lost for less', 59, 0],
    ['stops a channel whose input has been lost for as long as that', 60, 1],
  ])('%s', async (_, minutes, stops) => {
    const media = new FakeMediaLive();
    const alerts = [{ type: 'Video Not Detected', pipeline: '0', setAt: ago(media, minutes) }];
    media.add('1', { state: 'RUNNING', tags: since(media, 600), alerts });
    const told = await work(media, { task: 'patrol' });
    expect(media.calls.filter((call) => call === 'stop 1')).toHaveLength(stops);
    expect(told.join()).toMatch(stops === 0 ? /^$/ : /its input has been lost for 60 minutes/);
  });

  test.each([
    [
      'is forbidden',
      Object.assign(new Error('no'), {
        name: 'AccessDeniedException',
        $fault: 'client',
        $metadata: { httpStatusCode: 403 },
      }),
    ],
    [
      'is throttled',
      Object.assign(new Error('busy'), {
        name: 'TooManyRequestsException',
        $fault: 'client',
        $metadata: { httpStatusCode: 429 },
      }),
    ],
    ['is missing in the SDK', new TypeError('paginateListAlerts is not a function')],
  ])('keeps the limit of running time when ListAlerts %s, and fails for the alerts', async (_, error) => {
    const media = new FakeMediaLive();
    media.alerts = () => Promise.reject(error);
    media.add('1', { state: 'RUNNING' });
    media.add('2', { state: 'RUNNING', tags: since(media, 24 * 60) });
    await expect(work(media, { task: 'patrol' }, [main, { ...main, id: '2', name: 'b' }])).rejects.toThrow(
      error.message,
    );
    expect(media.calls).toEqual(['tag 1 live-streaming:running-since=2026-11-24T12:00:00.000Z', 'stop 2']);
  });

  test('asks again for a few minutes when MediaLive is not well, and leaves the rest to the next patrol', async () => {
    const media = new FakeMediaLive();
    media.look = () =>
      Promise.reject(Object.assign(new Error('x'), { $metadata: { httpStatusCode: 503 }, $fault: 'server' }));
    const begun = media.clock.now();
    await expect(work(media, { task: 'patrol' })).rejects.toThrow();
    expect((media.clock.now() - begun) / MINUTE).toBeGreaterThan(3);
    expect((media.clock.now() - begun) / MINUTE).toBeLessThan(5);
  });

  test('leaves a channel alone as long as one of its pipelines has its input', async () => {
    const media = new FakeMediaLive();
    const alerts = [{ type: 'Video Not Detected', pipeline: '1', setAt: ago(media, 90) }];
    media.add('1', { state: 'RUNNING', tags: since(media, 600), alerts, pipelines: 2 });
    await work(media, { task: 'patrol' });
    expect(media.calls).toEqual([]);
  });

  test('leaves a channel alone that may run round the clock', async () => {
    const media = new FakeMediaLive();
    const alerts = [{ type: 'Video Not Detected', pipeline: '0', setAt: ago(media, 9000) }];
    media.add('1', { state: 'RUNNING', tags: since(media, 90_000), alerts });
    await work(media, { task: 'patrol' }, [{ id: '1', name: 'main', usdPerHour: 1.5 }]);
    expect(media.calls).toEqual([]);
  });

  test('starts again what was stopped for an update that failed', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE', tags: { 'live-streaming:resume': 'true' } });
    const told = await work(media, { task: 'patrol' }, [main], 'UPDATE_ROLLBACK_COMPLETE');
    expect(media.calls).toEqual(['start 1']);
    expect(told.join()).toMatch(/main was started again: it was stopped for an update that did not succeed/);
  });

  test('leaves a channel to an update that is under way', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE', tags: { 'live-streaming:resume': 'true' } });
    await work(media, { task: 'patrol' }, [main], 'UPDATE_IN_PROGRESS');
    expect(media.calls).toEqual([]);
  });

  test('takes the mark of an interruption away from a channel that runs', async () => {
    const media = new FakeMediaLive();
    media.add('1', { state: 'RUNNING', tags: { ...since(media, 5), 'live-streaming:resume': 'true' } });
    await work(media, { task: 'patrol' });
    expect(media.calls).toEqual(['untag 1 live-streaming:resume']);
  });

  test('looks after the other channels when one cannot be looked at, and fails for that one', async () => {
    const media = new FakeMediaLive();
    media.add('2', { state: 'RUNNING', tags: since(media, 24 * 60) });
    const look = media.look.bind(media);
    media.look = (id) => (id === '1' ? Promise.reject(new Error('TooManyRequests')) : look(id));
    await expect(work(media, { task: 'patrol' }, [main, { ...main, id: '2', name: 'b' }])).rejects.toThrow('TooMany');
    expect(media.calls).toEqual(['stop 2']);
  });
});

describe('the daily report', () => {
  test('says of every running channel since when it runs and what that has cost', async () => {
    const media = new FakeMediaLive();
    media.add('1', { state: 'RUNNING', tags: since(media, 600) });
    media.add('2', { state: 'IDLE' });
    expect(await work(media, { task: 'report' }, [main, { ...main, id: '2', name: 'b' }])).toEqual([
      '1 live channel(s) running. Channel main is running, for 10.0 hours now (about 15.00 USD), at about 1.50 USD an hour.',
    ]);
  });

  test('says nothing when nothing runs', async () => {
    expect(await work(new FakeMediaLive().add('1', { state: 'IDLE' }), { task: 'report' })).toEqual([]);
  });
});

describe('a schedule', () => {
  test.each([
    ['starts an idle channel', 'start', 'IDLE', ['start 1'], /was started by its schedule/],
    ['stops a running channel', 'stop', 'RUNNING', ['stop 1'], /was stopped by its schedule/],
    ['leaves a running channel running', 'start', 'RUNNING', [], /^$/],
    ['leaves an idle channel idle', 'stop', 'IDLE', [], /^$/],
    ['starts a channel that is being stopped, once it is idle', 'start', 'STOPPING', ['start 1'], /was started/],
  ] as const)('%s', async (_, act, state, calls, told) => {
    const media = new FakeMediaLive().add('1', { state });
    expect((await work(media, { task: act, channel: 'main' })).join()).toMatch(told);
    expect(media.calls).toEqual(calls);
  });

  test.each([
    ['starts a channel whose event comes within the time of a start', 'start', 14, 'start 1'],
    ['starts no channel whose event comes later', 'start', 16, undefined],
    ['stops no channel whose event comes later: the next show may be on', 'stop', 16, undefined],
  ] as const)('%s', async (_, act, late, call) => {
    const media = new FakeMediaLive().add('1', { state: act === 'start' ? 'IDLE' : 'RUNNING' });
    const at = new Date(ago(media, late)).toISOString();
    const told = await work(media, { task: act, channel: 'main', at });
    expect(media.calls[0]).toBe(call);
    expect(told.join()).toMatch(
      call === undefined ? /not (started|stopped) by its schedule: .* 16 minutes late/ : /was started/,
    );
  });

  test('starts no channel after the end of a short show', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE' });
    const at = new Date(ago(media, 6)).toISOString();
    await work(media, { task: 'start', channel: 'main', at, withinMinutes: 5 });
    expect(media.calls).toEqual([]);
  });

  test('waits for a start no longer than the show lasts, so that it does not undo the stop', async () => {
    const media = new FakeMediaLive().add('1', { state: 'UPDATING' });
    const begun = media.clock.now();
    const at = new Date(begun).toISOString();
    await expect(work(media, { task: 'start', channel: 'main', at, withinMinutes: 5 })).rejects.toThrow('is UPDATING');
    expect(media.clock.now() - begun).toBeLessThanOrEqual(5 * MINUTE);
  });

  test('says so when the time of an event cannot be read', async () => {
    const media = new FakeMediaLive().add('1', { state: 'IDLE' });
    const task = { task: 'start', channel: 'main', at: '<aws.scheduler.scheduled-time>' } as const;
    await expect(work(media, task)).rejects.toThrow('at: <aws.scheduler.scheduled-time> was given');
    expect(media.calls).toEqual([]);
  });

  test('refuses a channel that the stack does not have', async () => {
    await expect(work(new FakeMediaLive(), { task: 'start', channel: 'other' })).rejects.toThrow(
      'channel: other was given',
    );
  });
});

describe('the alerts that mean a lost input', () => {
  test.each([
    ['Video Not Detected', true],
    ['RTMP Has No Audio/Video', true],
    ['RTMP Stream Not Found', true],
    ['RTMP Server Disconnected', true],
    ['RTMP Input Connect Failed', true],
    ['HTTP Get Failed', true],
    ['Stopped Receiving UDP Input', true],
    ['Input Resource is Inaccessible', false],
    ['Input Image Missing', false],
    ['Audio Not Detected', false],
    ['Failed to Create Output File or Socket', false],
  ])('%s: %s', (type, lost) => {
    expect(isInputLost(type)).toBe(lost);
  });
});
