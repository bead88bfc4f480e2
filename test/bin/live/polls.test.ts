import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import type { InsertedMetadata } from '../../../bin/live/poll-service';
import { pollText } from '../../../bin/live/polls';
import { questionIn } from '../../../player/polls/question';
import { FakeLive, NOW } from './fake-live';

const ASK = ['poll', 'main', '--question', 'Who?', '--option', 'Red', '--option', 'Blue'];

function stack(...invocations: unknown[]): FakeLive {
  const live = new FakeLive().add('1', 'main', ['RUNNING']);
  live.outputs = { PollFunction: 'desk' };
  live.invocations.push(...invocations);
  return live;
}

function poll(now: number, more: object = {}) {
  const options = [
    { text: 'Red', votes: 1 },
    { text: 'Blue', votes: 3 },
  ];
  return { id: 'a-1', question: 'Who?', startsAt: now, closesAt: now + 60_000, options, ...more };
}

async function ask(words: readonly string[], live: FakeLive, fault?: Error) {
  const request = parseRequest(words);
  if (request === 'help') throw new Error('The test asked for help');
  const inserted: InsertedMetadata[] = [];
  const polls = {
    async insert(_: string, metadata: readonly InsertedMetadata[]) {
      if (fault !== undefined) throw fault;
      inserted.push(...metadata);
    },
  };
  return { code: await run(request, { ...live.context(), polls }), inserted };
}

describe('poll', () => {
  test('puts the question into the video at once, and again for those who come later', async () => {
    const live = stack(poll(NOW));
    const { code, inserted } = await ask([...ASK, '--no-wait'], live);
    expect(code).toBe(0);
    expect(inserted.map(({ startsAt }) => startsAt && startsAt - NOW)).toEqual([undefined, 20_000, 35_000, 50_000]);
    const questions = inserted.map(({ tags }) => questionIn(tags));
    expect(questions.map((one) => one?.seconds)).toEqual([60, 40, 25, 10]);
    expect(questions[0]).toMatchObject({ id: 'a-1', question: 'Who?', options: ['Red', 'Blue'], asked: NOW });
    expect(new Set(inserted.map(({ actionName }) => actionName)).size).toBe(4);
    expect(live.answer.join('')).toMatch(/^Who\?/);
  });

  test('begins later with --in, by a second more than MediaLive asks for', async () => {
    const live = stack(poll(NOW + 16_000));
    const { inserted } = await ask([...ASK, '--in', '15', '--no-wait'], live);
    expect(inserted[0]?.startsAt).toBe(NOW + 16_000);
  });

  test('begins at the latest so that all of it is within the 14 days of the schedule', async () => {
    const days = 14 * 24 * 3600;
    const words = [...ASK, '--seconds', '600', '--no-wait'];
    await expect(ask([...words, '--in', String(days)], stack(poll(NOW)))).rejects.toThrow(/from 15 to/);
    const wanted = days - 900;
    const begins = NOW + wanted * 1000 + 1000;
    const live = stack(poll(begins, { closesAt: begins + 600_000 }));
    const { inserted } = await ask([...words, '--in', String(wanted)], live);
    expect(inserted).toHaveLength(40);
    expect(Math.max(...inserted.map(({ startsAt = 0 }) => startsAt))).toBeLessThan(NOW + days * 1000);
  });

  test('is withdrawn when the question cannot travel', async () => {
    const live = stack(poll(NOW), { id: 'a-1' });
    await expect(ask(ASK, live, new Error('a test'))).rejects.toThrow();
    expect(live.invocations).toEqual([]);
  });

  test('follows the votes until they no longer count', async () => {
    const live = stack(poll(NOW), poll(NOW), poll(NOW), poll(NOW, { closed: true }));
    await ask(ASK, live);
    expect(live.answer).toHaveLength(2);
    expect(live.answer.at(-1)).toMatch(/closed/);
  });

  test('shows the result of the newest poll', async () => {
    const live = stack(poll(0));
    await ask(['poll', 'main', '--json'], live);
    expect(JSON.parse(live.answer.join(''))).toMatchObject({ stack: 'live-streaming', id: 'a-1' });
  });

  test('needs a channel that runs', async () => {
    const live = new FakeLive().add('1', 'main', ['IDLE']);
    live.outputs = { PollFunction: 'desk' };
    await expect(ask(ASK, live)).rejects.toThrow('Channel "main" is IDLE; a poll needs it RUNNING.');
    expect(live.calls).toEqual([]);
  });

  test('tells that a stack has no polls', async () => {
    await expect(ask(ASK, new FakeLive().add('1', 'main', ['RUNNING']))).rejects.toThrow(/has no polls/);
  });

  test.each([
    [['poll'], /the name of one channel/],
    [['poll', 'main', '--option', 'A'], /no --question/],
    [['poll', 'main', '--question', 'Who?', '--option', 'A'], /Answers given: 1; 2 to 6/],
    [['poll', 'main', '--question', 'Who?', '--option', 'A', '--option', 'A'], /2 to 6 different/],
    [['poll', 'main', '--question', 'x'.repeat(201), '--option', 'A', '--option', 'B'], /--question of 201/],
    [[...ASK, '--seconds', '5'], /from 10 to 600/],
    [[...ASK, '--in', '10'], /from 15 to/],
    [['status', '--question', 'Who?'], /it belongs to poll/],
  ])('refuses %j', (words, sentence) => {
    expect(() => parseRequest(words)).toThrow(sentence);
  });
});

describe('the text of a result', () => {
  test.each([
    [0, {}, '60 s left'],
    [-5000, {}, 'begins in 5 s'],
    [61_000, {}, 'viewers who are behind still vote'],
    [200_000, { closed: true }, 'closed'],
  ])('at %d ms says how it stands', (now, more, state) => {
    expect(pollText(poll(0, more), now)).toBe(
      `Who?  (4 votes, ${state})\n  Red         1   25 %\n  Blue        3   75 %`,
    );
  });
});
