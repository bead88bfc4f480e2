import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import { interruption } from '../../../bin/live/interruption';
import type { Alert } from '../../../bin/live/service';
import { FakeLive, NOW, sdkError } from './fake-live';

const SET: Alert = { type: 'A', message: 'A', pipeline: '0', state: 'SET', setAt: NOW, clearedAt: undefined };

function ask(words: string, live: FakeLive, isTerminal = false) {
  const request = parseRequest(words.split(' '));
  if (request === 'help') throw new Error('The test asked for help');
  return run(request, live.around(isTerminal));
}

describe('start, stop and restart', () => {
  test.each<[string, string, string[], string[], string]>([
    [
      'starts an idle channel',
      'start',
      ['IDLE', 'STARTING', 'RUNNING'],
      ['start 1'],
      'Channel stage is RUNNING (4 s).',
    ],
    ['leaves a running channel alone', 'start', ['RUNNING'], [], 'Channel stage is RUNNING already.'],
    [
      'waits for a channel that starts already',
      'start',
      ['STARTING', 'RUNNING'],
      [],
      'Channel stage is RUNNING (2 s).',
    ],
    [
      'starts a channel once it has stopped',
      'start',
      ['STOPPING', 'IDLE', 'RUNNING'],
      ['start 1'],
      'Channel stage is RUNNING (4 s).',
    ],
    [
      'starts a channel once it is updated',
      'start',
      ['UPDATING', 'IDLE', 'RUNNING'],
      ['start 1'],
      'Channel stage is RUNNING (4 s).',
    ],
    ['stops a running channel', 'stop', ['RUNNING', 'STOPPING', 'IDLE'], ['stop 1'], 'Channel stage is IDLE (4 s).'],
    ['stops a recovering channel', 'stop', ['RECOVERING', 'IDLE'], ['stop 1'], 'Channel stage is IDLE (2 s).'],
    [
      'stops a channel once it runs',
      'stop',
      ['STARTING', 'RUNNING', 'IDLE'],
      ['stop 1'],
      'Channel stage is IDLE (4 s).',
    ],
    ['leaves an idle channel alone', 'stop', ['IDLE'], [], 'Channel stage is IDLE already.'],
    ['waits in a state that it does not know', 'stop', ['PONDERING', 'IDLE'], [], 'Channel stage is IDLE (2 s).'],
    [
      'restarts a running channel',
      'restart',
      ['RUNNING', 'STOPPING', 'IDLE', 'IDLE', 'RUNNING'],
      ['stop 1', 'start 1'],
      'Channel stage is RUNNING (6 s).',
    ],
    [
      'only starts an idle channel',
      'restart',
      ['IDLE', 'IDLE', 'RUNNING'],
      ['start 1'],
      'Channel stage is RUNNING (2 s).',
    ],
    ['starts without waiting', 'start --no-wait', ['IDLE'], ['start 1'], 'Channel stage is STARTING (0 s).'],
    [
      'does not wait for a channel that starts already',
      'start --no-wait',
      ['STARTING'],
      [],
      'Channel stage is STARTING already.',
    ],
  ])('%s', async (_, words, states, calls, answer) => {
    const [first = '', ...rest] = states;
    const live = new FakeLive().add('1', 'stage', [first, first, ...rest]);
    expect(await ask(words, live)).toBe(0);
    expect(live.calls).toEqual(calls);
    expect(live.answer).toEqual([answer]);
  });

  test('say on the way in which state the channel is, when it changes and every ten seconds', async () => {
    const live = new FakeLive().add('1', 'stage', ['IDLE', 'IDLE', ...Array(7).fill('STARTING'), 'RUNNING']);
    await ask('start', live);
    expect(live.remarks).toEqual(['stage: IDLE, 0 s', 'stage: STARTING, 2 s', 'stage: STARTING, 12 s']);
  });

  test('look again after a conflict', async () => {
    const live = new FakeLive().add('1', 'stage', ['IDLE', 'IDLE', 'STARTING', 'RUNNING']);
    live.refusals.push(sdkError('ConflictException'));
    expect(await ask('start', live)).toBe(0);
    expect(live.calls).toEqual(['start 1']);
  });

  test('bear with a service that throttles for a while', async () => {
    const live = new FakeLive().add('1', 'stage', ['IDLE', sdkError('TooManyRequestsException'), 'IDLE', 'RUNNING']);
    expect(await ask('start', live)).toBe(0);
  });

  test('give up in time, with the state, what MediaLive said, and exit code 3', async () => {
    const live = new FakeLive().add('1', 'stage', ['IDLE']);
    live.refusals.push(...Array(9).fill(sdkError('ConflictException', 'Busy.')));
    expect(await ask('start --timeout 10', live)).toBe(3);
    expect(live.remarks.at(-1)).toBe(
      'Channel stage is IDLE and did not become RUNNING in 10 s. MediaLive says: Busy. It goes on; look again with npm run live -- status stage.',
    );
    expect(live.answer).toEqual([]);
  });

  test.each(['CREATE_FAILED', 'DELETING', 'DELETED'])(
    'refuses a channel that is %s, with exit code 3',
    async (state) => {
      const live = new FakeLive().add('1', 'stage', [state]);
      expect(await ask('start', live)).toBe(3);
      expect(live.remarks).toEqual([`Channel stage is ${state} and cannot become RUNNING.`]);
    },
  );

  test('refuses a channel that MediaLive does not know, with exit code 2', async () => {
    expect(await ask('start', new FakeLive().addMissing('1'))).toBe(2);
  });

  test('one channel that is denied does not keep the other from starting; JSON tells both', async () => {
    const live = new FakeLive()
      .add('1', 'hall', ['IDLE', 'IDLE', 'RUNNING'])
      .add('2', 'stage', ['IDLE', 'IDLE', 'RUNNING']);
    live.refusals.push(sdkError('AccessDeniedException', 'No.'));
    expect(await ask('start --json', live)).toBe(4);
    const [document = '', ...rest] = live.answer;
    expect(rest).toEqual([]);
    expect(JSON.parse(document)).toMatchObject({
      stack: 'live-streaming',
      command: 'start',
      channels: [
        { name: 'hall', state: null, error: expect.stringContaining('AWS denied the call: No.') },
        { name: 'stage', state: 'RUNNING', changed: true, seconds: 2, error: null },
      ],
    });
  });

  test('are for the named channel alone', async () => {
    const live = new FakeLive().add('1', 'hall', ['RUNNING']).add('2', 'stage', ['RUNNING', 'RUNNING', 'IDLE']);
    await ask('stop stage', live);
    expect(live.calls).toEqual(['stop 2']);
  });
});

