import { describe, expect, test } from '@jest/globals';
import { EncoderSpeed, tooSlow } from '../../../src/services/medialive/encoder/encoder-speed';
import type { Pace } from '../../../src/services/medialive/encoder/pace';
import { encoderPlan } from '../../../src/services/medialive/template/encoder-plan';
import { Settings } from '../../../src/services/medialive/template/settings';
import { encoderSettings } from '../fixture';

const BEHIND: Pace = { speed: 1, framesPerSecond: 14.6, ofFrames: 30, verdict: 'behind' };
const KEEPING_UP: Pace = { speed: 1, framesPerSecond: 30, ofFrames: 30, verdict: 'keeping-up' };

describe('an encoder that is too slow', () => {
  test('goes on faster, then leaves out frames, and goes back; each is said in one line, once', () => {
    const speed = new EncoderSpeed(encoderPlan(new Settings(encoderSettings()), []), 'superfast', true, 1);
    const paces: readonly (readonly [Pace, number])[] = [
      ...([
        [KEEPING_UP, 10],
        [BEHIND, 11],
        [KEEPING_UP, 21],
        [BEHIND, 22],
        [BEHIND, 23],
      ] as const),
      ...([
        [KEEPING_UP, 82],
        [KEEPING_UP, 83],
        [KEEPING_UP, 143],
        [KEEPING_UP, 200],
      ] as const),
    ];
    const decisions = paces.flatMap(([pace, at]) => speed.judge(pace, at) ?? []);
    expect(decisions).toEqual([
      {
        replace: true,
        level: 'warning',
        words: '15 of 30 frames in a second are encoded; goes on with ultrafast: faster, at some cost to the quality',
      },
      { replace: false, level: 'warning', words: `15 of 30 frames in a second are encoded; ${tooSlow(1)}` },
      { replace: true, level: 'info', words: 'this machine has kept up for 60 s; tries superfast again' },
    ]);
    expect([speed.effort.preset, speed.trouble]).toEqual(['superfast', '']);
  });

  test('says that the ladder is too large, and of two that one would do', () => {
    expect(tooSlow(1)).toContain("too slow for the ladder: choose a smaller one ('sd-540p')");
    expect(tooSlow(2)).toContain('too slow for the ladder twice: choose one pipeline');
  });
});
