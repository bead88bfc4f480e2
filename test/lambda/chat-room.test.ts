import { beforeEach, describe, expect, test } from '@jest/globals';
import { chosenName, givenName } from '../../lambda/chat-room/guest';
import { chat } from '../../lambda/chat-room/handler';
import { operate } from '../../lambda/chat-room/operator';
import type { KeptOut } from '../../lambda/chat-room/request';
import type { ChatSurroundings, Place } from '../../lambda/chat-room/surroundings';
import type { UrlEvent } from '../../lambda/shared/function-url';
import type { KnownViewer } from '../../lambda/shared/viewers/known-viewer';

const CODE = 'the-code-of-the-moderators';

/** A room in memory. */
class FakeChat implements ChatSurroundings {
  readonly rooms = {
    main: { arn: 'arn:main', isPublic: true, moderatorGroups: [] },
    gold: { arn: 'arn:gold', isPublic: false, moderatorGroups: ['staff'] },
  };
  readonly places: Place[] = [];
  readonly done: string[] = [];
  /** Viewers by channel and session. */
  readonly viewers = new Map<string, KnownViewer>();
  private readonly out = new Map<string, { readonly how: KeptOut; readonly time: number }>();
  private readonly counts = new Map<string, number>();
  time = 1000;

  code = async () => CODE;
  viewer = async (token: string, channel: string) => this.viewers.get(`${channel} ${token}`);
  randomId = () => 'random-random-random';
  now = () => this.time;

  async createToken(place: Place) {
    this.places.push(place);
    return 'token';
  }

  async disconnect(room: string, user: string) {
    this.done.push(`disconnect ${room} ${user}`);
  }

  async deleteMessage(room: string, id: string) {
    this.done.push(`delete ${room} ${id}`);
  }

  async count(key: string) {
    const next = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, next);
    return next;
  }

  async keptOut(channel: string, user: string) {
    const found = this.out.get(channel + user);
    return found !== undefined && found.time > this.time ? found.how : undefined;
  }

  async keepOut(channel: string, user: string, until: { readonly how: KeptOut; readonly time: number } | undefined) {
    if (until === undefined) this.out.delete(channel + user);
    else this.out.set(channel + user, until);
  }
}

let around: FakeChat;
beforeEach(() => {
  around = new FakeChat();
});

async function ask(path: string, query: Record<string, string>, headers: Record<string, string> = {}) {
  const event: UrlEvent = {
    rawPath: path,
    queryStringParameters: query,
    headers: { 'cloudfront-viewer-address': '203.0.113.7:1234', 'x-chat-guest': 'browser-browser-1', ...headers },
    requestContext: { http: { method: 'POST' } },
  };
  const { statusCode, body } = await chat(event, around);
  return { status: statusCode, ...(body === '' ? {} : JSON.parse(body)) };
}

const token = (headers: Record<string, string> = {}, channel = 'main') => ask('/chat/token', { channel }, headers);

describe('a place in the chat', () => {
  test('of a guest without a name is for reading', async () => {
    expect(await token()).toMatchObject({ status: 200, token: 'token', name: '', moderates: false });
    expect(around.places[0]).toMatchObject({ room: 'arn:main', capabilities: [], attributes: { name: '' } });
  });

  test('of a guest with a name is for writing, under an id that tells nothing', async () => {
    const { user } = await token({ 'x-chat-name': encodeURIComponent('Änne  B.') });
    expect(user).toMatch(/^g-[\w-]{16}$/);
    expect(around.places[0]).toMatchObject({ capabilities: ['SEND_MESSAGE'], attributes: { name: 'Änne B.' } });
  });

  test('has the same id for the same browser at the same address only', async () => {
    const [one, again, other, elsewhere] = [
      await token(),
      await token({ 'cloudfront-viewer-address': '203.0.113.7:9' }),
      await token({ 'x-chat-guest': 'browser-browser-2' }),
      await token({ 'cloudfront-viewer-address': '203.0.113.8:1' }),
    ];
    expect(again.user).toBe(one.user);
    expect(new Set([one.user, other.user, elsewhere.user]).size).toBe(3);
  });

  test('is refused for a name with signs that do not belong into a line', async () => {
    expect(await token({ 'x-chat-name': encodeURIComponent('‮evil') })).toMatchObject({ status: 400, error: 'name' });
  });

  test('is refused to an address that asks too often', async () => {
    for (let index = 0; index < 100; index += 1) await token({ 'x-chat-guest': `browser-browser-${index}` });
    expect(await token()).toMatchObject({ status: 429, error: 'too-many' });
    expect((await token({ 'cloudfront-viewer-address': '[2001:db8::1]:5' })).status).toBe(200);
  });

  test('of a private channel needs its session, which gives the name', async () => {
    expect(await token({}, 'gold')).toMatchObject({ status: 401, error: 'sign-in' });
    around.viewers.set('gold session', { id: 'v1', name: 'anna@example.com', groups: [] });
    const headers = { 'x-viewer-session': 'session', 'x-chat-name': 'Somebody' };
    expect(await token(headers, 'gold')).toMatchObject({ status: 200, name: 'anna', moderates: false });
  });

  test('of a private channel is for no viewer of another channel', async () => {
    around.viewers.set('main session', { id: 'v1', name: 'anna@example.com', groups: ['staff'] });
    expect(await token({ 'x-viewer-session': 'session' })).toMatchObject({ status: 200, name: 'anna' });
    expect(await token({ 'x-viewer-session': 'session' }, 'gold')).toMatchObject({ status: 401, error: 'sign-in' });
    expect(around.places.map(({ room }) => room)).toEqual(['arn:main']);
  });

  test('is for a quarter of an hour on a private channel, because a session may be revoked', async () => {
    around.viewers.set('gold session', { id: 'v1', name: 'anna@example.com', groups: [] });
    expect(await token({ 'x-viewer-session': 'session' }, 'gold')).toMatchObject({ sessionSeconds: 900 });
    expect(await token()).toMatchObject({ sessionSeconds: 10_800 });
    expect(around.places.map(({ minutes }) => minutes)).toEqual([15, 180]);
  });

  test.each([
    ['no such channel', 'other', 404],
    ['a name of every object', 'constructor', 404],
  ])('is refused for %s', async (_, channel, status) => {
    expect((await token({}, channel)).status).toBe(status);
  });
});