describe('status', () => {
  test.each<[string, string[], Alert[], number]>([
    ['running without alerts', ['RUNNING'], [], 0],
    ['running with an alert', ['RUNNING'], [SET], 5],
    ['idle', ['IDLE'], [], 5],
  ])('--check of a channel that is %s', async (_, states, alerts, exitCode) => {
    const live = new FakeLive().add('1', 'stage', states, {}, alerts);
    expect(await ask('status --check', live)).toBe(exitCode);
    expect(await ask('status', live)).toBe(0);
  });

  test('--json is one document', async () => {
    const live = new FakeLive().add('2', 'stage', ['RUNNING']).add('1', 'hall', ['IDLE']);
    await ask('status --json', live);
    expect(live.answer).toHaveLength(1);
    expect(JSON.parse(live.answer[0] ?? '')).toMatchObject({ channels: [{ name: 'hall' }, { name: 'stage' }] });
    expect(live.remarks).toEqual([]);
  });

  test('shows a channel that MediaLive does not know as MISSING', async () => {
    const live = new FakeLive().addMissing('1').add('2', 'stage', ['RUNNING']);
    await ask('status', live);
    expect(live.answer[0]).toContain('Logical1  MISSING');
    expect(live.answer[0]).toContain('somebody deleted it outside of the stack');
    expect(live.answer[0]).toContain('To get it back, deploy twice');
    expect(live.answer[0]).toContain('stage  RUNNING');
  });

  test('refuses an unknown channel with the names of those there are', async () => {
    const live = new FakeLive().add('2', 'stage', ['IDLE']).add('1', 'hall', ['IDLE']);
    await expect(ask('status halle', live)).rejects.toMatchObject({
      message: 'Stack "live-streaming" has no channel "halle"; it has hall, stage.',
      exitCode: 2,
    });
  });

  test('refuses a stack without channels', async () => {
    await expect(ask('status', new FakeLive())).rejects.toMatchObject({
      message: expect.stringContaining('Stack "live-streaming" has no MediaLive channel (it is CREATE_COMPLETE)'),
      exitCode: 2,
    });
  });
});

