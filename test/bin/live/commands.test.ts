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
  return run(request, live.context(isTerminal));
}

describe('start, stop and restart', () => {
  test.each([
    {
      it: 'starts an idle channel',
      words: 'start',
      states: ['IDLE', 'STARTING', 'RUNNING'],
      calls: ['start 1'],
      answer: 'Channel stage is RUNNING (4 s).',
    },
    {
      it: 'leaves a running channel alone',
      words: 'start',
      states: ['RUNNING'],
      calls: [],
      answer: 'Channel stage is RUNNING already.',
    },
    {
      it: 'waits for a channel that starts already',
      words: 'start',
      states: ['STARTING', 'RUNNING'],
      calls: [],
      answer: 'Channel stage is RUNNING (2 s).',
    },
    {
      it: 'starts a channel once it has stopped',
      words: 'start',
      states: ['STOPPING', 'IDLE', 'RUNNING'],
      calls: ['start 1'],
      answer: 'Channel stage is RUNNING (4 s).',
    },
    {
      it: 'starts a channel once it is updated',
      words: 'start',
      states: ['UPDATING', 'IDLE', 'RUNNING'],
      calls: ['start 1'],
      answer: 'Channel stage is RUNNING (4 s).',
    },
    {
      it: 'stops a running channel',
      words: 'stop',
      states: ['RUNNING', 'STOPPING', 'IDLE'],
      calls: ['stop 1'],
      answer: 'Channel stage is IDLE (4 s).',
    },
    {
      it: 'stops a recovering channel',
      words: 'stop',
      states: ['RECOVERING', 'IDLE'],
      calls: ['stop 1'],
      answer: 'Channel stage is IDLE (2 s).',
    },
    {
      it: 'stops a channel once it runs',
      words: 'stop',
      states: ['STARTING', 'RUNNING', 'IDLE'],
      calls: ['stop 1'],
      answer: 'Channel stage is IDLE (4 s).',
    },
    {
      it: 'leaves an idle channel alone',
      words: 'stop',
      states: ['IDLE'],
      calls: [],
      answer: 'Channel stage is IDLE already.',
    },
    {
      it: 'waits while a channel is in an unknown state',
      words: 'stop',
      states: ['PONDERING', 'IDLE'],
      calls: [],
      answer: 'Channel stage is IDLE (2 s).',
    },
    {
      it: 'restarts a running channel',
      words: 'restart',
      states: ['RUNNING', 'STOPPING', 'IDLE', 'IDLE', 'RUNNING'],
      calls: ['stop 1', 'start 1'],
      answer: 'Channel stage is RUNNING (6 s).',
    },
    {
      it: 'only starts an idle channel',
      words: 'restart',
      states: ['IDLE', 'IDLE', 'RUNNING'],
      calls: ['start 1'],
      answer: 'Channel stage is RUNNING (2 s).',
    },
    {
      it: 'starts without waiting',
      words: 'start --no-wait',
      states: ['IDLE'],
      calls: ['start 1'],
      answer: 'Channel stage is STARTING (0 s).',
    },
    {
      it: 'does not wait for a channel that starts already',
      words: 'start --no-wait',
      states: ['STARTING'],
      calls: [],
      answer: 'Channel stage is STARTING already.',
    },
  ])('$it', async ({ words, states, calls, answer }) => {
    const [first = '', ...rest] = states;
    const live = new FakeLive().add('1', 'stage', [first, first, ...rest]);
    expect(await ask(words, live)).toBe(0);
    expect(live.calls).toEqual(calls);
    expect(live.answer).toEqual([answer]);
  });

  test('report the state of the channel when it changes, and every ten seconds', async () => {
    const live = new FakeLive().add('1', 'stage', ['IDLE', 'IDLE', ...Array(7).fill('STARTING'), 'RUNNING']);
    await ask('start', live);
    expect(live.remarks).toEqual(['stage: IDLE, 0 s', 'stage: STARTING, 2 s', 'stage: STARTING, 12 s']);
  });

  test('look at the channel again after a conflict', async () => {
    const live = new FakeLive().add('1', 'stage', ['IDLE', 'IDLE', 'STARTING', 'RUNNING']);
    live.refusals.push(sdkError('ConflictException'));
    expect(await ask('start', live)).toBe(0);
    expect(live.calls).toEqual(['start 1']);
  });

  test('repeat a call that is throttled', async () => {
    const live = new FakeLive().add('1', 'stage', ['IDLE', sdkError('TooManyRequestsException'), 'IDLE', 'RUNNING']);
    expect(await ask('start', live)).toBe(0);
  });

  test('give up at the deadline, with the state, the words of MediaLive, and exit code 3', async () => {
    const live = new FakeLive().add('1', 'stage', ['IDLE']);
    live.refusals.push(...Array(9).fill(sdkError('ConflictException', 'Busy.')));
    expect(await ask('start --timeout 10', live)).toBe(3);
    expect(live.remarks.at(-1)).toBe(
      'Channel stage is IDLE and did not become RUNNING in 10 s. MediaLive says: Busy. It continues; look again with npm run live -- status stage.',
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

  test('start the other channel when one is denied, and report both in JSON', async () => {
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

  test('change only the channel that is named', async () => {
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
    const live = new FakeLive().add('1', 'stage', states, { alerts });
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

  test('refuses an unknown channel with the names of the known ones', async () => {
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
    const live = new FakeLive().add('1', 'stage', ['RUNNING'], {
      alerts: [SET, { ...SET, state: 'CLEARED', type: 'B' }],
    });
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

  test('writes a line for each channel and look, and continues when a look is throttled', async () => {
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
  test('says that MediaLive finishes what it was asked for', () => {
    expect(interruption('start').words).toContain('MediaLive finishes what it was asked for');
    expect(interruption('stop')).toEqual(interruption('start'));
    expect(interruption('restart').words).toContain('a channel that is still stopping stays idle');
  });

  test('ends a watch without an error', () => {
    expect(interruption('watch')).toEqual({ words: undefined, exitCode: 0 });
    expect(interruption('status').exitCode).toBe(130);
  });
});
