import { describe, expect, test } from '@jest/globals';
import { barStart, litSeconds, type Situation, wayTo } from '../../../player/replay/decision';

const MINUTE = 60_000;
/** A live manifest of half a minute, at the tenth minute of a show that can be rewound by two minutes. */
const LIVE: Situation = {
  rewound: false,
  held: { start: 9.5 * MINUTE, end: 10 * MINUTE },
  live: 10 * MINUTE,
  segmentSeconds: 2,
  rewindFrom: 8 * MINUTE,
  showFrom: undefined,
  since: undefined,
};
const REWOUND: Situation = { ...LIVE, rewound: true, held: { start: 8 * MINUTE, end: 10 * MINUTE } };

describe('the way to a moment', () => {
  test.each<[string, number, Situation, unknown]>([
    ['live itself', 10 * MINUTE, LIVE, { kind: 'live' }],
    ['ten seconds before live', 10 * MINUTE - 10_000, LIVE, { kind: 'jump' }],
    ['the start of the live window, which moves on', 9.5 * MINUTE + 1000, LIVE, { kind: 'open', source: 'rewind' }],
    ['a minute before live', 9 * MINUTE, LIVE, { kind: 'open', source: 'rewind' }],
    ['before the long window', MINUTE, LIVE, { kind: 'open', source: 'rewind' }],
    ['before it, in a show with a beginning', MINUTE, { ...LIVE, showFrom: 0 }, { kind: 'open', source: 'startOver' }],
    [
      'a show with a beginning only',
      MINUTE,
      { ...LIVE, rewindFrom: undefined, showFrom: 0 },
      { kind: 'open', source: 'startOver' },
    ],
    ['a show that cannot be rewound', MINUTE, { ...LIVE, rewindFrom: undefined }, undefined],
    ['a moment of the long window', 9 * MINUTE, REWOUND, { kind: 'jump' }],
    ['three seconds before live', 10 * MINUTE - 3000, REWOUND, { kind: 'live' }],
    [
      'before the long window that plays',
      7 * MINUTE,
      { ...REWOUND, showFrom: 0 },
      { kind: 'open', source: 'startOver' },
    ],
  ])('leads to %s', (_, date, situation, way) => {
    expect(wayTo(date, situation)).toEqual(way);
  });

  test('counts a viewer as live within 1.5 segments, and 15 s at most', () => {
    expect([2, 6, 30].map(litSeconds)).toEqual([3, 9, 15]);
  });
});

describe('the bar', () => {
  test.each<[string, Situation, number]>([
    ['the long window', LIVE, 8 * MINUTE],
    ['the start of a show that is shorter', { ...LIVE, since: 9 * MINUTE }, 9 * MINUTE],
    ['the window that plays', { ...REWOUND, held: { start: 8.2 * MINUTE, end: 10 * MINUTE } }, 8.2 * MINUTE],
    ['the start of a show that has no long window', { ...LIVE, rewindFrom: undefined, showFrom: 0 }, 0],
    ['the live window where nothing else is known', { ...LIVE, rewindFrom: undefined }, 9.5 * MINUTE],
    ['the live window of a show that has just begun', { ...LIVE, since: 9.9 * MINUTE }, 9.5 * MINUTE],
  ])('begins with %s', (_, situation, start) => {
    expect(barStart(situation)).toBe(start);
  });
});
