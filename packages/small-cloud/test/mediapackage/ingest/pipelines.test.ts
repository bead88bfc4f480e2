import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bench } from './channel-bench';

const PIPELINE_0 = { input: 1, delay: 0.25 } as const;
const PIPELINE_1 = { input: 2, delay: 0.75 } as const;

describe('a channel that two encoders in step send to', () => {
  test('has the same times whichever encoder is on air, although one arrives later', () => {
    const { encoder, timeline } = bench();
    const [one, two] = [encoder('a', 0, PIPELINE_0), encoder('b', 0, PIPELINE_1)];
    for (let until = 0.5; until <= 3; until += 0.5) {
      one.send(until);
      two.send(until);
    }
    one.close();
    two.send(4);
    // The first GOP may be cut short, so it is left out.
    expect(timeline().map(([start]) => start)).toEqual([1.25, 1.75, 2.25, 2.75, 3.25, 3.75]);
  });

  test('continues at the next keyframe, without a discontinuity, when the one on air ends within a GOP', () => {
    const { channel, encoder, timeline } = bench();
    const [one, two] = [encoder('a', 0, PIPELINE_0), encoder('b', 0, PIPELINE_1)];
    one.send(2.5);
    two.send(2.5);
    one.close();
    two.send(4);
    expect(timeline().slice(-3)).toEqual([
      [2.25, 2.75],
      [3.25, 3.75],
      [3.75, 4.25],
    ]);
    const cuts = channel.media.segmenter(1)?.cuts ?? [];
    expect(cuts.map(({ number }) => number - (cuts[0]?.number ?? 0))).toEqual([0, 1, 2]);
    expect(cuts.some(({ discontinuity }) => discontinuity)).toBe(false);
  });

  test('continues at once with the media that the other one has already sent', () => {
    const { encoder, timeline, told } = bench();
    const [one, two] = [encoder('a', 0, PIPELINE_0), encoder('b', 0, PIPELINE_1)];
    one.send(2);
    two.send(4);
    one.close();
    expect(timeline().at(-1)).toEqual([3.75, 4.25]);
    expect(told).toEqual(['pipeline 1 is on air: pipeline 0 sends nothing']);
  });

  test('continues without a hole when the one on air is silent without ending', () => {
    const { encoder, timeline } = bench();
    const [one, two] = [encoder('a', 0, PIPELINE_0), encoder('b', 0, PIPELINE_1)];
    one.send(2);
    two.send(6);
    expect(holes(timeline())).toEqual([]);
    expect(timeline().at(-1)).toEqual([5.75, 6.25]);
    one.send(8);
    expect(timeline().at(-1)).toEqual([5.75, 6.25]);
  });

  test('stays with the one on air when the other returns', () => {
    const { channel, encoder, timeline } = bench();
    const [one, two] = [encoder('a', 0, PIPELINE_0), encoder('b', 0, PIPELINE_1)];
    one.send(2);
    two.send(2);
    one.close();
    two.send(5);
    const back = encoder('c', 5, PIPELINE_0);
    back.send(8);
    expect(timeline().at(-1)).toEqual([4.75, 5.25]);
    expect(channel.figures?.pipeline).toBe(1);
    two.send(8);
    expect(holes(timeline())).toEqual([]);
  });

  test('has no hole of a GOP or more and never goes back, whichever ends and restarts', () => {
    const ends = fc.array(fc.record({ pipeline: fc.constantFrom(0, 1), halves: fc.integer({ min: 4, max: 9 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(ends, (changes) => {
        const { encoder, timeline } = bench();
        const begin = (pipeline: number, at: number) =>
          encoder(`${pipeline} ${at}`, at, pipeline === 0 ? PIPELINE_0 : PIPELINE_1);
        const running = [begin(0, 0), begin(1, 0)];
        let now = 0;
        const pass = (halves: number) => {
          for (let count = 0; count < halves; count++) {
            now += 0.5;
            for (const each of running) each.send(now);
          }
        };
        pass(4);
        for (const { pipeline, halves } of changes) {
          running[pipeline]?.close();
          // A GOP begins at every whole second.
          running[pipeline] = begin(pipeline, Math.ceil(now));
          pass(halves);
        }
        for (const track of ['video', 'audio']) {
          expect(holes(timeline(track)).filter((seconds) => seconds >= 1 || seconds < 0)).toEqual([]);
          expect(timeline(track).at(-1)?.[1]).toBeGreaterThan(now - 1);
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** Lists the distances between fragments, in seconds; negative where they overlap. */
function holes(timeline: readonly (readonly number[])[]): readonly number[] {
  return timeline
    .slice(1)
    .map(([start = 0], index) => start - (timeline[index]?.[1] ?? 0))
    .filter((seconds) => Math.abs(seconds) > 0.001);
}
