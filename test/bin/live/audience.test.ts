import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import { CLEAR_SCREEN } from '../../../bin/live/screen';
import { FakeLive, NOW } from './fake-live';

const OUTPUTS = { AudienceLogGroup: '/aws/collector', AudienceWorkGroup: 'audience-1', AudienceDatabase: 'audience_1' };

function stack(outputs: Record<string, string> = OUTPUTS): FakeLive {
  const live = new FakeLive();
  live.outputs = outputs;
  return live;
}

function ask(words: string, live: FakeLive, isTerminal = false) {
  const request = parseRequest(words.split(' '));
  if (request === 'help') throw new Error('The test asked for help');
  return run(request, live.context(isTerminal));
}

const numbers = (Channel: string, values: object, at = NOW) => ({
  at,
  message: JSON.stringify({ _aws: { Timestamp: at }, Stack: 'live', Channel, ...values }),
});

describe('the audience', () => {
  const lines = [
    numbers('main', { Beats: 10, PlayedMs: 297_000, StallMs: 3000, Starts: 2, StartupMs: [800, 1200], Errors: 1 }),
    numbers('main', { Beats: 10, PlayedMs: 300_000, StallMs: 0, BitrateKbps: [4300], LatencyMs: [3100], Errors: 0 }),
    numbers('stage', { Beats: 10, PlayedMs: 0, StallMs: 0, Errors: 0 }),
    numbers('main', { Beats: 1000 }, NOW - 400_000),
    { at: NOW, message: 'START RequestId: 1' },
    { at: NOW, message: '{"_aws": broken' },
  ];

  test('is shown for each channel, of the last five minutes', async () => {
    const live = stack();
    live.lines = lines;
    expect(await ask('audience', live)).toBe(0);
    expect(live.answer).toEqual([
      'main   2 viewers · 2 started in 0.8 s (95 %: 1.2 s) · rebuffering 0.50 % · 4.3 Mbit/s · 3.1 s behind · 1 error\nstage  1 viewer · nobody started · rebuffering 0.00 % · 0 errors',
    ]);
  });

  test('is shown for one channel, as JSON', async () => {
    const live = stack();
    live.lines = lines;
    await ask('audience stage --json', live);
    expect(JSON.parse(live.answer[0] ?? '')).toMatchObject({ channels: [{ channel: 'stage', viewers: 1 }] });
  });

  test('is shown repeatedly with --watch, over the last look of a terminal', async () => {
    const live = stack();
    live.lines = lines;
    let looks = 0;
    live.beforeSleep = () => {
      looks += 1;
      if (looks === 3) throw new Error('enough');
    };
    await expect(ask('audience --watch', live, true)).rejects.toThrow('enough');
    expect(live.answer).toHaveLength(3);
    expect(live.answer[0]?.startsWith(CLEAR_SCREEN)).toBe(true);
  });

  test('is not known of a stack without analytics', async () => {
    await expect(ask('audience', stack({}))).rejects.toThrow('takes no reports; deploy it with analytics: true');
    await expect(ask('query bitrates', stack({}))).rejects.toThrow('keeps no reports; deploy it with analytics: true');
  });
});

describe('a query', () => {
  const reply = {
    columns: ['error', 'times'],
    rows: [
      ['http-404', '12'],
      ['=1+1', undefined],
    ],
    scannedBytes: 1_500_000,
  };

  test('is asked in the work group of the stack, bound by days and channel', async () => {
    const live = stack();
    live.reply = reply;
    expect(await ask('query top-errors --days 2 --channel main', live)).toBe(0);
    expect(live.asked).toMatchObject([{ workGroup: 'audience-1', database: 'audience_1' }]);
    expect(live.asked[0]?.sql).toContain(`day BETWEEN '2026-11-22' AND '2026-11-24' AND cid LIKE 'main'`);
    expect(live.answer[0]?.split('\n').slice(2)).toEqual(['error     times', 'http-404     12', '=1+1          –']);
    expect(live.answer[1]).toMatch(/1\.50 MB were read\.$/);
  });

  test('is written as values for a spreadsheet, which runs none of them, or as JSON', async () => {
    const live = stack();
    live.reply = reply;
    await ask('query top-errors --csv', live);
    await ask('query top-errors --json', live);
    expect(live.answer[0]).toBe("error,times\nhttp-404,12\n'=1+1,");
    expect(JSON.parse(live.answer[1] ?? '')).toEqual([
      { error: 'http-404', times: '12' },
      { error: '=1+1', times: null },
    ]);
  });

  test('without a name lists all of them', async () => {
    const live = stack();
    await ask('query', live);
    expect(live.answer[0]).toMatch(/^viewers-by-minute +Concurrent viewers/m);
    expect(live.asked).toEqual([]);
  });

  test.each([
    ['query nonsense', 'Query "nonsense" was given; one of viewers-by-minute'],
    ['query bitrates stage', 'query takes the name of one saved query'],
    ['query bitrates --days x', '--days x was given; a whole number from 0 to 3650 is needed'],
    ["query bitrates --channel a'b", 'the name of a channel is needed'],
    ['query session-timeline --session x', 'the id of a session is needed'],
    ['status --csv', '--csv was given to status; it belongs to query'],
    ['watch --watch', '--watch was given to watch; it belongs to audience'],
  ])('is refused: %s', (words, sentence) => {
    expect(() => parseRequest(words.split(' '))).toThrow(sentence);
  });
});
