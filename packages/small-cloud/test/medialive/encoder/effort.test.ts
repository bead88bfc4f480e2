import { describe, expect, test } from '@jest/globals';
import type { EncoderPlan, Track } from '../../../src/services/medialive/contract/plan';
import { AT_FIRST, efforts, next, type Work } from '../../../src/services/medialive/encoder/effort';
import { encoderPlan } from '../../../src/services/medialive/template/encoder-plan';
import { Settings } from '../../../src/services/medialive/template/settings';
import { encoderSettings } from '../fixture';

const LAST = 1;
/** At the lower of two efforts since second 100. */
const LOW: Work = { effort: 1, since: 100, patienceSeconds: 60, trial: false, short: false };
/** Up again on trial since second 160. */
const TRIAL: Work = { effort: 0, since: 160, patienceSeconds: 60, trial: true, short: false };

describe('the effort of an encoder', () => {
  test.each<readonly [string, Work, 'unknown' | 'behind' | 'keeping-up', number, Partial<Work>]>([
    ['begins to count with the first report', AT_FIRST, 'unknown', 5, { ...AT_FIRST, since: 5 }],
    ['stays while nothing is known', LOW, 'unknown', 300, LOW],
    ['stays where it is at its greatest', { ...AT_FIRST, since: 5 }, 'keeping-up', 900, { effort: 0, trial: false }],
    ['falls when it is behind', { ...AT_FIRST, since: 5 }, 'behind', 20, { effort: 1, since: 20, short: false }],
    ['cannot fall further, and is short', LOW, 'behind', 120, { effort: 1, since: 120, short: true }],
    ['waits before it rises', { ...LOW, short: true }, 'keeping-up', 159, { effort: 1, short: true }],
    [
      'rises on trial after its patience',
      { ...LOW, short: true },
      'keeping-up',
      160,
      { effort: 0, trial: true, short: false },
    ],
    ['is on trial for its patience', TRIAL, 'keeping-up', 219, TRIAL],
    ['has passed the trial after it', TRIAL, 'keeping-up', 220, { effort: 0, trial: false, patienceSeconds: 60 }],
    [
      'is twice as patient after a trial that failed',
      TRIAL,
      'behind',
      175,
      { effort: 1, trial: false, patienceSeconds: 120 },
    ],
    [
      'is patient for 32 minutes at most',
      { ...TRIAL, patienceSeconds: 1920 },
      'behind',
      175,
      { patienceSeconds: 1920 },
    ],
    ['loses no patience by falling without a trial', { ...LOW, effort: 0 }, 'behind', 175, { patienceSeconds: 60 }],
  ])('%s', (...[, work, verdict, atSeconds, expected]) => {
    expect(next(work, { verdict, atSeconds }, LAST)).toMatchObject(expected);
  });

  test('where there is but one is short, and recovers', () => {
    const short = next({ ...AT_FIRST, since: 0 }, { verdict: 'behind', atSeconds: 10 }, 0);
    expect(short).toMatchObject({ effort: 0, short: true });
    expect(next(short, { verdict: 'keeping-up', atSeconds: 70 }, 0)).toMatchObject({ effort: 0, short: false });
  });

  test('does not flap on a machine that is too slow for good: at most 45 changes in eight hours', () => {
    let work: Work = { ...AT_FIRST, since: 0 };
    let changes = 0;
    for (let atSeconds = 1; atSeconds <= 8 * 3600; atSeconds += 1) {
      const verdict = work.effort === 0 ? 'behind' : 'keeping-up';
      const after = next(work, { verdict, atSeconds }, LAST);
      if (after.effort !== work.effort) changes += 1;
      work = after;
    }
    expect(changes).toBeLessThan(45);
    expect(work.patienceSeconds).toBe(1920);
  });
});

describe('the efforts of a channel', () => {
  const { tracks } = encoderPlan(new Settings(encoderSettings()), []);
  const [first, ...more] = tracks;
  const inHevc = (track: Track): Track => (track.kind === 'video' ? { ...track, codec: 'hevc' } : track);
  const hevc: EncoderPlan['tracks'] = [inHevc(first), ...more.map(inHevc)];

  test.each([
    ['H.264', tracks, 'superfast', 'hevc', ['superfast', 'ultrafast']],
    ['H.264 from the slowest preset', tracks, 'veryfast', 'hevc', ['veryfast', 'superfast', 'ultrafast']],
    ['H.264 from the fastest preset', tracks, 'ultrafast', 'hevc', ['ultrafast']],
    ['HEVC', hevc, 'superfast', 'hevc', ['superfast', 'ultrafast', 'ultrafast h264']],
    ['HEVC without an encoder for it', hevc, 'superfast', 'h264', ['superfast h264', 'ultrafast h264']],
  ] as const)('%s', (...[, of, preset, hevcAs, expected]) => {
    const found = efforts(of, preset, hevcAs).map((each) =>
      each.hevcAs === 'h264' ? `${each.preset} h264` : each.preset,
    );
    expect(found).toEqual(expected);
  });
});