describe('alerts', () => {
  test('are those that are set, and with --all the cleared ones too', async () => {
    const live = new FakeLive().add('1', 'stage', ['RUNNING'], {}, [SET, { ...SET, state: 'CLEARED', type: 'B' }]);
    await ask('alerts', live);
    await ask('alerts --all', live);
    expect(live.answer.map((text) => text.split('\n').length)).toEqual([2, 3]);
  });
});

describe('watch', () => {
  /** A watch that Ctrl-C ends before the given sleep. */
  function watched(live: FakeLive, looks: number): FakeLive {
    let left = looks;
    live.beforeSleep = () => {
      left -= 1;
      if (left === 0) throw new Error('Ctrl-C');
    };
    return live;
  }

  test('writes a plain line for each channel and look, and goes on when a look is throttled', async () => {
    const live = watched(new FakeLive().add('1', 'stage', ['IDLE', sdkError('ThrottlingException'), 'RUNNING']), 3);
    await expect(ask('watch --every 10', live)).rejects.toThrow('Ctrl-C');
    expect(live.answer.map((line) => line.split(' |')[0])).toEqual([
      '2026-11-24T12:00:00.000Z stage IDLE',
      '2026-11-24T12:00:20.000Z stage RUNNING',
    ]);
    expect(live.remarks).toEqual(['AWS throttles the calls of this account; wait a minute and try again.']);
  });

  test('writes one JSON line for each look', async () => {
    const live = watched(new FakeLive().add('1', 'stage', ['IDLE']), 2);
    await expect(ask('watch --json', live)).rejects.toThrow('Ctrl-C');
    expect(live.answer.map((line) => JSON.parse(line).at)).toEqual([
      '2026-11-24T12:00:00.000Z',
      '2026-11-24T12:00:05.000Z',
    ]);
  });

  test('draws over its last look on a terminal', async () => {
    const live = watched(new FakeLive().add('1', 'stage', ['IDLE']), 1);
    await expect(ask('watch', live, true)).rejects.toThrow('Ctrl-C');
    expect(live.answer[0]).toContain('\u001b[2J\u001b[H2026');
  });

  test('ends when the first look fails', async () => {
    const live = new FakeLive();
    live.failure = sdkError('ThrottlingException');
    await expect(ask('watch', live)).rejects.toMatchObject({ exitCode: 3 });
  });
});

describe('Ctrl-C', () => {
  test('says that channels go on changing their state', () => {
    expect(interruption('start').words).toContain('goes on');
    expect(interruption('stop')).toEqual(interruption('start'));
    expect(interruption('restart').words).toContain('one that is still stopping stays idle');
  });

  test('is the proper end of a watch', () => {
    expect(interruption('watch')).toEqual({ words: undefined, exitCode: 0 });
    expect(interruption('status').exitCode).toBe(130);
  });
});
