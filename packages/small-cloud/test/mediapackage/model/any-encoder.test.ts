import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fragmentSeconds } from '../../../src/services/mediapackage/model/media';
import { Segmenter } from '../../../src/services/mediapackage/model/segmenter';
import { madeSession } from '../made-media';
import { arrivals, type Encoder, EPOCH, fed } from './segmenter-bench';

describe('any encoder', () => {
  const encoder = fc.record({
    gopParts: fc.integer({ min: 1, max: 8 }),
    videoPart: fc.integer({ min: 200, max: 1001 }).map((ms) => ms / 1000),
    audioPart: fc.integer({ min: 200, max: 1001 }).map((ms) => ms / 1000),
    seconds: fc.integer({ min: 1, max: 30 }),
    audioLead: fc.integer({ min: -900, max: 900 }).map((ms) => ms / 1000),
  });
  const sessions = fc.array(fc.record({ encoder, pause: fc.integer({ min: 0, max: 5 }) }), {
    minLength: 1,
    maxLength: 4,
  });

  /** All sessions, one after the other. */
  function run(target: number, list: readonly { readonly encoder: Encoder; readonly pause: number }[]): Segmenter {
    const segmenter = new Segmenter(target, EPOCH);
    let start = 0;
    for (const { encoder: one, pause } of list) {
      fed(segmenter, madeSession(start + pause), one);
      start += pause + one.seconds + 1;
    }
    return segmenter;
  }

  test('gives all tracks the same number at the same time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), sessions, (target, list) => {
        const segmenter = run(target, list);
        for (const { number, fragments } of segmenter.segments('audio')) {
          const [first, cut] = [fragments[0], segmenter.cutOf(number)];
          if (!first || !cut) continue;
          expect(Math.abs(first.startSeconds - cut.startSeconds)).toBeLessThanOrEqual(fragmentSeconds(first));
        }
        for (const { number, fragments } of segmenter.segments('video')) {
          expect(fragments[0]?.startSeconds).toBe(segmenter.cutOf(number)?.startSeconds);
          expect(fragments[0]?.independent).toBe(true);
        }
      }),
    );
  });

  test('gets increasing numbers and sequence numbers, and a timeline that never goes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), sessions, (target, list) => {
        const segmenter = run(target, list);
        segmenter.cuts.forEach((cut, index) => {
          const before = segmenter.cuts[index - 1];
          if (!before) return;
          expect(cut.number).toBe(before.number + 1);
          expect(cut.sequence).toBe(before.sequence + 1 + cut.gapEntries);
          expect(cut.startSeconds).toBeGreaterThan(before.startSeconds);
        });
        for (const track of ['video', 'audio']) {
          const all = segmenter.segments(track).flatMap(({ fragments }) => fragments);
          const numbers = segmenter.segments(track).map(({ number }) => number);
          expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
          all.forEach((fragment, index) => {
            const before = all[index - 1];
            if (before) expect(fragment.startSeconds).toBeGreaterThanOrEqual(before.endSeconds - 1e-6);
          });
        }
      }),
    );
  });

  test('never adds to a segment after its completion', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), encoder, (target, one) => {
        const segmenter = new Segmenter(target, EPOCH);
        const whole = new Map<string, number>();
        for (const { name, fragment } of arrivals(madeSession(0), one)) {
          segmenter.append(name, fragment);
          for (const track of ['video', 'audio']) {
            for (const { number, fragments } of segmenter.segments(track)) {
              const key = `${track} ${number}`;
              expect(fragments.length).toBe(whole.get(key) ?? fragments.length);
              if (number <= (segmenter.lastComplete(track) ?? 0)) whole.set(key, fragments.length);
            }
          }
        }
      }),
    );
  });
});
