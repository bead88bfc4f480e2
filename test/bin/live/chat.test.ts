import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import { FakeLive } from './fake-live';

function stack(...invocations: unknown[]): FakeLive {
  const live = new FakeLive();
  live.outputs = { ChatFunction: 'desk', PlayerUrl: 'https://d1.cloudfront.net/' };
  live.invocations.push(...invocations);
  return live;
}

function ask(words: readonly string[], live: FakeLive) {
  const request = parseRequest(words);
  if (request === 'help') throw new Error('The test asked for help');
  return run(request, live.context());
}

describe('chat', () => {
  test('prints the link of the moderators', async () => {
    const live = stack({ code: 'secret' });
    expect(await ask(['chat', 'main'], live)).toBe(0);
    expect(live.answer).toEqual(['https://d1.cloudfront.net/?channel=main#link=moderator.secret']);
  });

  test.each([
    [['mute', 'g-1', '--minutes', '10'], /can only read for 10 minutes/],
    [['ban', 'g-1'], /stays out for 60 minutes/],
    [['allow', 'g-1'], /may write again/],
    [['delete', 'abc'], /deleted from every page/],
  ])('%j does it and says so', async (words, sentence) => {
    const live = stack({});
    expect(await ask(['chat', 'main', ...words], live)).toBe(0);
    expect(live.answer.join('')).toMatch(sentence);
  });

  test('tells that a stack has no chat', async () => {
    const live = new FakeLive();
    await expect(ask(['chat', 'main'], live)).rejects.toThrow(/has no chat/);
  });

  test.each([
    [['chat'], /the name of one channel/],
    [['chat', 'main', 'kick', 'x'], /one of delete, mute, ban, allow/],
    [['chat', 'main', 'mute'], /the id of a user/],
    [['chat', 'main', 'mute', 'x', '--minutes', '0'], /from 1 to 10080/],
    [['status', '--minutes', '5'], /it belongs to chat/],
  ])('refuses %j', (words, sentence) => {
    expect(() => parseRequest(words)).toThrow(sentence);
  });
});
