import { describe, expect, test } from '@jest/globals';
import { behindLabel, clockText, dayText, lengthText, lengthWords } from '../../../player/replay/times';

/** Half past eight in the evening in Berlin. */
const EVENING = Date.parse('2026-11-28T19:30:05Z');
const BERLIN = { language: 'en-GB', timeZone: 'Europe/Berlin' };

describe('a length', () => {
  test.each([
    [7, '0:07'],
    [754, '12:34'],
    [3725.9, '1:02:05'],
    [90_000, '25:00:00'],
    [-3, '0:00'],
  ])('of %d s reads %s', (seconds, text) => {
    expect(lengthText(seconds)).toBe(text);
  });

  test.each([
    [0, '0 seconds'],
    [61, '1 minute 1 second'],
    [7325, '2 hours 2 minutes 5 seconds'],
  ])('of %d s is told as %s', (seconds, words) => {
    expect(lengthWords(seconds)).toBe(words);
  });

  test('behind live has a minus sign', () => {
    expect(behindLabel(753.6)).toBe('−12:34');
  });
});

describe('the wall clock', () => {
  test('is that of the viewer’s time zone', () => {
    expect(clockText(EVENING, EVENING, BERLIN)).toBe('20:30:05');
    expect(clockText(EVENING, EVENING, { ...BERLIN, timeZone: 'Asia/Tokyo' })).toBe('04:30:05');
  });

  test('names another day than today', () => {
    expect(clockText(EVENING, EVENING + 86_400_000, BERLIN)).toBe('28 Nov 2026, 20:30:05');
  });

  test('of a recording has no seconds', () => {
    expect(dayText(EVENING, BERLIN)).toBe('28 Nov 2026, 20:30');
  });
});