describe('a moderator', () => {
  const code = { 'x-chat-moderator': CODE, 'x-chat-name': 'Mona' };

  test('has the code or a group, and may delete', async () => {
    expect((await token(code)).moderates).toBe(true);
    expect(around.places[0]).toMatchObject({
      capabilities: ['SEND_MESSAGE', 'DELETE_MESSAGE'],
      attributes: { role: 'moderator' },
    });
    around.viewers.set('gold session', { id: 'v1', name: 'mona', groups: ['staff'] });
    expect((await token({ 'x-viewer-session': 'session' }, 'gold')).moderates).toBe(true);
  });

  test('mutes: the viewer is disconnected, and may only read when coming back', async () => {
    const { user } = await token({ 'x-chat-name': 'Ben' });
    expect((await ask('/chat/mute', { channel: 'main', user, minutes: '5' }, code)).status).toBe(204);
    expect(around.done).toEqual([`disconnect arn:main ${user}`]);
    expect(await token({ 'x-chat-name': 'Ben' })).toMatchObject({ status: 200, muted: true });
    expect(around.places.at(-1)?.capabilities).toEqual([]);
    around.time += 301;
    expect((await token({ 'x-chat-name': 'Ben' })).muted).toBe(false);
  });

  test('bans: the viewer gets no token', async () => {
    const { user } = await token();
    await ask('/chat/ban', { channel: 'main', user }, code);
    expect(await token()).toMatchObject({ status: 403, error: 'banned' });
    expect((await token({}, 'gold')).error).toBe('sign-in');
  });

  test('of a private channel has a session besides the code', async () => {
    expect((await token(code, 'gold')).error).toBe('sign-in');
    const asked = { channel: 'gold', user: 'v-0123456789abcdef' };
    expect((await ask('/chat/ban', asked, code)).error).toBe('sign-in');
    expect(around.places).toEqual([]);
    expect(around.done).toEqual([]);
  });

  test('is nobody without the code', async () => {
    const asked = { channel: 'main', user: 'g-0123456789abcdef' };
    expect((await ask('/chat/ban', asked, { 'x-chat-moderator': 'wrong' })).error).toBe('not-a-moderator');
    expect((await ask('/chat/ban', asked)).error).toBe('not-a-moderator');
    expect(around.done).toEqual([]);
  });
});

describe('the operator', () => {
  test('gets the code, deletes, keeps out and lets in again', async () => {
    const { user } = await token();
    expect(await operate({ task: 'link', channel: 'main' }, around)).toEqual({ code: CODE });
    await operate({ task: 'delete', channel: 'main', id: 'abcdefABC123' }, around);
    await operate({ task: 'ban', channel: 'main', user, minutes: 5 }, around);
    expect(around.done).toEqual(['delete arn:main abcdefABC123', `disconnect arn:main ${user}`]);
    expect((await token()).error).toBe('banned');
    await operate({ task: 'allow', channel: 'main', user }, around);
    expect((await token()).status).toBe(200);
  });

  test.each([
    [{ task: 'link', channel: 'other' }, /a channel with a chat is needed: main, gold/],
    [{ task: 'ban', channel: 'main', user: 'x' }, /the id of a user/],
    [{ task: 'delete', channel: 'main', id: '1' }, /12 letters and digits/],
    [{ task: 'other', channel: 'main', user: 'g-0123456789abcdef' }, /is not known/],
  ])('is refused %o', async (task, sentence) => {
    await expect(operate(task, around)).rejects.toThrow(sentence);
  });
});

describe('a name', () => {
  test.each([
    ['anna@example.com', 'anna'],
    ['Ben (link)', 'Ben'],
    ['link 4711', undefined],
    ['7f1c2b1e-0000-4000-8000-0123456789ab', undefined],
  ])('of a sign-in, %s, is shown as %s', (name, shown) => {
    expect(givenName(name)).toBe(shown);
  });

  test.each(['', '%E0%A4%A', encodeURIComponent('a\nb'.repeat(20)), '...'])('%s cannot be chosen', (name) => {
    expect(chosenName(name)).toBeUndefined();
  });
});
