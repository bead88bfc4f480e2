import { describe, expect, test } from '@jest/globals';
import { Feed } from '../../../player/chat/feed';
import type { ChatMessage } from '../../../player/chat/protocol';

const message = (id: string, user = 'other', moderates = false): ChatMessage => ({
  id,
  requestId: '',
  text: id,
  user,
  name: user,
  moderates,
});

const ids = (messages: readonly ChatMessage[]) => messages.map(({ id }) => id);

describe('the messages on their way into the page', () => {
  test('are shown in order when they are due', () => {
    const feed = new Feed();
    feed.add(message('late'), 5000);
    feed.add(message('now'), 1000);
    expect(ids(feed.take(1000, 'me').added)).toEqual(['now']);
    expect(ids(feed.take(5000, 'me').added)).toEqual(['late']);
  });

  test('are five in a second, the newest of a burst', () => {
    const feed = new Feed();
    for (let index = 0; index < 20; index += 1) feed.add(message(String(index)), 0);
    expect(feed.take(0, 'me')).toMatchObject({
      added: [15, 16, 17, 18, 19].map((id) => ({ id: String(id) })),
      skipped: 15,
    });
    feed.add(message('soon'), 500);
    expect(feed.take(500, 'me')).toEqual({ added: [], skipped: 1 });
    feed.add(message('later'), 1001);
    expect(ids(feed.take(1001, 'me').added)).toEqual(['later']);
  });

  test('are all shown when they are the viewer’s own, or a moderator’s', () => {
    const feed = new Feed();
    for (let index = 0; index < 10; index += 1) feed.add(message(`own ${index}`, 'me'), 0);
    feed.add(message('moderator', 'mona', true), 0);
    expect(feed.take(0, 'me').added).toHaveLength(11);
  });

  test('are not shown when they were deleted before', () => {
    const feed = new Feed();
    feed.add(message('bad'), 1000);
    feed.delete('bad');
    expect(feed.take(1000, 'me').added).toEqual([]);
  });
});
