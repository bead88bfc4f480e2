import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import { happenings, historyText, milliseconds, readEvent } from '../../../bin/live/history-text';
import { FakeLive, NOW } from './fake-live';

const NAMES = new Map([['7', 'main']]);
const event = (time: string, detailType: string, detail: object) =>
  JSON.stringify({
    time,
    'detail-type': detailType,
    detail: { channel_arn: 'arn:aws:medialive:x:1:channel:7', ...detail },
  });

const LINES = [
  event('2026-11-28T20:16:00Z', 'MediaLive Channel Alert', {
    alarm_state: 'CLEARED',
    alert_type: 'RTMP Stream Not Found',
    pipeline: '0',
  }),
  event('2026-11-28T20:14:00Z', 'MediaLive Channel Alert', {
    alarm_state: 'SET',
    alert_type: 'RTMP Stream Not Found',
    pipeline: '0',
    message: 'no stream',
  }),
  event('2026-11-27T19:00:00Z', 'MediaLive Channel State Change', { state: 'RUNNING' }),
  event('2026-11-28T20:15:00Z', 'MediaLive Channel Input Change', {
    active_input_attachment_name: 'backup',
    pipeline: '0',
  }),
  event('2026-11-28T20:17:00Z', 'MediaLive Channel State Change', {
    channel_arn: 'arn:aws:medialive:x:1:channel:8',
    state: 'IDLE',
  }),
  'START RequestId',
];

describe('the history of a stack', () => {
  const found = happenings(
    LINES.flatMap((line) => readEvent(line, 0) ?? []),
    NAMES,
  );

  test('tells what happened to its own channels in words, the oldest first', () => {
    expect(historyText(found, '2026-11-27')).toBe(
      [
        '2026-11-27 (UTC)',
        '  19:00:00  main  is on air',
        '2026-11-28 (UTC)',
        '  20:14:00  main  alert on pipeline 0: RTMP Stream Not Found (no stream)',
        '  20:15:00  main  shows input backup on pipeline 0',
        '  20:16:00  main  alert is over on pipeline 0: RTMP Stream Not Found',
      ].join('\n'),
    );
  });

  test('says that nothing happened', () => {
    expect(historyText([], '2026-11-27T00:00:00.000Z')).toBe('Nothing happened since 2026-11-27T00:00:00.000Z.');
  });
});

test.each([
  ['30m', 1_800_000],
  ['2h', 7_200_000],
  ['7d', 604_800_000],
  ['0h', undefined],
  ['2', undefined],
  ['soon', undefined],
])('the time %s is %s ms', (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

describe('npm run live -- history', () => {
  const asked = (words: string) => {
    const request = parseRequest(words.split(' '));
    if (request === 'help') throw new Error('no request');
    return request;
  };

  test('reads the log group of the stack as far back as it is told to', async () => {
    const live = new FakeLive().add('7', 'main', ['RUNNING']);
    live.outputs = { HistoryLogGroup: '/aws/events/live-streaming' };
    const line = (minutesAgo: number, state: string) => {
      const at = NOW - minutesAgo * 60_000;
      const time = new Date(at).toISOString();
      return { at, message: event(time, 'MediaLive Channel State Change', { state }) };
    };
    live.lines = [line(90, 'RUNNING'), line(10, 'STOPPED')];
    await run(asked('history --since 1h'), live.context());
    expect(live.calls).toEqual(['log /aws/events/live-streaming']);
    expect(live.answer).toEqual(['2026-11-24 (UTC)\n  11:50:00  main  was stopped']);
  });

  test('says which option a stack without a history lacks', async () => {
    const live = new FakeLive().add('7', 'main', ['RUNNING']);
    await expect(run(asked('history'), live.context())).rejects.toThrow('deploy it with operations.history');
  });
});
