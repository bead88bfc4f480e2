import { describe, expect, test } from '@jest/globals';
import { mpdProblem } from '../../player/engines/mpd-bounds';

const timeline = (entries: string, timescale = 90_000) =>
  `<MPD><Period><SegmentTemplate timescale="${timescale}"><SegmentTimeline>${entries}</SegmentTimeline></SegmentTemplate></Period></MPD>`;

describe('the bounds of an MPD', () => {
  test.each([
    ['a live window', timeline('<S t="0" d="180000" r="29"/>')],
    ['a day of segments', timeline('<S t="0" d="180000" r="43199"/>'.repeat(5))],
    ['a timeline that runs to the end of its period', timeline('<S t="0" d="180000" r="-1"/>')],
    ['a few periods', '<MPD><Period id="1"/><Period id="2"/></MPD>'],
    ['an answer that is not an MPD', 'Not found'],
  ])('accept %s', (_, mpd) => {
    expect(mpdProblem(mpd)).toBeUndefined();
  });

  test.each([
    [
      'periods',
      `<MPD>${'<Period/>'.repeat(10_000)}</MPD>`,
      'Its MPD has 10,000 periods; the player accepts at most 500.',
    ],
    [
      'repeats',
      timeline('<S t="0" d="1" r="2147483647"/>'),
      '2,147,483,648 segments; the player accepts at most 250,000.',
    ],
    ['repeats of several entries', timeline('<S d="1" r="99999"/>'.repeat(3)), '300,000 segments'],
    ['repeats under a prefix', timeline('<d:S d="1" r="2147483647"/>'), '2,147,483,648 segments'],
    ['repeats as an entity', timeline('<S d="1" r="&#50;147483647"/>'), 'endlessly many segments'],
    ['tiny segments without an end', timeline("<S d='1' r='-1'/>"), 'endlessly many segments'],
    [
      'characters',
      `<MPD>${' '.repeat(8_000_000)}</MPD>`,
      '8,000,011 characters; the player accepts at most 8,000,000.',
    ],
  ])('refuse too many %s with a sentence', (_, mpd, sentence) => {
    expect(mpdProblem(mpd)).toContain(sentence);
  });
});
