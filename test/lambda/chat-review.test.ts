import { describe, expect, test } from '@jest/globals';
import { type ReviewEvent, type ReviewRules, reviewer } from '../../lambda/chat-review/review';

const RULES: ReviewRules = {
  words: ['forbidden', 'hate*', 'böse'],
  links: 'refuse',
  repeats: 'refuse',
  slowSeconds: 0,
};

const message = (Content: string, UserId = 'one', attributes: Readonly<Record<string, string>> = {}): ReviewEvent => ({
  Content,
  Sender: { UserId, Attributes: { name: 'Anna', ...attributes } },
});

/** Reviews one message, and returns the reason of its refusal. */
function reason(content: string, rules: Partial<ReviewRules> = {}): string | undefined {
  const { ReviewResult, Attributes } = reviewer({ ...RULES, ...rules }, () => 0)(message(content));
  return ReviewResult === 'DENY' ? Attributes['Reason'] : undefined;
}

describe('the review of a message', () => {
  test.each([
    ['a forbidden word', 'that is forbidden!', 'word'],
    ['one in capitals', 'FORBIDDEN', 'word'],
    ['one with spaces between its letters', 'so f o r b i d d e n', 'word'],
    ['one with digits for letters', 'f0rb1dd3n', 'word'],
    ['one with signs that cannot be seen', 'for​bid­den', 'word'],
    ['one with accents', 'Fórbiddén', 'word'],
    ['one whose own accents were left out', 'bose', 'word'],
    ['the beginning of a word', 'haters', 'word'],
    ['a word that only contains one', 'unforbidden', undefined],
    ['a word of the picture', 'what a goal', undefined],
    ['an address', 'see https://x.example/1', 'link'],
    ['an address without its beginning', 'go to spam.com', 'link'],
    ['an address with a space', 'spam .com', 'link'],
    ['the end of a sentence', 'I am done.Then he came', undefined],
    ['nothing', '  ', 'empty'],
  ])('with %s has the right result', (_, content, expected) => {
    expect(reason(content)).toBe(expected);
  });

  test('lets links through where they are allowed', () => {
    expect(reason('https://x.example', { links: 'allow' })).toBeUndefined();
  });

  test('refuses a name with a forbidden word', () => {
    const answer = reviewer(RULES, () => 0)(message('hello', 'one', { name: 'Forbidden' }));
    expect(answer.Attributes['Reason']).toBe('name');
  });

  test('refuses the same message within a minute, and not from another viewer', () => {
    let now = 0;
    const review = reviewer(RULES, () => now);
    expect(review(message('goal')).ReviewResult).toBe('ALLOW');
    expect(review(message('GOAL!')).Attributes['Reason']).toBe('repeat');
    expect(review(message('goal', 'two')).ReviewResult).toBe('ALLOW');
    now = 61_000;
    expect(review(message('goal')).ReviewResult).toBe('ALLOW');
  });

  test('tells the time to wait in slow mode, which does not count for moderators', () => {
    let now = 0;
    const review = reviewer({ ...RULES, slowSeconds: 10 }, () => now);
    expect(review(message('one')).ReviewResult).toBe('ALLOW');
    now = 3500;
    expect(review(message('two')).Attributes['Reason']).toBe('slow 7');
    const moderator = () => review(message('two', 'mod', { role: 'moderator' })).ReviewResult;
    expect([moderator(), moderator()]).toEqual(['ALLOW', 'ALLOW']);
  });
});
