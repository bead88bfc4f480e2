import { beforeEach, describe, expect, test } from '@jest/globals';
import { polls } from '../../lambda/poll-desk/handler';
import { operate } from '../../lambda/poll-desk/operator';
import type { Poll } from '../../lambda/poll-desk/poll';
import type { PollBook, PollSurroundings, Vote } from '../../lambda/poll-desk/surroundings';
import type { UrlEvent } from '../../lambda/shared/function-url';
import type { KnownViewer } from '../../lambda/shared/viewers/known-viewer';

/** Polls in memory. */
class FakeBook implements PollBook {
  readonly polls = new Map<string, Poll>();
  readonly votes = new Map<string, number>();
  readonly newest = new Map<string, string>();
  private readonly asked = new Map<string, number>();

  async open(poll: Poll) {
    this.polls.set(poll.id, poll);
    this.newest.set(poll.channel, poll.id);
  }

  async withdraw({ id, channel }: Poll) {
    this.polls.delete(id);
    this.newest.delete(channel);
  }

  poll = async (id: string) => this.polls.get(id);
  latest = async (channel: string) => this.newest.get(channel);

  async vote({ poll, user, option }: Vote) {
    const key = `${poll.id} ${user}`;
    if (this.votes.has(key)) return false;
    this.votes.set(key, option);
    return true;
  }

  async counts({ options }: Poll) {
    return options.map((_, option) => [...this.votes.values()].filter((one) => one === option).length);
  }

  async from(poll: Poll, address: string) {
    const next = (this.asked.get(poll.id + address) ?? 0) + 1;
    this.asked.set(poll.id + address, next);
    return next;
  }
}

let book: FakeBook;
let time: number;
let ids: number;
/** Viewers by channel and session. */
const viewers = new Map<string, KnownViewer>(
  ['gold token', 'main other'].map((key) => [key, { id: 'ana', name: 'Ana', groups: [] }]),
);
const around = (): PollSurroundings => ({
  channels: { main: { isPublic: true }, gold: { isPublic: false } },
  book,
  viewer: async (token, channel) => viewers.get(`${channel} ${token}`),
  randomId: () => `id-${++ids}`,
  now: () => time,
});

beforeEach(() => {
  book = new FakeBook();
  time = 1000;
  ids = 0;
});

const event = (method: string, rawPath: string, query: object = {}, headers: object = {}): UrlEvent => ({
  rawPath,
  queryStringParameters: { ...query },
  headers: { 'cloudfront-viewer-address': '203.0.113.7:4711', ...headers },
  requestContext: { http: { method } },
});
const guest = (name: string) => ({ 'x-poll-guest': name.padEnd(16, '-') });

async function open(channel = 'main', more: object = {}): Promise<string> {
  const task = { task: 'open', channel, question: 'Who?', options: ['Red', 'Blue'], seconds: 60, ...more };
  return String(Object(await operate(task, around())).id);
}

async function vote(poll: string, option: unknown, headers: object = guest('a')) {
  const { statusCode, body } = await polls(
    event('POST', '/polls/vote', { poll, option: String(option) }, headers),
    around(),
  );
  return [statusCode, JSON.parse(body).error];
}

async function counts(poll: string): Promise<readonly number[]> {
  return JSON.parse((await polls(event('GET', '/polls/result', { poll }), around())).body).counts;
}

