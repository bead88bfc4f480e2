import { describe, expect, test } from '@jest/globals';
import { pollTag } from '../../../bin/live/poll-tag';
import { textOf } from '../../../player/polls/id3';
import { questionIn, readQuestion } from '../../../player/polls/question';
import { QuestionBook } from '../../../player/polls/question-book';

const QUESTION = { id: 'a-1', question: 'Wer? 5 $dt$ ¿Quién?', options: ['Rot', '青'], asked: 1000, seconds: 60 };

describe('a question in ID3', () => {
  test('comes back as it was written, whatever its characters and its length', () => {
    expect(questionIn(pollTag(QUESTION))).toEqual(QUESTION);
    const long = { ...QUESTION, question: '青'.repeat(200), options: ['x'.repeat(60), 'y'.repeat(60)] };
    expect(questionIn(pollTag(long))).toEqual(long);
  });

  test('has no dollar, which MediaLive would take for variable data', () => {
    expect(pollTag(QUESTION).includes('$')).toBe(false);
  });

  test('is found behind other tags', () => {
    const other = pollTag(QUESTION);
    other.write('cast', other.indexOf('poll'));
    expect(questionIn(Buffer.concat([other, pollTag(QUESTION)]))).toEqual(QUESTION);
    expect(questionIn(other)).toBeUndefined();
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['other bytes', Buffer.from('ID4\u0004 something else')],
    ['a tag that is cut off', pollTag(QUESTION).subarray(0, 15)],
    ['a tag that says it is empty', Buffer.from('ID3\u0004\0\0\0\0\0\0')],
  ])('is not found in %s', (_, tags) => {
    expect(textOf(tags, 'poll')).toBeUndefined();
  });

  test.each([
    'no JSON',
    'null',
    '{}',
    JSON.stringify({ ...QUESTION, id: '<b>' }),
    JSON.stringify({ ...QUESTION, options: ['one'] }),
    JSON.stringify({ ...QUESTION, seconds: '60' }),
    JSON.stringify({ ...QUESTION, asked: undefined }),
  ])('is not read from %s', (text) => {
    expect(readQuestion(text)).toBeUndefined();
  });
});

describe('the questions of a video', () => {
  test('are on from their frame to their end', () => {
    const book = new QuestionBook();
    book.add(QUESTION, 10);
    expect([9.9, 10, 69.9, 70].map((position) => book.at(position)?.id)).toEqual([undefined, 'a-1', 'a-1', undefined]);
  });

  test('end at the same time when they travel again', () => {
    const book = new QuestionBook();
    book.add(QUESTION, 10);
    book.add({ ...QUESTION, seconds: 40 }, 30);
    expect(book.at(30)).toMatchObject({ from: 10, to: 70 });
  });

  test('that were asked later go before those that travel again', () => {
    const book = new QuestionBook();
    book.add({ ...QUESTION, id: 'new', asked: 2000 }, 20);
    book.add({ ...QUESTION, seconds: 40 }, 30);
    expect(book.at(31)?.id).toBe('new');
  });
});
