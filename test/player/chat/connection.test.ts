import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type ChatState, Connection, type Socket } from '../../../player/chat/connection';
import type { PlaceAnswer } from '../../../player/chat/desk';
import { socketAddress } from '../../../player/chat/settings';

/** A WebSocket that does what the test says. */
class FakeSocket {
  readyState = 0;
  readonly sent: string[] = [];
  private readonly listeners = new Map<string, ((event: { data: string }) => void)[]>();

  constructor(readonly token: string) {}

  addEventListener(name: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.happen('close');
  }

  happen(name: 'open' | 'close' | 'message', data = ''): void {
    this.readyState = name === 'close' ? 3 : 1;
    for (const listener of this.listeners.get(name) ?? []) listener({ data });
  }
}

const sockets: FakeSocket[] = [];
const states: ChatState[] = [];
const heard: unknown[] = [];
const answers: PlaceAnswer[] = [];

const place = (token: string): PlaceAnswer => ({
  kind: 'place',
  place: { token, user: 'me', name: 'Me', moderates: false, muted: false, sessionSeconds: 10_800 },
});

const connection = () =>
  new Connection({
    desk: { enter: async () => answers.shift() ?? { kind: 'unanswered' } },
    open: (token) => {
      const socket = new FakeSocket(token);
      sockets.push(socket);
      return socket as unknown as Socket;
    },
    who: () => ({ channel: 'main', guest: 'g', name: '', session: undefined, moderator: undefined }),
    changed: (state) => void states.push(state),
    heard: (incoming) => void heard.push(incoming),
    random: () => 1,
  });

const kinds = () => states.map(({ kind }) => kind);

beforeEach(() => {
  jest.useFakeTimers();
  for (const list of [sockets, states, heard, answers]) list.length = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a connection to the chat', () => {
  test('opens with the token, and hears messages', async () => {
    answers.push(place('one'));
    await connection().connect();
    sockets[0]?.happen('open');
    sockets[0]?.happen(
      'message',
      JSON.stringify({ Type: 'MESSAGE', Id: 'abc', Content: 'hi', Sender: { UserId: 'u' } }),
    );
    expect(sockets[0]?.token).toBe('one');
    expect(kinds()).toEqual(['connecting', 'open']);
    expect(heard).toMatchObject([{ kind: 'message', message: { text: 'hi', name: 'Somebody' } }]);
  });

  test('comes back with a new token, waiting longer from try to try', async () => {
    answers.push(place('one'), { kind: 'unanswered' }, { kind: 'unanswered' }, place('two'));
    await connection().connect();
    sockets[0]?.happen('open');
    sockets[0]?.happen('close');
    expect(states.at(-1)).toMatchObject({ kind: 'waiting' });
    await jest.advanceTimersByTimeAsync(1000);
    await jest.advanceTimersByTimeAsync(1999);
    expect(answers).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1);
    await jest.advanceTimersByTimeAsync(4000);
    expect(sockets.map(({ token }) => token)).toEqual(['one', 'two']);
  });

  test('is renewed before the session is over, and the old one serves until then', async () => {
    answers.push(place('one'), place('two'));
    await connection().connect();
    sockets[0]?.happen('open');
    await jest.advanceTimersByTimeAsync(10_800_000 * 0.95);
    expect(sockets).toHaveLength(2);
    expect(sockets[0]?.readyState).toBe(1);
    sockets[1]?.happen('open');
    expect(sockets[0]?.readyState).toBe(3);
    expect(kinds()).toEqual(['connecting', 'open', 'open']);
  });

  test('of somebody who is banned is tried again after a minute', async () => {
    answers.push({ kind: 'refused', error: 'banned', message: '' }, place('one'));
    await connection().connect();
    expect(states.at(-1)).toEqual({ kind: 'waiting', words: 'A moderator has closed the chat for you.' });
    await jest.advanceTimersByTimeAsync(59_999);
    expect(sockets).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(sockets).toHaveLength(1);
  });

  test('asks for another name when one is refused', async () => {
    answers.push({ kind: 'refused', error: 'name', message: 'too long' });
    await connection().connect();
    expect(states.at(-1)).toEqual({ kind: 'bad-name', words: 'too long' });
  });

  test('sends only while it is open', async () => {
    answers.push(place('one'));
    const made = connection();
    await made.connect();
    expect(made.send({ Action: 'X' })).toBe(false);
    sockets[0]?.happen('open');
    expect(made.send({ Action: 'X' })).toBe(true);
    made.close();
    expect(made.send({ Action: 'X' })).toBe(false);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(sockets).toHaveLength(1);
  });
});

describe('the address of the chat', () => {
  test.each([
    ['wss://edge.ivschat.eu-west-1.amazonaws.com', 'wss://edge.ivschat.eu-west-1.amazonaws.com/'],
    ['/_hosts/edge.ivschat.us-east-1.amazonaws.com', 'ws://127.0.0.1:8080/_hosts/edge.ivschat.us-east-1.amazonaws.com'],
  ])('%s is %s in a page', (endpoint, address) => {
    expect(socketAddress(endpoint, 'http://127.0.0.1:8080/?channel=main')).toBe(address);
  });
});
