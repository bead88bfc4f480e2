import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EncoderPlan, VideoTrack } from '../../../src/services/medialive/contract/plan';
import { inStep } from '../../../src/services/medialive/encoder/gop-clock';
import { encoderPlan } from '../../../src/services/medialive/template/encoder-plan';
import { Settings } from '../../../src/services/medialive/template/settings';
import { encoderSettings } from '../fixture';

/** Half past a GOP of two seconds. */
const NOW = 1_800_000_000.5;

/** Makes a plan whose video has so many frames a second, and a GOP of so many frames. */
function planOf(numerator: number, denominator: number, gopFrames: number): Pick<EncoderPlan, 'tracks'> {
  const { tracks } = encoderPlan(new Settings(encoderSettings(), 'EncoderSettings'), []);
  const [video] = tracks.filter((track): track is VideoTrack => track.kind === 'video');
  if (video === undefined) throw new Error('no video');
  return { tracks: [{ ...video, frameRate: { numerator, denominator }, gopFrames }] };
}

describe('an encoder that keeps in step', () => {
  test('begins with the frame of the clock that is nearest, and has a keyframe where the next GOP begins', () => {
    const placed = inStep(planOf(30, 1, 60), NOW + 0.01);
    expect(placed?.clockSeconds).toBeCloseTo(NOW, 6);
    // The 45th frame: its time is 1.5 s.
    expect(placed?.firstKeyframeSeconds).toBeGreaterThan(44 / 30);
    expect(placed?.firstKeyframeSeconds).toBeLessThan(45 / 30);
  });

  test('needs no such keyframe when a GOP begins with its first frame', () => {
    expect(inStep(planOf(30, 1, 60), 1_800_000_000)?.firstKeyframeSeconds).toBeUndefined();
  });

  test('has its keyframes where another one has them that began at another time', () => {
    const rate = fc.constantFrom([30, 1], [25, 1], [30_000, 1001], [60_000, 1001] as const);
    const times = fc.tuple(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }));
    fc.assert(
      fc.property(
        rate,
        fc.integer({ min: 1, max: 120 }),
        times,
        ([numerator = 1, denominator = 1], gop, [at, later]) => {
          const phase = (now: number) => {
            const { clockSeconds = 0, firstKeyframeSeconds } = inStep(planOf(numerator, denominator, gop), now) ?? {};
            const frames = Math.ceil(((firstKeyframeSeconds ?? 0) * numerator) / denominator);
            return (Math.round((clockSeconds * numerator) / denominator) + frames) % gop;
          };
          expect(phase(NOW + at)).toBe(phase(NOW + at + later));
        },
      ),
    );
  });

  test('is not in step without video', () => {
    const { tracks } = encoderPlan(new Settings(encoderSettings(), 'EncoderSettings'), []);
    const [audio] = tracks.filter(({ kind }) => kind === 'audio');
    if (audio === undefined) throw new Error('no audio');
    expect(inStep({ tracks: [audio] }, NOW)).toBeUndefined();
  });
});