describe('a vote', () => {
  test('counts once for each guest, whose name is the address and the browser', async () => {
    const poll = await open();
    expect(await vote(poll, 0)).toEqual([200, undefined]);
    expect(await vote(poll, 1)).toEqual([409, 'voted']);
    expect(await vote(poll, 1, guest('b'))).toEqual([200, undefined]);
    expect(await vote(poll, 1, { ...guest('a'), 'cloudfront-viewer-address': '203.0.113.8:1' })).toEqual([
      200,
      undefined,
    ]);
    expect(await counts(poll)).toEqual([1, 2]);
  });

  test('counts once for an address whose browser has no id', async () => {
    const poll = await open();
    expect(await vote(poll, 0, {})).toEqual([200, undefined]);
    expect(await vote(poll, 0, { 'x-poll-guest': 'short' })).toEqual([409, 'voted']);
  });

  test('counts once for a viewer with a session, wherever that is open', async () => {
    const poll = await open('gold');
    expect(await vote(poll, 0, { 'x-viewer-session': 'token' })).toEqual([200, undefined]);
    const other = { 'x-viewer-session': 'token', 'cloudfront-viewer-address': '203.0.113.9:1', ...guest('c') };
    expect(await vote(poll, 1, other)).toEqual([409, 'voted']);
  });

  test('of a private channel needs a session', async () => {
    const poll = await open('gold');
    expect(await vote(poll, 0)).toEqual([401, 'sign-in']);
    expect(await vote(poll, 0, { 'x-viewer-session': 'forged' })).toEqual([401, 'sign-in']);
    // The session of another channel.
    expect(await vote(poll, 0, { 'x-viewer-session': 'other' })).toEqual([401, 'sign-in']);
  });

  test('holds nothing of an address, and another hash in every poll', async () => {
    const [one, other] = [await open(), await open()];
    await vote(one, 0);
    await vote(other, 0);
    const users = [...book.votes.keys()].map((key) => key.split(' ')[1]);
    expect(users.join()).not.toContain('203');
    expect(new Set(users).size).toBe(2);
  });

  test('counts for a minute after the end, for viewers who are behind', async () => {
    const poll = await open();
    time += 60 + 60;
    expect(await vote(poll, 0)).toEqual([200, undefined]);
    time += 1;
    expect(await vote(poll, 0, guest('b'))).toEqual([410, 'closed']);
  });

  test.each([
    ['', 400],
    ['2', 400],
    ['-1', 400],
    ['0.5', 400],
    ['length', 400],
  ])('refuses the option "%s"', async (option, status) => {
    expect(await vote(await open(), option)).toEqual([status, 'no-such-option']);
  });

  test('refuses the 201st from one address', async () => {
    const poll = await open();
    for (let number = 0; number < 200; number++) await vote(poll, 0, guest(`guest-${number}`));
    expect(await vote(poll, 0, guest('one-more'))).toEqual([429, 'too-many']);
    expect(await counts(poll)).toEqual([200, 0]);
  });

  test.each([
    ['GET', '/polls/vote'],
    ['POST', '/polls/result'],
    ['POST', '/polls'],
  ])('refuses %s %s', async (method, path) => {
    expect((await polls(event(method, path), around())).statusCode).toBe(404);
  });

  test('that cannot be stored is not counted, and the viewer hears so', async () => {
    const poll = await open();
    book.vote = () => Promise.reject(new Error('a test'));
    expect(await vote(poll, 0)).toEqual([503, 'unavailable']);
  });
});

describe('the result', () => {
  test('is kept by the edge for two seconds, and that of an unknown poll not at all', async () => {
    const poll = await open();
    expect((await polls(event('GET', '/polls/result', { poll }), around())).headers['cache-control']).toBe(
      'public, max-age=2',
    );
    const unknown = await polls(event('GET', '/polls/result', { poll: 'none' }), around());
    expect([unknown.statusCode, unknown.headers['cache-control']]).toEqual([404, 'no-store']);
  });

  test('tells the operator of the newest poll', async () => {
    await open();
    const poll = await open();
    await vote(poll, 1);
    expect(await operate({ task: 'result', channel: 'main' }, around())).toMatchObject({
      id: poll,
      options: [
        { text: 'Red', votes: 0 },
        { text: 'Blue', votes: 1 },
      ],
      closesAt: 1_060_000,
      closed: false,
    });
  });

  test('of a poll that was withdrawn is gone', async () => {
    const poll = await open();
    await operate({ task: 'withdraw', channel: 'main' }, around());
    expect(await vote(poll, 0)).toEqual([404, 'no-such-poll']);
    await expect(operate({ task: 'result', channel: 'main' }, around())).rejects.toThrow(/no poll within a week/);
  });
});

describe('the operator', () => {
  test.each<[object, RegExp]>([
    [{ channel: 'stage' }, /^channel: "stage" was given; .* main, gold$/],
    [{ question: '' }, /^question: /],
    [{ question: 'x'.repeat(201) }, /^question: /],
    [{ options: ['one'] }, /^options: 2 to 6/],
    [{ options: ['one', 'one'] }, /^options: /],
    [{ options: ['one', 7] }, /^options: /],
    [{ seconds: 5 }, /^seconds: 5 was given; 10 to 600/],
    [{ task: 'shout' }, /no poll within a week/],
  ])('is refused %j', async (more, sentence) => {
    await expect(open('main', more)).rejects.toThrow(sentence);
  });
});
